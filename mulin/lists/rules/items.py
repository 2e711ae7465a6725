"""Who may write, review, merge, comment on and withdraw an item."""

from django.utils.translation import gettext_lazy as _

from mulin.accounts.models import Person
from mulin.accounts.verdict import NO, YES, Verdict
from mulin.alliance.models import Alliance, Organisation
from mulin.alliance.queries import acts_for, is_coordinator, is_supervisor, members_of
from mulin.lists.models import Item

WRITABLE = (Item.State.DRAFT, Item.State.RETURNED, Item.State.SUBMITTED)
LISTED = (Item.State.PUBLISHED, Item.State.PARKED, Item.State.EXPIRED)


def answers_for_item(person: Person, item: Item) -> bool:
    return acts_for(person, item.organisation) or is_coordinator(person, item.alliance)


def may_raise(person: Person, alliance: Alliance, organisation: Organisation) -> Verdict:
    """A unit's own people, or a coordinator for any member, put items on the lists."""
    if not members_of(alliance).filter(pk=organisation.pk).exists():
        return NO(_("This unit isn't a member of the alliance."))
    if acts_for(person, organisation) or is_coordinator(person, alliance):
        return YES
    return NO(_("Only this unit's own liaison or a coordinator can do that."))


def may_edit(person: Person, item: Item) -> Verdict:
    if item.state not in WRITABLE:
        return NO(_("A published item isn't rewritten: withdraw it and raise it anew."))
    if answers_for_item(person, item):
        return YES
    return NO(_("Only this unit's own liaison or a coordinator can do that."))


def may_submit(person: Person, item: Item) -> Verdict:
    if item.state not in (Item.State.DRAFT, Item.State.RETURNED):
        return NO(_("This item has already been handed in."))
    if not item.title.strip():
        return NO(_("The item needs a title first."))
    return may_edit(person, item)


def may_review(person: Person, item: Item) -> Verdict:
    """Coordinators review what has been handed in; they may also publish their own draft."""
    if not is_coordinator(person, item.alliance):
        return NO(_("Only a coordinator can review items."))
    if item.state not in WRITABLE:
        return NO(_("This item isn't waiting for review."))
    return YES


def may_merge(person: Person, item: Item) -> Verdict:
    if not is_coordinator(person, item.alliance):
        return NO(_("Only a coordinator can merge items."))
    return YES


def may_comment(person: Person, item: Item) -> Verdict:
    if is_coordinator(person, item.alliance) or is_supervisor(person, item.alliance):
        return YES
    return NO(_("Only supervisors and coordinators leave comments."))


def may_withdraw_item(person: Person, item: Item) -> Verdict:
    if item.taken:
        return NO(_("Somebody has already taken this on; end that first."))
    if item.state in (Item.State.WITHDRAWN, Item.State.MERGED, Item.State.STAGED):
        return NO(_("This item isn't on the list."))
    if answers_for_item(person, item):
        return YES
    return NO(_("Only this unit's own liaison or a coordinator can do that."))


def may_say_still_true(person: Person, item: Item) -> Verdict:
    if item.state not in LISTED:
        return NO(_("This item isn't on the list."))
    if answers_for_item(person, item):
        return YES
    return NO(_("Only this unit's own liaison or a coordinator can do that."))
