"""Pages of projects: the list, one project, and the answers to it."""

from mulin.projects.views.answers import accept, answer, take_back
from mulin.projects.views.pages import project, projects
from mulin.projects.views.steps import delay, done, hand_over, note, word

__all__ = [
    "accept",
    "answer",
    "delay",
    "done",
    "hand_over",
    "note",
    "project",
    "projects",
    "take_back",
    "word",
]
