"""Runs worked out by real children, and the child kept ready for who is likely to ask."""

import pytest

from mulin.lists.actions import cancel_run, order_run
from mulin.lists.actions.runs import Stopped, note_step
from mulin.lists.models import MatchRun
from mulin.lists.tasks import working
from mulin.lists.tasks.working import Children
from mulin.matching.child import Answer, Question, Step, Unanswerable

PAGE = "/lists/proposals/"
NOTHING = Question(resources=(), needs=())


class Kept:
    """Stands for a child: says the words it was given, one at each hearing."""

    def __init__(self, *words) -> None:
        self.words, self.lives, self.asked = list(words), True, []

    def ask(self, question) -> None:
        self.asked.append(question)

    def hear(self, seconds):
        return self.words.pop(0) if self.words else None

    def end(self) -> None:
        self.lives = False


@pytest.fixture
def made(monkeypatch) -> list[Kept]:
    """The children started, none of them real."""
    started: list[Kept] = []

    def start(*args, **options) -> Kept:
        started.append(Kept())
        return started[-1]

    monkeypatch.setattr(working, "Child", start)
    return started


@pytest.fixture
def serving(made, monkeypatch) -> Children:
    children = Children()
    children.serves = True
    monkeypatch.setattr(working, "children", children)
    monkeypatch.setattr("mulin.lists.views.proposals.children", children)
    yield children
    children._end_spare()


def test_child_answers_for_a_run(world):
    world.need(title="老人理发"), world.resource(title="老人理发", wants=["labour"])
    run = order_run(world.alliance, by=world.people["north"])
    working.work_waiting()
    run.refresh_from_db()
    assert (run.state, run.proposals.count()) == ("done", 1)


def test_child_ends_when_its_run_is_cancelled(world, made):
    run = working.claim_run(order_run(world.alliance, by=None))
    run.beat_at = None
    cancel_run(run, by=None)
    with pytest.raises(Stopped):
        working.ask_child(NOTHING, lambda step: note_step(run, step))
    assert [child.lives for child in made] == [False]


def test_child_that_never_answers_is_ended(made, monkeypatch):
    monkeypatch.setattr(working, "MOST_SECONDS", 0.01)
    with pytest.raises(Unanswerable) as told:
        working.ask_child(NOTHING, lambda step: None)
    assert (told.value.code, made[0].lives) == ("too_slow", False)


def test_steps_are_passed_on_and_the_answer_returned(monkeypatch):
    answer = Answer([], [], 0, 0, 0, 0, {})
    child = Kept(Step("pairing", 0.1), None, answer)
    monkeypatch.setattr(working, "Child", lambda *args, **options: child)
    heard: list = []
    assert working.ask_child(NOTHING, heard.append) is answer
    assert (heard, child.asked, child.lives) == ([Step("pairing", 0.1), None], [NOTHING], False)


def test_page_of_a_coordinator_keeps_one_child_ready(world, client, serving, made):
    client.force_login(world.people["north"])
    client.get(PAGE), client.get(PAGE)
    assert len(made) == 1
    assert (serving.take(), len(made)) == (made[0], 1)


def test_page_of_others_starts_no_child(world, client, serving, made):
    client.force_login(world.people["school"])
    client.get(PAGE)
    assert made == []


def test_no_child_is_kept_beside_a_run_under_way(world, client, serving, made):
    MatchRun.objects.create(alliance=world.alliance)
    client.force_login(world.people["north"])
    client.get(PAGE)
    assert made == []


def test_child_that_died_waiting_is_replaced(serving, made):
    serving.keep_one_ready()
    made[0].lives = False
    assert serving.take() is made[1]


def test_idle_child_is_ended(serving, made):
    serving.keep_one_ready()
    serving._end_spare()
    assert (made[0].lives, serving.take() is made[1]) == (False, True)


def test_page_is_shown_where_no_child_can_be_started(world, client, serving, monkeypatch, caplog):
    def refuse(*args, **options):
        raise OSError("no memory")

    monkeypatch.setattr(working, "Child", refuse)
    client.force_login(world.people["north"])
    assert client.get(PAGE).status_code == 200


@pytest.fixture
def folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    return tmp_path / "machine-code"


def test_code_counts_as_made_once_its_maker_ended_well(folder, monkeypatch):
    class Maker(Kept):
        def __init__(self, code: int) -> None:
            super().__init__()
            self.process = self
            self.wait = lambda: code

    seen = [working.code_is_made()]
    for code in (1, 0):
        working._mark_made(Maker(code))
        seen.append(working.code_is_made())
    monkeypatch.setattr(working, "version", lambda name: "another")
    assert (seen, working.code_is_made()) == ([False, False, True], False)


def test_runs_go_without_machine_code_until_it_is_made(folder, monkeypatch):
    started = []
    monkeypatch.setattr(working, "Child", lambda *args, **options: started.append(options))
    children = Children()
    children.take()
    folder.mkdir()
    (folder / "made-for").write_text(working._version())
    children.take()
    assert [options["compiled"] for options in started] == [False, True]


def test_code_that_is_made_is_not_made_again(folder, made):
    folder.mkdir()
    (folder / "made-for").write_text(working._version())
    Children().make_code()
    assert made == []
