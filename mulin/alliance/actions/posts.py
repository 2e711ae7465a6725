"""Posts: appointing, ending, handing over; accounts are made here, for a post."""

import datetime
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from mulin.accounts.actions import add_person, invite
from mulin.accounts.models import Person
from mulin.alliance.models import Alliance, Organisation, Post
from mulin.alliance.rules import may_appoint
from mulin.history.actions import record
from mulin.notifications.actions import notify
from mulin.notifications.notices import Notice


@transaction.atomic
def appoint(
    organisation: Organisation,
    *,
    alliance: Alliance,
    by: Person,
    person: Person,
    role: str,
    from_on: datetime.date,
) -> Post:
    """The person holds the post from that day; they are told. An open post is kept as it is."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    may_appoint(by, organisation, alliance, role).require()
    post, is_new = Post.objects.get_or_create(
        person=person,
        organisation=organisation,
        role=role,
        until_on=None,
        defaults={"from_on": from_on},
    )
    if is_new:
        record("post_given", post, by=by, scope=alliance.pk, on=from_on)
        notice = Notice(
            key=f"post_given:{post.pk}",
            title=_("You were given a post"),
            body=str(organisation.full_name),
            url="/desk/",
            why=_("Rights follow posts; your coordinator gave you this one."),
            scope=alliance.pk,
        )
        notify([person], notice)
    return post


@transaction.atomic
def appoint_newcomer(
    organisation: Organisation,
    *,
    alliance: Alliance,
    by: Person,
    role: str,
    from_on: datetime.date,
    name: str,
    username: str,
    email: str = "",
) -> tuple[Post, str]:
    """Make an account and give it the post; returns the post and the token of the welcome link.

    The link also goes to the e-mail, if there is one. Raises IntegrityError for a taken sign-in
    name.
    """
    may_appoint(by, organisation, alliance, role).require()
    person = add_person(username=username, name=name, email=email)
    post = appoint(
        organisation, alliance=alliance, by=by, person=person, role=role, from_on=from_on
    )
    return post, send_welcome(person)


@transaction.atomic
def send_welcome(person: Person) -> str:
    """A fresh link to choose the first password, also by e-mail; returns the token."""
    token = invite(person)
    notice = Notice(
        key=f"welcome:{token[-12:]}",
        title=_("Your account: choose a password"),
        url=f"/me/welcome/{token}/",
        why=_("Your coordinator made an account for you. The link works once, for 14 days."),
        secret=True,
    )
    if person.email:
        notify([person], notice)
    return token


@transaction.atomic
def end_post(post: Post, *, alliance: Alliance, by: Person, until_on: datetime.date) -> Post:
    """The post's last day."""
    post = Post.objects.select_for_update().get(pk=post.pk)
    may_appoint(by, post.organisation, alliance, post.role).require()
    post.until_on = until_on
    post.save(update_fields=["until_on"])
    record("post_ended", post, by=by, scope=alliance.pk, on=until_on)
    return post


@transaction.atomic
def hand_over_post(
    post: Post, *, alliance: Alliance, by: Person, to: Person, on: datetime.date
) -> Post:
    """From `on` somebody else holds the post; the earlier holder keeps it until the day before."""
    last = max(on - timedelta(days=1), post.from_on or on - timedelta(days=1))
    end_post(post, alliance=alliance, by=by, until_on=last)
    return appoint(
        post.organisation, alliance=alliance, by=by, person=to, role=post.role, from_on=on
    )
