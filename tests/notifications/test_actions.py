"""Telling once, and delivering by e-mail without losing or leaking."""

from datetime import timedelta
from smtplib import SMTPException

import pytest
from django.core import mail
from django.utils import timezone
from django.utils.translation import gettext_lazy

from mulin.notifications.actions import MAX_TRIES, deliver_outbox, notify
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
    assert (message.body, message.url, "123456" in mail.outbox[0].body) == ("", "", True)


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
