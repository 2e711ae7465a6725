"""What happens by itself: acceptances whose last day has passed, projects to be found."""

from mulin.projects.actions import close_due_acceptances
from mulin.projects.search import index_missing


def every_minute() -> None:
    close_due_acceptances()
    index_missing()
