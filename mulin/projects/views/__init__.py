"""Pages of projects: the list, one project, and the answers to it."""

from mulin.projects.views.answers import accept, answer, take_back
from mulin.projects.views.pages import project, projects
from mulin.projects.views.reminders import personal_link, remind
from mulin.projects.views.steps import delay, done, hand_over, note, word

__all__ = [
    "accept",
    "answer",
    "delay",
    "done",
    "hand_over",
    "note",
    "personal_link",
    "project",
    "projects",
    "remind",
    "take_back",
    "word",
]
