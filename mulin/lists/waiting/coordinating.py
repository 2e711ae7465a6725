"""What waits for coordinators in the lists: rounds that end, like requests, items, proposals."""

import datetime

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from mulin.alliance.models import Alliance
from mulin.alliance.queries import Standing
from mulin.alliance.wording import in_a_row
from mulin.lists.models import AGES, CollectionRound, Item, Proposal, Submission
from mulin.lists.queries.merges import Suggestion, suggestions
from mulin.lists.queries.proposals import latest_run, long_unmet
from mulin.notifications.notices import Answer, Waiting

ONE_BY_ONE = 3
"""Up to so many items are answered on the desk; more are looked at together."""
GROUPS = 2
ENDS_SOON = datetime.timedelta(days=3)
TO_REVIEW = datetime.timedelta(days=3)
TO_DECIDE = datetime.timedelta(days=7)
LONG = AGES[1]
"""Days after which a need without an answer stands on the desk."""


def coordination_waiting(standing: Standing) -> list[Waiting]:
    """For each alliance the person coordinates."""
    found: list[Waiting] = []
    for alliance in standing.coordinated:
        groups = suggestions(alliance, GROUPS)
        found += _rounds(alliance)
        found += [_group(group) for group in groups]
        found += _to_review(alliance, groups)
        found += _proposals(alliance)
        found += _without_answer(alliance)
    return found


def _rounds(alliance: Alliance) -> list[Waiting]:
    """Open rounds whose last day is near or past, with units missing."""
    soon = timezone.localdate() + ENDS_SOON
    near = _collecting([alliance]).filter(closes_on__lte=soon)
    named = ((one, [asked.organisation.name for asked in one.missing]) for one in near)
    return [_round(one, names) for one, names in named if names]


def rounds_held(standing: Standing) -> list[Waiting]:
    """Open rounds that run on, with the number of units still to answer."""
    soon = timezone.localdate() + ENDS_SOON
    later = _collecting(standing.coordinated).filter(closes_on__gt=soon)
    return [_held(one, len(one.missing)) for one in later if one.missing]


def _collecting(alliances: list[Alliance]) -> QuerySet:
    """Open rounds with the submissions still `missing`."""
    unsent = Submission.objects.filter(sent_at=None).select_related("organisation")
    missing = Prefetch("submissions", unsent.order_by("organisation__name"), to_attr="missing")
    return CollectionRound.objects.filter(
        alliance__in=alliances, state=CollectionRound.State.OPEN
    ).prefetch_related(missing)


def _held(collection: CollectionRound, count: int) -> Waiting:
    words = ngettext("%(n)d unit hasn't answered", "%(n)d units haven't answered", count)
    return Waiting(
        seal="征",
        title=collection.title,
        due_on=collection.closes_on,
        detail=words % {"n": count},
        url=reverse("lists:round", args=[collection.pk]),
        tone="open",
    )


def _round(collection: CollectionRound, names: list[str]) -> Waiting:
    url, count = reverse("lists:round", args=[collection.pk]), len(names)
    words = ngettext(
        "{title}: {n} unit hasn't answered", "{title}: {n} units haven't answered", count
    )
    remind = ngettext("Remind this unit", "Remind these %(n)d units", count) % {"n": count}
    return Waiting(
        seal="征",
        title=words.format(title=collection.title, n=count),
        due_on=collection.closes_on,
        detail=in_a_row(names),
        url=url,
        answers=(
            Answer(remind, reverse("lists:remind", args=[collection.pk])),
            Answer(_("Another last day, or end it"), url, opens=True),
        ),
    )


def _group(group: Suggestion) -> Waiting:
    fields = {
        "into": str(group.first.pk),
        "item": " ".join(str(item.pk) for item in group.items),
    }
    return Waiting(
        seal="需",
        title=format_lazy(
            _("{n} requests look like one: {title}"), n=len(group.items), title=group.first.title
        ),
        due_on=_review_by(group.items),
        detail=_("Merged, all who asked are kept, and each is asked to accept in the end."),
        quotes=tuple(f"{item.title} · {item.organisation.name}" for item in group.items),
        url=reverse("lists:review"),
        answers=(
            Answer(_("Merge into one"), reverse("lists:merge"), fields=fields),
            Answer(_("These are not the same"), reverse("lists:keep_apart"), fields=fields),
        ),
    )


def _review_by(items: list[Item]) -> datetime.date:
    return timezone.localdate(min(item.created_at for item in items)) + TO_REVIEW


def _to_review(alliance: Alliance, groups: list[Suggestion]) -> list[Waiting]:
    """A few are decided one by one; what may be merged is decided there first."""
    grouped = [item.pk for group in groups for item in group.items]
    # Both kinds named, so that the index over state and kind is used.
    handed_in = Item.objects.filter(
        alliance=alliance, kind__in=Item.Kind.values, state=Item.State.SUBMITTED
    ).exclude(pk__in=grouped)
    first = list(
        handed_in.select_related("organisation", "category").order_by("created_at")[
            : ONE_BY_ONE + 1
        ]
    )
    if len(first) <= ONE_BY_ONE:
        return [_item(item) for item in first]
    count = handed_in.count()
    url = reverse("lists:review") + f"?alliance={alliance.slug}"
    return [
        Waiting(
            seal="需",
            title=ngettext("%(n)d item to review", "%(n)d items to review", count) % {"n": count},
            due_on=_review_by(first),
            quotes=tuple(item.title for item in first[:ONE_BY_ONE]),
            url=url,
            answers=(Answer(_("Review them"), url, opens=True),),
        )
    ]


def _item(item: Item) -> Waiting:
    words = [item.category.name if item.category else "", item.quantity_text, item.serving]
    sentence = (
        _("A resident in {unit} says: {title}")
        if item.is_residents
        else _("{unit} hands in: {title}")
    )
    return Waiting(
        seal="需" if item.is_need else "资",
        title=format_lazy(sentence, unit=item.organisation.name, title=item.title),
        due_on=_review_by([item]),
        detail=item.detail if item.is_residents else in_a_row([word for word in words if word]),
        url=reverse("lists:item", args=[item.pk]),
        answers=(
            Answer(pgettext_lazy("item", "Publish"), reverse("lists:publish", args=[item.pk])),
            _aside(item) if item.is_residents else _back(item),
        ),
    )


def _back(item: Item) -> Answer:
    return Answer(
        pgettext_lazy("item", "Send back"),
        reverse("lists:return", args=[item.pk]),
        asks=_("What should the unit change?"),
    )


def _aside(item: Item) -> Answer:
    """There is nobody to send a resident's word back to; its page says why it was set aside."""
    return Answer(
        _("Set it aside"),
        reverse("lists:withdraw_item", args=[item.pk]),
        asks=_("Why? The resident can read it."),
    )


def _proposals(alliance: Alliance) -> list[Waiting]:
    open_ones = Proposal.objects.filter(run__alliance=alliance, state=Proposal.State.OPEN)
    first, count = open_ones.select_related("run").first(), open_ones.count()
    if first is None:
        return []
    words = ngettext("%(n)d proposal to decide", "%(n)d proposals to decide", count) % {"n": count}
    url = reverse("lists:proposals") + f"?alliance={alliance.slug}"
    return [
        Waiting(
            seal="项",
            title=words,
            due_on=timezone.localdate(first.run.made_at) + TO_DECIDE,
            url=url,
            answers=(Answer(_("Look at them"), url, opens=True),),
        )
    ]


def _without_answer(alliance: Alliance) -> list[Waiting]:
    """The needs that waited longest and that the last run found nothing for."""
    run = latest_run(alliance)
    if run is None:
        return []
    gaps = long_unmet(run, LONG)
    oldest, count = [gap.need for gap in gaps[:ONE_BY_ONE]], gaps.count()
    if not oldest:
        return []
    words = ngettext(
        "%(n)d need has waited %(days)d days or longer without an answer",
        "%(n)d needs have waited %(days)d days or longer without an answer",
        count,
    )
    url = reverse("lists:proposals") + f"?alliance={alliance.slug}#unmet"
    return [
        Waiting(
            seal="需",
            title=words % {"n": count, "days": LONG},
            # Never over: no tap answers it, so it must not hide what one can answer.
            due_on=max(
                oldest[0].asked_on + datetime.timedelta(days=AGES[-1]), timezone.localdate()
            ),
            quotes=tuple(_waited(need) for need in oldest),
            url=url,
            answers=(Answer(_("See what each of them lacks"), url, opens=True),),
        )
    ]


def _waited(need: Item) -> str:
    days = ngettext("%(n)d day", "%(n)d days", need.days_waiting) % {"n": need.days_waiting}
    return f"{need.title} · {need.organisation.name} · {days}"
