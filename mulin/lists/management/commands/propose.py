"""`mulin propose ALLIANCE`: work proposals out from a shell, as the page does; Ctrl-C cancels."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import override

from mulin.alliance.models import Alliance
from mulin.lists.actions import cancel_run, order_run
from mulin.lists.actions.proposing import Tell, work_out
from mulin.lists.actions.runs import claim_run
from mulin.lists.models import MatchRun
from mulin.lists.tasks.working import ask_child
from mulin.lists.wording.runs import error_words, stage_words
from mulin.matching.child import Answer, Question, Step


class Command(BaseCommand):
    """Propose pairs for an alliance and print how far it is."""

    help = "Work out an alliance's proposals; exits with 1 and a sentence where it can't."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("alliance", help="its short name, as in its address")
        parser.add_argument("--fairness", choices=MatchRun.Fairness.values, default="none")

    def handle(self, *args: Any, alliance: str, fairness: str, **options: Any) -> None:
        with override("zh-hans"):
            found = Alliance.objects.filter(slug=alliance).first()
            if found is None:
                raise CommandError(_("there is no alliance “%(slug)s”") % {"slug": alliance})
            run = claim_run(order_run(found, by=None, fairness=fairness))
            if run is None:
                raise CommandError(_("proposals are being worked out already"))
            self.work(run)

    def work(self, run: MatchRun) -> None:
        try:
            work_out(run, self.ask)
        except KeyboardInterrupt:
            cancel_run(run, by=None)
        run.refresh_from_db()
        if run.state == MatchRun.State.FAILED:
            raise CommandError(error_words(run))
        if run.state != MatchRun.State.DONE:
            raise CommandError(_("cancelled; the proposals of before stay"))
        counts = {"pairs": run.proposals.count(), "unmet": run.unmet.count()}
        self.stdout.write(_("%(pairs)s pairs proposed, %(unmet)s needs unmet") % counts)

    def ask(self, question: Question, tell: Tell) -> Answer:
        def told(step: Step | None) -> None:
            tell(step)
            if step:
                self.stderr.write(f"{step.done:4.0%}  {stage_words(step.stage)}")

        return ask_child(question, told)
