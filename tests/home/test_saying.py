"""What a resident may say without an account, what is kept of it, and who reads it."""

import re

import pytest
from django.urls import reverse

from mulin.history.models import Event
from mulin.home.views.saying import MOST
from mulin.lists.actions import publish_item, withdraw_item
from mulin.lists.actions.hearing import MOST_A_DAY
from mulin.lists.models import Item
from mulin.notifications.models import Message

pytestmark = pytest.mark.django_db
SAY = reverse("home:say", args=["here"])


def say(client, cast, text: str = "楼下路灯不亮。晚上看不见台阶。", **more):
    return client.post(SAY, {"text": text, "organisation": cast.member.pk, **more})


def test_say_keeps_a_need_for_the_coordinators_to_review(client, cast):
    answer = say(client, cast)
    item = Item.objects.get()
    assert (item.state, item.title, item.by, item.organisation) == (
        "submitted", "楼下路灯不亮", None, cast.member,
    )  # fmt: skip
    assert answer.url.startswith(reverse("home:said", args=["here", "x"])[:-2])
    assert (Event.objects.get().verb, Message.objects.count()) == ("said_by_resident", 0)


def test_say_shows_in_the_review_and_on_the_desk(client, cast):
    say(client, cast)
    client.force_login(cast.lin)
    review = client.get(reverse("lists:review")).content.decode()
    assert "居民在公众页说的" in review
    assert [str(task.title) for day in client.get("/desk/").context["days"] for task in day.tasks]


def test_said_is_set_aside_on_the_desk_with_its_undo(client, cast):
    say(client, cast)
    client.force_login(cast.lin)
    tasks = [task for day in client.get("/desk/").context["days"] for task in day.tasks]
    (task,) = [task for task in tasks if task.url.endswith(f"{Item.objects.get().pk}/")]
    said = {"reason": "已有同样的一条", "next": f"/desk/?done={task.due_on}"}
    page = client.post(task.answers[1].url, said, follow=True)
    (row,) = [row for day in page.context["days"] for row in day.answered]
    assert (Item.objects.get().state, row.day) == ("withdrawn", task.due_on)
    client.post(row.undo)
    assert Item.objects.get().state == "submitted"


def test_say_cuts_what_may_not_be_kept(client, cast):
    say(client, cast, "联系人：王建国，电话13812345678，身份证110101199003077758，楼道灯坏了")
    kept = Item.objects.get()
    text = (
        kept.title + kept.detail + " ".join(map(str, Event.objects.values_list("words__details")))
    )
    assert not re.search(r"建国|1381234|11010119", text)
    assert "楼道灯坏了" in text


@pytest.mark.parametrize(
    "text", ["", "   ", "\u200b\u202e", "好" * 501, "a\x00b"],
    ids=["empty", "blank", "invisible", "long", "null"],
)  # fmt: skip
def test_say_refuses_what_says_nothing_or_too_much(client, cast, text):
    assert (say(client, cast, text).status_code, Item.objects.count()) == (422, 0)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("我是王建国，灯坏了", "我是王某，灯坏了"),
        ("灯坏了。本人李小红反映", "灯坏了。本人李某反映"),
        ("灯坏了\n张伟", "灯坏了\n张某"),
        ("灯坏了——欧阳娜", "灯坏了——欧阳某"),
        ("我是三楼的住户，灯坏了", "我是三楼的住户，灯坏了"),
    ],
)
def test_say_shortens_who_introduce_themselves_or_sign(client, cast, said, kept):
    say(client, cast, said)
    item = Item.objects.get()
    assert (item.detail or item.title) == kept


def test_say_takes_away_signs_that_hide(client, cast):
    say(client, cast, "路灯\u202e不亮\u200b")
    assert Item.objects.get().title == "路灯不亮"


def test_say_escapes_markup(client, cast):
    page = client.get(say(client, cast, "<script>alert(1)</script>").url).content.decode()
    assert ("<script>alert" in page, "&lt;script&gt;" in page) == (False, True)


def test_say_refuses_other_alliances_units_and_robots(client, cast):
    stranger = cast.elsewhere.sides.first().organisation
    assert say(client, cast, organisation=stranger.pk).status_code == 422
    assert say(client, cast, website="https://x.example").status_code == 422
    assert Item.objects.count() == 0


def test_say_ends_after_a_few_an_hour(client, cast):
    statuses = [say(client, cast, f"第{n}件事").status_code for n in range(MOST + 1)]
    assert statuses == [302] * MOST + [422]


def test_say_ends_after_a_full_day(client, cast):
    Item.objects.bulk_create(
        Item(
            alliance=cast.alliance,
            organisation=cast.member,
            kind="need",
            title="x",
            is_residents=True,
        )
        for _ in range(MOST_A_DAY)
    )
    assert say(client, cast).status_code == 422


def test_say_is_not_there_for_an_alliance_without_a_public_page(client, cast):
    said = say(client, cast).url
    cast.alliance.is_public = False
    cast.alliance.save()
    assert [client.get(url).status_code for url in (SAY, said)] == [404, 404]


def test_said_tells_what_becomes_of_it(client, cast):
    url = say(client, cast).url
    item = Item.objects.get()
    states = [client.get(url).context["state"]]
    publish_item(item, by=cast.lin)
    states.append(client.get(url).context["state"])
    withdraw_item(item, by=cast.lin, reason="路灯归市政，已转告")
    assert "路灯归市政，已转告" in client.get(url).content.decode()
    assert states == ["draft", "open"]


@pytest.mark.parametrize("token", ["x", "IjEi:1abcde:xyz"])
def test_said_needs_its_own_address(client, cast, token):
    assert client.get(reverse("home:said", args=["here", token])).status_code == 404


def test_residents_behind_our_proxy_are_told_apart(client, cast, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    told = []
    for n in range(MOST + 1):
        headers = {"X-Forwarded-For": f"6.6.6.6, 10.0.0.{n}"}
        words = {"text": f"第{n}件事，楼下路灯不亮", "organisation": cast.member.pk}
        told.append(client.post(SAY, words, headers=headers).status_code)
    assert told == [302] * (MOST + 1)
