"""Pages of home: the desk, the alliance at a glance, stories, and the public pages."""

from mulin.home.views.inside import alliance, desk, overview, story
from mulin.home.views.outside import public, public_alliance

__all__ = ["alliance", "desk", "overview", "public", "public_alliance", "story"]
