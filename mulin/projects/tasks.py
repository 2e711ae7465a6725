"""What happens by itself: acceptances whose last day has passed."""

from mulin.projects.actions import close_due_acceptances


def every_minute() -> None:
    close_due_acceptances()
