"""Pages of home: the desk, the alliance at a glance, stories, and the public pages."""

from mulin.home.views.inside import alliance, desk, overview
from mulin.home.views.outside import public, public_alliance, public_items, public_projects
from mulin.home.views.saying import said, say
from mulin.home.views.search import search
from mulin.home.views.stories import story

__all__ = [
    "alliance",
    "desk",
    "overview",
    "public",
    "public_alliance",
    "public_items",
    "public_projects",
    "said",
    "say",
    "search",
    "story",
]
