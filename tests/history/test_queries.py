"""Reading the story of a thing."""

import pytest

from mulin.history.actions import link, record
from mulin.history.models import Audience
from mulin.history.queries import related_to, story

pytestmark = pytest.mark.django_db
ALL = [choice.value for choice in Audience]


def test_related_goes_up_and_down_but_not_across(cast):
    """need → project ← resource → other: the need's story ends at the project."""
    need, resource, project, other = cast.lead, cast.other_side, cast.member, cast.elsewhere
    for cause, effect in [(need, project), (resource, project), (resource, other)]:
        link(cause, effect)
    assert set(related_to(need.pk)) == {need.pk, project.pk}
    assert set(related_to(project.pk)) == {need.pk, project.pk, resource.pk}


def test_related_ends_in_a_circle(cast):
    link(cast.lead, cast.member)
    link(cast.member, cast.lead)
    assert set(related_to(cast.lead.pk)) == {cast.lead.pk, cast.member.pk}


def test_story_is_dated_and_reads_in_two_queries(cast, django_assert_num_queries):
    record("asked", cast.lead, by=cast.mei, scope=cast.alliance.pk)
    record("opened", cast.member, by=cast.lin, scope=cast.alliance.pk, causes=[cast.lead])
    with django_assert_num_queries(2):
        told = [(event.verb, event.words.by_name) for event in story(cast.lead.pk, audiences=ALL)]
    assert told == [("asked", "Mei"), ("opened", "Lin")]


def test_story_leaves_out_what_is_for_others(cast):
    record("asked", cast.lead, by=cast.mei, audience=Audience.PUBLIC)
    record("weighed", cast.lead, by=cast.lin, audience=Audience.STAFF)
    assert [event.verb for event in story(cast.lead.pk, audiences=["public"])] == ["asked"]
