"""A partner's no, and its answer taken back."""

from django.db import transaction
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from mulin.accounts.models import Person
from mulin.history.actions import record
from mulin.lists.actions.agreeing import locked_partner
from mulin.lists.actions.changing import tell_taken_back, unsettle
from mulin.lists.actions.claims import required_reason, tell_others
from mulin.lists.models import Partner
from mulin.lists.rules.claims import may_answer_again, may_decline


@transaction.atomic
def decline_part(partner: Partner, *, by: Person, reason: str) -> Partner:
    """A partner says no, with the reason; the unit that offered chooses whether to go on."""
    claim, partner = locked_partner(partner)
    may_decline(by, partner).require()
    partner.reason, partner.refused_at = required_reason(reason), timezone.now()
    partner.save(update_fields=["reason", "refused_at"])
    unit = partner.organisation.name
    event = record("partner_refused", claim, by=by, unit=unit, reason=partner.reason)
    title = format_lazy(_("{unit} can't join in: {title}"), unit=unit, title=claim.need.title)
    tell_others(claim, event, title, by=by, body=partner.reason)
    return partner


@transaction.atomic
def answer_again(partner: Partner, *, by: Person) -> Partner:
    """Take a partner's yes or no back, so that it can answer otherwise (see `take_yes_back`)."""
    claim, partner = locked_partner(partner)
    may_answer_again(by, partner).require()
    unsettle(claim, by=by)
    partner.said_yes_at = partner.refused_at = None
    partner.reason = ""
    partner.save(update_fields=["said_yes_at", "refused_at", "reason"])
    tell_taken_back(claim, by, partner.organisation)
    return partner
