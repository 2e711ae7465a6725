"""Addresses of lists."""

from django.urls import path

# rounds, proposals and export have owners of their own: edit those files' urls there
from mulin.lists.urls.claims import claim_patterns
from mulin.lists.urls.export import export_patterns
from mulin.lists.urls.imports import import_patterns
from mulin.lists.urls.proposals import proposals_patterns
from mulin.lists.urls.rounds import rounds_patterns
from mulin.lists.views import (
    items,
    listing,
    review,
    same,
)

app_name = "lists"

list_patterns = [
    path("", listing.needs, name="needs"),
    path("resources/", listing.resources, name="resources"),
    path("new/", items.new_item, name="new_item"),
    path("draft/<uuid:pk>/", items.autosave, name="autosave"),
    path("items/<uuid:pk>/", items.item, name="item"),
    path("items/<uuid:pk>/edit/", items.edit_item, name="edit_item"),
    path("items/<uuid:pk>/submit/", items.submit, name="submit_item"),
    path("items/<uuid:pk>/still-true/", items.still_true, name="still_true"),
    path("items/<uuid:pk>/withdraw/", items.withdraw, name="withdraw_item"),
    path("items/<uuid:pk>/restore/", items.restore, name="restore_item"),
    path("items/<uuid:pk>/comment/", items.comment, name="comment"),
]

review_patterns = [
    path("review/", review.review, name="review"),
    path("review/all/", review.publish_all, name="publish_all"),
    path("review/merge/", review.merge, name="merge"),
    path("review/apart/", review.apart, name="keep_apart"),
    path("items/<uuid:pk>/same/", same.same, name="same"),
    path("review/<uuid:pk>/publish/", review.publish, name="publish"),
    path("review/<uuid:pk>/return/", review.send_back, name="return"),
    path("review/<uuid:pk>/unmerge/", review.unmerge, name="unmerge"),
    path("review/<uuid:pk>/unmerge-all/", review.unmerge_all, name="unmerge_all"),
]

urlpatterns = [
    *list_patterns,
    *claim_patterns,
    *review_patterns,
    *rounds_patterns,
    *proposals_patterns,
    *export_patterns,
    *import_patterns,
]
