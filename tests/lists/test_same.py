"""The page on which a coordinator says which requests are the same, in whichever community."""

import pytest
from django.urls import reverse


@pytest.fixture
def coordinator(world, client):
    client.force_login(world.people["north"])
    return client


def test_likeliest_request_of_another_unit_comes_first(world, coordinator):
    item = world.need(title="小区补路灯")
    world.need(title="书法班", unit="clinic")
    world.need(title="补路灯两盏", unit="clinic")
    world.need(title="补路灯", unit="clinic")
    page = coordinator.get(reverse("lists:same", args=[item.pk]))
    assert [one.title for one in page.context["others"]] == ["补路灯", "补路灯两盏"]
