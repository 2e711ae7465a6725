"""Addresses of the proposals."""

from django.urls import URLPattern, path

from mulin.lists.views import proposals, runs, why

proposals_patterns: list[URLPattern] = [
    path("proposals/", proposals.proposals, name="proposals"),
    path("proposals/work-out/", runs.propose, name="propose"),
    path("proposals/runs/<uuid:pk>/", runs.run, name="run"),
    path("proposals/runs/<uuid:pk>/cancel/", runs.cancel, name="cancel_run"),
    path("proposals/why-not/", why.why_not, name="why_not"),
    path("proposals/<uuid:pk>/change/", proposals.change, name="change_proposal"),
    path("proposals/<uuid:pk>/send/", proposals.send, name="send_proposal"),
    path("proposals/<uuid:pk>/refuse/", proposals.refuse, name="refuse_proposal"),
    path("proposals/<uuid:pk>/reopen/", proposals.reopen, name="reopen_proposal"),
]
