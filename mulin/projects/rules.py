"""Who may report, explain, accept, supervise and hand over."""

from django.utils.translation import gettext_lazy as _

from mulin.accounts.models import Person
from mulin.accounts.verdict import NO, YES, Verdict
from mulin.alliance.queries import acts_for, is_coordinator, is_supervisor
from mulin.projects.models import Acceptance, Owner, Project
from mulin.projects.queries import coordinates_asker, works_on

NOT_OWNER = _("Only the project's owners can do that.")
NOT_ASKER = _("Only the unit that asked can say whether it is done.")


def may_report(person: Person, project: Project) -> Verdict:
    """Write progress, explain a delay, report it done: the owners of both sides, while it runs."""
    if project.state == Project.State.DELIVERED:
        return NO(_("It has been reported done; the units that asked are answering."))
    if project.state != Project.State.RUNNING:
        return NO(_("The project has ended."))
    return YES if works_on(person, project) else NO(NOT_OWNER)


def may_answer(person: Person, acceptance: Acceptance) -> Verdict:
    """Accept or object: who answers for the unit that asked, or for its successor; no one else."""
    project = acceptance.project
    if not acts_for(person, acceptance.organisation):
        return NO(NOT_ASKER)
    if acceptance.answer:
        return NO(_("This has been answered already."))
    if acceptance.ended_at or project.state == Project.State.RUNNING:
        return NO(_("Somebody said it isn't done yet; you will be asked again."))
    if project.state != Project.State.DELIVERED:
        return NO(_("The project has ended."))
    return YES


def may_take_back(person: Person, acceptance: Acceptance) -> Verdict:
    """Take an acceptance back while others are still being asked."""
    if not acts_for(person, acceptance.organisation):
        return NO(NOT_ASKER)
    if acceptance.answer != Acceptance.Answer.ACCEPTED:
        return NO(_("There is no acceptance to take back."))
    if acceptance.project.state != Project.State.DELIVERED:
        return NO(_("The project has been closed with this answer."))
    return YES


def may_remind(person: Person, project: Project) -> Verdict:
    """Ask the silent once more: the owners of both sides and the coordinators."""
    if project.state != Project.State.DELIVERED:
        return NO(_("Nobody is being asked now."))
    if works_on(person, project) or is_coordinator(person, project.alliance):
        return YES
    return NO(_("Only the project's owners and the coordinators can do that."))


def may_hand_out_link(person: Person, acceptance: Acceptance) -> Verdict:
    """Hold a link that answers for the unit: only the coordinator of the side on which it stands.

    Who does the work could otherwise accept it in the name of those who asked.
    """
    if acceptance.answer or acceptance.ended_at:
        return NO(_("This has been answered already."))
    if acceptance.project.state != Project.State.DELIVERED:
        return NO(_("Nobody is being asked now."))
    if coordinates_asker(person, acceptance):
        return YES
    return NO(_("Only a coordinator on the side of the unit that asked can do that."))


def may_supervise(person: Person, project: Project) -> Verdict:
    if is_supervisor(person, project.alliance):
        return YES
    return NO(_("Only a supervisor of the guiding body comments here."))


def may_hand_over(person: Person, owner: Owner) -> Verdict:
    """The owner, their unit, or a coordinator of the alliance; not after the end."""
    if owner.project.state not in (Project.State.RUNNING, Project.State.DELIVERED):
        return NO(_("The project has ended."))
    mine = owner.person_id == person.pk or acts_for(person, owner.organisation)
    if mine or is_coordinator(person, owner.project.alliance):
        return YES
    return NO(NOT_OWNER)
