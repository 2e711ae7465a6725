"""What an alliance is called, sides added and ended by date, and founding another alliance."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from mulin.accounts.models import Person
from mulin.alliance.actions import rotation, sides
from mulin.alliance.actions.memberships import end_membership
from mulin.alliance.models import Alliance, Membership, Organisation
from mulin.alliance.queries import is_coordinator, leading_side, members_of, sides_of

TODAY = timezone.localdate()
TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def north(cast) -> Organisation:
    """A sub-district with a community, outside the alliance so far."""
    street = Organisation.objects.create(kind="subdistrict", name="北街道", parent=cast.district)
    Organisation.objects.create(kind="community", name="北一社区", parent=street)
    return street


def names(alliance: Alliance, on: date) -> list[str]:
    return [str(side) for side in sides_of(alliance, on)]


def test_add_side_begins_on_its_day_with_its_communities(cast, north):
    sides.add_side(cast.here, by=cast.lin, organisation=north, from_on=TOMORROW)
    assert names(cast.here, TODAY) == ["东街道", "西街道"]
    assert names(cast.here, TOMORROW) == ["东街道", "西街道", "北街道"]
    assert members_of(cast.here, TOMORROW).filter(name="北一社区").count() == 1


def test_end_side_takes_its_members_and_its_rights_along(cast, north):
    sides.add_side(cast.here, by=cast.lin, organisation=north, from_on=TODAY)
    yesterday = TODAY - timedelta(days=1)
    Membership.objects.filter(side__organisation=north).update(from_on=yesterday)
    ended = sides.end_side(cast.west, by=cast.lin, until_on=yesterday)
    assert (ended, names(cast.here, TODAY)) == (1, ["东街道", "北街道"])
    assert is_coordinator(cast.hua, cast.here) is False


def test_keep_side_brings_back_who_left_with_it(cast, north):
    sides.add_side(cast.here, by=cast.lin, organisation=north, from_on=TODAY)
    side = sides_of(cast.here).get(organisation=north)
    sides.end_side(side, by=cast.lin, until_on=TODAY)
    assert names(cast.here, TOMORROW) == ["东街道", "西街道"]
    assert sides.keep_side(side, by=cast.lin) == 2
    assert names(cast.here, TOMORROW) == ["东街道", "西街道", "北街道"]
    assert sides.keep_side(side, by=cast.lin) == 0


def test_end_side_needs_two_that_stay(cast):
    with pytest.raises(PermissionDenied):
        sides.end_side(cast.west, by=cast.lin, until_on=TODAY)


def test_end_side_waits_for_its_turns_to_lead(cast, north):
    sides.add_side(cast.here, by=cast.lin, organisation=north, from_on=TODAY)
    rotation.plan_term(cast.here, by=cast.lin, starts_on=TODAY)
    rotation.plan_term(cast.here, by=cast.lin, starts_on=TOMORROW)
    with pytest.raises(PermissionDenied):
        sides.end_side(cast.west, by=cast.lin, until_on=TODAY)
    assert sides.end_side(cast.east, by=cast.lin, until_on=TODAY) == 2


def test_turn_passes_over_a_side_that_has_left(cast, north):
    sides.add_side(cast.here, by=cast.lin, organisation=north, from_on=TODAY)
    rotation.plan_term(cast.here, by=cast.lin, starts_on=TODAY)
    sides.end_side(cast.west, by=cast.lin, until_on=TODAY)
    term = rotation.plan_term(cast.here, by=cast.lin, starts_on=TOMORROW)
    assert (str(term.side), str(leading_side(cast.here, TOMORROW))) == ("北街道", "北街道")


def test_end_membership_leaves_sides_alone(cast):
    with pytest.raises(PermissionDenied):
        end_membership(Membership.objects.get(side=cast.west), by=cast.lin, until_on=TODAY)


@pytest.mark.parametrize("who", ["hua", "mei", "su", "wang"])
def test_sides_are_changed_by_the_lead_alone(cast, north, who):
    with pytest.raises(PermissionDenied):
        sides.add_side(cast.here, by=getattr(cast, who), organisation=north, from_on=TODAY)


def test_edit_alliance_in_its_page(client, cast):
    client.force_login(cast.hua)
    page = reverse("alliance:edit_alliance")
    said = {"name": "新名字", "introduction": "一次联席会", "is_public": ""}
    assert client.post(page, said).url == page
    cast.here.refresh_from_db()
    found = (cast.here.name, cast.here.introduction, cast.here.is_public, cast.here.slug)
    assert found == ("新名字", "一次联席会", False, "here")


def test_end_side_in_its_page_offers_the_undo(client, cast, north):
    sides.add_side(cast.here, by=cast.lin, organisation=north, from_on=TODAY)
    side = sides_of(cast.here).get(organisation=north)
    client.force_login(cast.lin)
    url = reverse("alliance:end_side", args=[side.pk])
    page = client.post(url, {"until_on": TODAY.isoformat()}, follow=True).content.decode()
    assert reverse("alliance:keep_side", args=[side.pk]) in page


def test_sides_of_another_alliance_are_not_found(client, cast):
    client.force_login(cast.lin)
    for name in ("end_side", "keep_side"):
        assert client.post(reverse(f"alliance:{name}", args=[cast.far.pk])).status_code == 404


def test_operator_founds_another_alliance(client, cast, north):
    client.force_login(Person.objects.create_user("op", name="Op", is_operator=True))
    streets = [north.pk, cast.far.organisation.pk]
    said = {"name": "南北", "slug": "ns", "organisations": streets, "founded_on": TODAY}
    answer = client.post(reverse("alliance:new_alliance"), said)
    made = Alliance.objects.get(slug="ns")
    assert (answer.url, made.sides.count()) == (reverse("alliance:posts"), 2)
    assert client.get(answer.url).context["alliance"] == made


@pytest.mark.parametrize(
    "wrong", [{"slug": "here"}, {"organisations": []}, {"slug": "南"}, {"name": ""}]
)
def test_operator_is_told_why_an_alliance_cant_be_founded(client, cast, north, wrong):
    client.force_login(Person.objects.create_user("op", name="Op", is_operator=True))
    streets = [north.pk, cast.far.organisation.pk]
    said = {"name": "南北", "slug": "ns", "organisations": streets, "founded_on": TODAY, **wrong}
    page = client.post(reverse("alliance:new_alliance"), said)
    assert (bool(page.context["form"].errors), Alliance.objects.count()) == (True, 2)
