"""Claims that wait for a yes or no of a person's units, and those that wait for others."""

import datetime
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mulin.alliance.models import Membership, Organisation, Post
from mulin.alliance.queries import Standing
from mulin.alliance.wording import in_a_row
from mulin.lists.models import Claim, Item, Partner
from mulin.lists.wording.promises import promise_words
from mulin.notifications.notices import Answer, Waiting

ANSWER_DAYS = 7
AT_MOST = 20
YES = pgettext_lazy("answer", "Yes, agreed")
NO = pgettext_lazy("answer", "Not possible")
WHY_NOT = _("Why not?")


def claims_waiting(bodies: list[UUID]) -> list[Waiting]:
    """For the units of these keys: offers and wishes to answer, as partner too, and what to do
    where a partner said no."""
    # Keys instead of joins: each part of the question then has its index.
    needs = Item.objects.filter(organisation__in=bodies).values("pk")
    silent = Partner.objects.filter(organisation__in=bodies, said_yes_at=None, refused_at=None)
    declined = Partner.objects.filter(refused_at__isnull=False)
    concerned = _open().filter(
        Q(need__in=needs, asker_said_yes_at=None)
        | Q(organisation__in=bodies, provider_said_yes_at=None)
        | Q(organisation__in=bodies, pk__in=declined.values("claim"))
        | Q(pk__in=silent.values("claim"))
    )
    claims = concerned[:AT_MOST]
    return [waiting for claim in claims for waiting in _asked(claim, bodies)]


def _asked(claim: Claim, bodies: list[UUID]) -> Iterable[Waiting]:
    """Where a partner said no, nobody is asked but the unit that offers: the promise may change."""
    if claim.declined_partners:
        if claim.organisation_id in bodies:
            yield _choice(claim)
        return
    if claim.need.organisation_id in bodies and not claim.asker_said_yes_at:
        yield _claim(claim, "asker")
    if claim.organisation_id in bodies and not claim.provider_said_yes_at:
        yield _claim(claim, "provider")
    for partner in claim.partners.all():
        if partner.organisation_id in bodies and not partner.has_answered:
            yield _partner(claim, partner)


def voiceless(standing: Standing) -> list[UUID]:
    """Units of the sides a person coordinates for which nobody answers: the person does."""
    if not standing.coordinated:
        return []
    held = Post.objects.filter(person=standing.person, role=Post.Role.COORDINATOR).current()
    members = Membership.objects.current().filter(
        side__organisation__in=held.values("organisation"), alliance__in=standing.coordinated
    )
    answered = Post.objects.filter(role__in=Post.ANSWERS).current().values("organisation")
    units = Organisation.objects.filter(pk__in=members.values("organisation"), successor=None)
    return list(units.exclude(pk__in=answered).values_list("pk", flat=True))


def _open() -> QuerySet[Claim]:
    partners = Prefetch("partners", Partner.objects.select_related("organisation"))
    claims = Claim.objects.filter(state=Claim.State.OFFERED).prefetch_related(partners)
    return claims.select_related("need__organisation", "organisation", "resource")


def _claim(claim: Claim, side: str) -> Waiting:
    asks = side == "asker"
    words = _("{unit} would help: {title}") if asks else _("{unit} would like: {title}")
    unit = claim.organisation if asks else claim.need.organisation
    fields = {"side": side, "version": str(claim.version)}
    return _waiting(
        claim,
        "需" if asks else "资",
        format_lazy(words, unit=unit.name, title=claim.need.title),
        yes=Answer(YES, reverse("lists:confirm_claim", args=[claim.pk]), fields=fields),
        no=Answer(NO, reverse("lists:refuse_claim", args=[claim.pk]), asks=WHY_NOT),
    )


def _partner(claim: Claim, partner: Partner) -> Waiting:
    title = format_lazy(
        _("{unit} wants to do it together with {partner}: {title}"),
        unit=claim.organisation.name,
        partner=partner.organisation.name,
        title=claim.need.title,
    )
    fields = {"version": str(claim.version)}
    return _waiting(
        claim,
        "需",
        title,
        yes=Answer(YES, reverse("lists:join_claim", args=[partner.pk]), fields=fields),
        no=Answer(NO, reverse("lists:decline_part", args=[partner.pk]), asks=WHY_NOT),
    )


def _choice(claim: Claim) -> Waiting:
    gone = claim.declined_partners
    units = in_a_row([one.organisation.name for one in gone])
    return _waiting(
        claim,
        "需",
        format_lazy(_("{unit} can't join in: {title}"), unit=units, title=claim.need.title),
        yes=Answer(_("Go on without it"), reverse("lists:go_on_without", args=[claim.pk])),
        no=Answer(NO, reverse("lists:refuse_claim", args=[claim.pk]), asks=WHY_NOT),
        said="".join(f"“{one.reason}”" for one in gone),
    )


def _waiting(
    claim: Claim,
    seal: str,
    title: str | Promise,
    *,
    yes: Answer,
    no: Answer,
    said: str = "",
) -> Waiting:
    return Waiting(
        seal=seal,
        title=title,
        due_on=timezone.localdate(claim.made_at) + datetime.timedelta(days=ANSWER_DAYS),
        detail=f"{said} {promise_words(claim)}".strip(),
        url=reverse("lists:item", args=[claim.need_id]) + f"#claim-{claim.pk}",
        answers=(yes, no),
    )


def claims_held(bodies: list[UUID]) -> list[Waiting]:
    """Claims to which the units of these keys said yes, and others haven't yet."""
    needs = Item.objects.filter(organisation__in=bodies).values("pk")
    joined = Partner.objects.filter(organisation__in=bodies, said_yes_at__isnull=False)
    ours = _open().filter(
        Q(organisation__in=bodies, provider_said_yes_at__isnull=False)
        | Q(need__in=needs, asker_said_yes_at__isnull=False)
        | Q(pk__in=joined.values("claim"))
    )
    return [_held(claim, others) for claim in ours[:AT_MOST] if (others := _others(claim, bodies))]


def _others(claim: Claim, bodies: list[UUID]) -> list[str]:
    return [unit.name for unit in claim.to_answer if unit.pk not in bodies]


def _held(claim: Claim, others: list[str]) -> Waiting:
    units = in_a_row(others)
    return Waiting(
        seal="需",
        title=claim.need.title,
        due_on=timezone.localdate(claim.made_at),
        detail=format_lazy(_("{unit} hasn't answered yet"), unit=units),
        url=reverse("lists:item", args=[claim.need_id]) + f"#claim-{claim.pk}",
        tone="claimed",
    )
