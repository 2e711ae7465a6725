"""What changes projects: opening, running, and the acceptance by those who asked."""

from mulin.projects.actions.acceptances import (
    answer_acceptance,
    close_due_acceptances,
    report_done,
    take_back_answer,
)
from mulin.projects.actions.opening import OwnerSpec, open_project, take_opening_back
from mulin.projects.actions.reminding import hand_out_link, remind_silent
from mulin.projects.actions.running import (
    explain_delay,
    hand_over_owner,
    note_progress,
    supervise,
)

__all__ = [
    "OwnerSpec",
    "answer_acceptance",
    "close_due_acceptances",
    "explain_delay",
    "hand_out_link",
    "hand_over_owner",
    "note_progress",
    "open_project",
    "remind_silent",
    "report_done",
    "supervise",
    "take_back_answer",
    "take_opening_back",
]
