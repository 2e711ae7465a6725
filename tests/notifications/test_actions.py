"""Telling once, and delivering by e-mail without losing or leaking."""

from datetime import timedelta
from smtplib import SMTPException

import pytest
from django.core import mail
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy

from mulin.notifications.actions import (
    MAX_TRIES,
    deliver_outbox,
    notify,
    read_all,
    read_message,
)
from mulin.notifications.models import Message
from mulin.notifications.notices import Notice


def test_people_are_told_once_a_key(lin, wang):
    for _ in range(2):
        notify([lin, wang, lin], Notice(key="a", title="消息"))
    assert sorted(m.person.username for m in Message.objects.all()) == ["lin", "wang"]


def test_who_left_is_not_told(lin):
    lin.is_active = False
    notify([lin], Notice(key="a", title="消息"))
    assert Message.objects.count() == 0


def test_each_reads_their_own_language(lin, wang):
    wang.language = "en"
    notify([lin, wang], Notice(key="a", title=gettext_lazy("Saved.")))
    assert {m.person.username: m.title for m in Message.objects.all()} == {
        "lin": "已保存。",
        "wang": "Saved.",
    }


def test_due_mail_goes_out_once(lin, settings):
    settings.SITE_URL = "https://mulin.example"
    notify([lin], Notice(key="a", title="消息", body="正文", url="/desk/", why="因为"))
    sent = [deliver_outbox(), deliver_outbox()]
    assert (sent, [(m.to, m.subject, m.body) for m in mail.outbox]) == (
        [1, 0],
        [(["lin@example.org"], "消息", "正文\n\nhttps://mulin.example/desk/\n\n因为")],
    )


def test_mail_is_not_sent_to_who_wants_none_but_a_secret_is(lin):
    lin.wants_email = False
    notify([lin], Notice(key="a", title="消息"))
    notify([lin], Notice(key="code:1", title="验证码", secret=True))
    deliver_outbox()
    assert [m.subject for m in mail.outbox] == ["验证码"]


@pytest.mark.parametrize("key", ["code:1", "welcome:1"])
def test_what_opens_something_is_forgotten_once_sent(lin, key):
    notify([lin], Notice(key=key, title="验证码", body="123456", url="/me/x/", secret=True))
    deliver_outbox()
    message = Message.objects.get()
    kept = message.title + message.body + message.url
    assert (kept, "123456" in mail.outbox[0].body) == ("", True)


def test_failure_waits_longer_each_time_and_then_ends(lin, monkeypatch):
    def fail(*_args, **_kwargs):
        raise SMTPException("no such host")

    monkeypatch.setattr("mulin.notifications.actions.EmailMessage.send", fail)
    notify([lin], Notice(key="a", title="消息"))
    waits = []
    for _ in range(MAX_TRIES + 2):
        Message.objects.update(email_due_at=timezone.now())
        deliver_outbox()
        waits.append(
            round((Message.objects.get().email_due_at - timezone.now()) / timedelta(minutes=1))
        )
    message = Message.objects.get()
    assert (waits[:4], message.tries, message.error) == ([1, 2, 4, 8], MAX_TRIES, "no such host")


def test_message_claimed_by_another_process_is_left_to_it(lin, monkeypatch):
    """Both read that it is due; only the one whose claim succeeds sends it."""
    notify([lin], Notice(key="a", title="消息"))
    due = list(Message.objects.select_related("person"))
    assert deliver_outbox() == 1
    monkeypatch.setattr(QuerySet, "__getitem__", lambda _rows, _slice: due)
    Message.objects.update(emailed_at=None)
    assert (deliver_outbox(), len(mail.outbox)) == (0, 1)


def test_those_due_first_go_first_and_the_others_wait(lin):
    for minutes, key in ((1, "b"), (2, "a"), (-1, "later")):
        notify([lin], Notice(key=key, title=key))
        due = timezone.now() - timedelta(minutes=minutes)
        Message.objects.filter(key=key).update(email_due_at=due)
    sent = [deliver_outbox(limit=1), deliver_outbox(limit=5)]
    assert (sent, [m.subject for m in mail.outbox]) == ([1, 1], ["a", "b"])


def test_who_has_no_address_is_told_in_the_inbox_only(wang):
    notify([wang], Notice(key="a", title="消息"))
    assert (deliver_outbox(), Message.objects.get().email_due_at) == (0, None)


def test_long_words_are_cut_to_what_a_message_holds(lin):
    notify([lin], Notice(key="k" * 130, title="题" * 210, why="因" * 210))
    message = Message.objects.get()
    assert (len(message.key), len(message.title), len(message.why)) == (120, 200, 200)


def test_undone_transaction_tells_nobody(lin):
    with transaction.atomic():
        notify([lin], Notice(key="a", title="消息"))
        transaction.set_rollback(True)
    assert Message.objects.count() == 0


def test_reading_again_keeps_the_first_time(lin):
    notify([lin], Notice(key="a", title="消息"))
    message = Message.objects.get()
    times = []
    for _ in range(2):
        read_message(message)
        times.append(Message.objects.get().read_at)
    assert [time == times[0] for time in times if time] == [True, True]


def test_reading_all_leaves_other_peoples_inbox(lin, wang):
    notify([lin, wang], Notice(key="a", title="消息"))
    read_all(lin)
    assert {m.person.username: bool(m.read_at) for m in Message.objects.all()} == {
        "lin": True,
        "wang": False,
    }
