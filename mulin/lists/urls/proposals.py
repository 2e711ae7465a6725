"""Addresses of the proposals."""

from django.urls import URLPattern, path

from mulin.lists.views import proposals

proposals_patterns: list[URLPattern] = [
    path("proposals/", proposals.proposals, name="proposals"),
    path("proposals/work-out/", proposals.propose, name="propose"),
    path("proposals/<uuid:pk>/send/", proposals.send, name="send_proposal"),
    path("proposals/<uuid:pk>/refuse/", proposals.refuse, name="refuse_proposal"),
    path("proposals/<uuid:pk>/reopen/", proposals.reopen, name="reopen_proposal"),
]
