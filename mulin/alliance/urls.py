"""Addresses of alliance."""

from django.urls import path

from mulin.alliance.views import alliances, groups, mechanism, organisations, posts, rotation

app_name = "alliance"
urlpatterns = [
    path("edit/", alliances.edit, name="edit_alliance"),
    path("new/", alliances.new, name="new_alliance"),
    path("sides/add/", alliances.add_side, name="add_side"),
    path("sides/<uuid:pk>/end/", alliances.end_side, name="end_side"),
    path("sides/<uuid:pk>/keep/", alliances.keep_side, name="keep_side"),
    path("charter/", organisations.charter, name="charter"),
    path("charter/admit/", organisations.admit, name="admit"),
    path("charter/<uuid:pk>/end/", organisations.end_membership, name="end_membership"),
    path("charter/<uuid:pk>/reopen/", organisations.reopen_membership, name="reopen_membership"),
    path("organisations/", organisations.tree, name="organisations"),
    path("organisations/new/", organisations.new, name="new_organisation"),
    path("organisations/<uuid:pk>/", organisations.one, name="organisation"),
    *(
        path(
            f"organisations/<uuid:pk>/{what}/",
            organisations.change,
            {"what": what},
            name=f"{what}_organisation",
        )
        for what in ("rename", "code", "dissolve")
    ),
    path("posts/", posts.page, name="posts"),
    path("posts/<uuid:pk>/end/", posts.end, name="end_post"),
    path("posts/<uuid:pk>/hand-over/", posts.hand_over, name="hand_over_post"),
    path("posts/<uuid:pk>/welcome/", posts.welcome_again, name="welcome_again"),
    path("groups/", groups.page, name="groups"),
    path("groups/<uuid:pk>/join/", groups.join, name="join_group"),
    path("groups/members/<int:pk>/leave/", groups.leave, name="leave_group"),
    path("places/", groups.places, name="places"),
    path("places/<uuid:pk>/hand/", groups.hand_place, name="hand_place"),
    path("rotation/", rotation.page, name="rotation"),
    path("rotation/<uuid:pk>/skip/", rotation.skip, name="skip_term"),
    path("rotation/<uuid:pk>/swap/", rotation.swap, name="swap_terms"),
    path("rotation/sides/<uuid:pk>/first/", rotation.first, name="first_side"),
    path("mechanism/", mechanism.page, name="mechanism"),
    path("mechanism/<uuid:pk>/", mechanism.edit, name="edit_heading"),
    *(
        path(
            f"mechanism/<uuid:pk>/{what}/", mechanism.change, {"what": what}, name=f"heading_{what}"
        )
        for what in ("up", "down", "remove")
    ),
]
