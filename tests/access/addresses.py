"""Every address of mulin's own: how it is asked for, and about which thing."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

THINGS = {
    "charter/": "membership", "posts/": "post", "groups/members/": "group_member",
    "groups/": "group", "places/": "place", "rotation/sides/": "side", "rotation/": "term",
    "sides/": "side", "mechanism/": "heading", "organisations/": "organisation",
    "claims/partners/": "partner", "claims/": "claim", "review/": "submitted",
    "draft/": "need", "items/": "need",
    "rounds/": "round", "submissions/": "submission", "proposals/": "proposal",
    "proposals/runs/": "run",
    "join/": "organisation", "import/cells/": "row", "import/rows/": "row", "import/like/": "row",
    "import/columns/": "table", "import/kinds/": "table", "import/tables/": "table",
    "import/left-out/": "table", "import/": "batch",
    "acceptance/": "acceptance", "owner/": "owner", "story/": "need",
}  # fmt: skip
OTHERS = {"projects": "project", "notifications": "message"}


def addresses(patterns=None, app: str = "") -> Iterator[tuple[str, dict[str, str]]]:
    """(name, {parameter: name of the thing}) of each address in a namespace of ours."""
    for pattern in patterns or get_resolver().url_patterns:
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, pattern.namespace or app)
        elif isinstance(pattern, URLPattern) and app:
            names = pattern.pattern.converters
            yield f"{app}:{pattern.name}", {n: thing(app, str(pattern.pattern), n) for n in names}


def thing(app: str, route: str, parameter: str) -> str:
    """What a parameter stands for: the longest beginning of the route that is known."""
    if parameter in {"token", "slug"}:
        return parameter
    known = [start for start in THINGS if route.startswith(start)]
    return THINGS[max(known, key=len)] if known else OTHERS[app]
