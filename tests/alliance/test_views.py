"""Every page: who sees it, who changes through it, and that a stranger sees nothing."""

import uuid
from datetime import date

import pytest
from django.urls import reverse

from mulin.accounts.models import AnswerLink
from mulin.alliance.actions import groups, mechanism, rotation
from mulin.alliance.models import Group, MechanismNode, Membership, Organisation, Place, Post

PAGES = ["charter", "organisations", "posts", "rotation", "mechanism", "groups", "places"]


@pytest.fixture
def things(cast) -> dict[str, object]:
    """One thing behind each address that names one, all of this alliance."""
    with_lin = {"by": cast.lin}
    group = groups.add_group(
        cast.here, name="睦邻", kind="neighbours", members=[cast.lane], **with_lin
    )
    term = rotation.plan_term(cast.here, starts_on=date(2099, 6, 16), **with_lin)
    return {
        "membership": Membership.objects.get(alliance=cast.here, organisation=cast.lane).pk,
        "body": cast.lane.pk,
        "post": Post.objects.get(person=cast.mei).pk,
        "group": group.pk,
        "group_member": group.members.get().pk,
        "place": groups.add_place(cast.here, name="建设七路", **with_lin).pk,
        "term": term.pk,
        "side": cast.west.pk,
        "node": mechanism.add_heading(cast.here, heading="一总", **with_lin).pk,
    }


CHANGES = {
    "end_membership": "membership", "reopen_membership": "membership",
    "rename_organisation": "body", "code_organisation": "body", "dissolve_organisation": "body",
    "end_post": "post", "hand_over_post": "post", "welcome_again": "post",
    "join_group": "group", "leave_group": "group_member", "hand_place": "place",
    "skip_term": "term", "swap_terms": "term", "first_side": "side",
    "heading_up": "node", "heading_down": "node", "heading_remove": "node",
}  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("who", ["lin", "hua", "mei", "su"])
def test_pages_open_for_every_role(client, cast, things, who, page):
    client.force_login(getattr(cast, who))
    assert client.get(reverse(f"alliance:{page}")).status_code == 200


@pytest.mark.parametrize(("page", "thing"), [("organisation", "body"), ("edit_heading", "node")])
def test_pages_of_things_open_here_only(client, cast, things, page, thing):
    address = reverse(f"alliance:{page}", args=[things[thing]])
    codes = []
    for person in (cast.lin, cast.wang):
        client.force_login(person)
        codes.append(client.get(address).status_code)
    assert codes == [200, 404]


@pytest.mark.parametrize(("name", "thing"), CHANGES.items())
def test_changes_are_404_for_another_alliance(client, cast, things, name, thing):
    client.force_login(cast.wang)
    answer = client.post(reverse(f"alliance:{name}", args=[things[thing]]))
    assert answer.status_code == 404


@pytest.mark.parametrize(("name", "thing"), CHANGES.items())
def test_changes_are_posts(client, cast, things, name, thing):
    client.force_login(cast.lin)
    assert client.get(reverse(f"alliance:{name}", args=[things[thing]])).status_code == 405


@pytest.mark.parametrize("page", PAGES)
def test_pages_are_404_without_an_alliance(client, db, cast, page):
    Post.objects.filter(person=cast.mei).delete()
    client.force_login(cast.mei)
    assert client.get(reverse(f"alliance:{page}")).status_code == 404


@pytest.mark.parametrize("page", ["posts", "rotation", "mechanism", "groups", "places"])
def test_members_may_not_post(client, cast, page):
    client.force_login(cast.mei)
    assert client.post(reverse(f"alliance:{page}"), {}).status_code == 403


def test_named_alliance_is_remembered_and_a_strangers_is_404(client, cast):
    Post.objects.create(person=cast.lin, organisation=cast.far.organisation, role="liaison")
    client.force_login(cast.lin)
    page = reverse("alliance:charter")
    seen = [client.get(page + query).context["alliance"] for query in ("?alliance=there", "")]
    client.force_login(cast.mei)
    stranger = client.get(page + "?alliance=there").status_code
    assert (seen, stranger) == ([cast.there, cast.there], 404)


def test_admitting_and_ending_and_undoing(client, cast):
    two = Organisation.objects.create(
        kind="community", name="二社区", parent=cast.east.organisation
    )
    client.force_login(cast.lin)
    words = {"organisation": two.pk, "side": cast.east.pk, "from_on": "2026-01-01"}
    client.post(reverse("alliance:admit"), words)
    membership = Membership.objects.get(organisation=two)
    client.post(
        reverse("alliance:end_membership", args=[membership.pk]), {"until_on": "2026-02-01"}
    )
    membership.refresh_from_db()
    ended = membership.until_on
    client.post(reverse("alliance:reopen_membership", args=[membership.pk]))
    membership.refresh_from_db()
    assert (membership.side, ended, membership.until_on) == (cast.east, date(2026, 2, 1), None)


def test_newcomer_gets_a_post_and_a_link_shown_once(client, cast):
    client.force_login(cast.lin)
    words = {
        "organisation": cast.lane.pk, "role": "alternate", "from_on": "2026-01-01",
        "name": "新人", "username": "Xin", "email": "",
    }  # fmt: skip
    page = reverse("alliance:posts")
    first = client.post(page, words, follow=True).content.decode()
    second = client.get(page).content.decode()
    post = Post.objects.get(person__username="xin")
    assert (post.role, "/me/welcome/" in first, "/me/welcome/" in second) == (
        "alternate", True, False,
    )  # fmt: skip
    assert AnswerLink.objects.filter(person=post.person).count() == 1


def test_taken_sign_in_name_is_refused_in_words(client, cast):
    client.force_login(cast.lin)
    words = {
        "organisation": cast.lane.pk, "role": "liaison", "from_on": "2026-01-01",
        "name": "别人", "username": "WANG",
    }  # fmt: skip
    answer = client.post(reverse("alliance:posts"), words)
    assert (answer.status_code, list(answer.context["form"].errors)) == (200, ["username"])


def test_refusal_is_said_on_the_page(client, cast, things):
    client.force_login(cast.hua)
    answer = client.post(
        reverse("alliance:skip_term", args=[things["term"]]), {"note": "会议改期"}, follow=True
    )
    assert [message.level_tag for message in answer.context["messages"]] == ["error"]


def test_place_and_group_names_are_taken_once(client, cast, things):
    client.force_login(cast.lin)
    client.post(reverse("alliance:places"), {"name": "建设七路"})
    client.post(
        reverse("alliance:groups"), {"name": "睦邻", "kind": "road", "members": [cast.lane.pk]}
    )
    assert (Place.objects.count(), Group.objects.count()) == (1, 1)


def test_heading_moves_under_another_by_its_page(client, cast, things):
    client.force_login(cast.lin)
    under = mechanism.add_heading(cast.here, by=cast.lin, heading="三联")
    words = {"heading": "三联", "text": "", "parent": things["node"]}
    client.post(reverse("alliance:edit_heading", args=[under.pk]), words)
    assert MechanismNode.objects.get(pk=under.pk).parent_id == things["node"]


def test_unknown_thing_is_404(client, cast):
    client.force_login(cast.lin)
    address = reverse("alliance:organisation", args=[uuid.uuid4()])
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("page", ["charter", "organisations", "posts", "groups"])
def test_pages_ask_the_same_number_of_questions_however_long(
    client, cast, things, page, django_assert_max_num_queries
):
    for number in range(12):
        body = Organisation.objects.create(
            kind="school", name=f"学校{number}", parent=cast.east.organisation
        )
        Membership.objects.create(alliance=cast.here, organisation=body, side=cast.east)
        Post.objects.create(person=cast.mei, organisation=body, role="liaison")
    client.force_login(cast.lin)
    client.get(reverse("alliance:groups"))  # what waits on the desk is counted once a minute
    with django_assert_max_num_queries(24):
        client.get(reverse(f"alliance:{page}"))


def test_organisations_are_found_in_either_script(client, cast):
    client.force_login(cast.mei)
    page = client.get(reverse("alliance:organisations"), {"q": "一社區"})
    assert [str(body) for body in page.context["bodies"]] == ["一社区"]
