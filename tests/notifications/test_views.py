"""The inbox: one's own, read on opening, never a secret."""

from django.urls import reverse

from mulin.notifications.actions import notify
from mulin.notifications.models import Message
from mulin.notifications.notices import Notice

INBOX = reverse("notifications:inbox")


def tell(person, key: str, **fields) -> Message:
    notify([person], Notice(key=key, title=f"消息{key}", **fields))
    return Message.objects.get(person=person, key=key)


def shown(client) -> list[str]:
    return [message.title for message in client.get(INBOX).context["page"]]


def test_inbox_shows_ones_own_newest_first_without_secrets(client, lin, wang):
    for key in ("a", "b"):
        tell(lin, key)
    tell(lin, "code:1", secret=True)
    tell(wang, "c")
    client.force_login(lin)
    assert shown(client) == ["消息b", "消息a"]


def test_opening_reads_and_leads_there(client, lin):
    message = tell(lin, "a", url="/me/")
    client.force_login(lin)
    answer = client.post(reverse("notifications:open", args=[message.pk]))
    message.refresh_from_db()
    assert (answer.url, bool(message.read_at), shown(client)) == ("/me/", True, ["消息a"])


def test_opening_never_leads_to_another_site(client, lin):
    message = tell(lin, "a", url="https://evil.example/")
    client.force_login(lin)
    assert client.post(reverse("notifications:open", args=[message.pk])).url == INBOX


def test_another_persons_message_is_404(client, lin, wang):
    message = tell(lin, "a")
    client.force_login(wang)
    answer = client.post(reverse("notifications:open", args=[message.pk]))
    message.refresh_from_db()
    assert (answer.status_code, message.read_at) == (404, None)


def test_all_are_read_at_once(client, lin, wang):
    for person in (lin, wang):
        tell(person, "a")
    client.force_login(lin)
    client.post(reverse("notifications:read_all"))
    assert [m.person for m in Message.objects.filter(read_at=None)] == [wang]


def test_inbox_needs_sign_in(client, db):
    assert client.get(INBOX).url.startswith("/sign-in/login/")


def test_long_inbox_is_cut_into_pages(client, lin):
    for number in range(31):
        tell(lin, str(number))
    client.force_login(lin)
    context = client.get(INBOX).context
    assert (len(context["page"]), context["older"], context["unread"]) == (30, 1, 31)
