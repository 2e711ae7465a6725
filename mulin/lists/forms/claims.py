"""Offering for a need, asking for a resource, and saying yes with a date."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mulin.accounts.models import Person
from mulin.alliance.queries import members_of, organisations_of
from mulin.lists.forms.fields import (
    UnitField,
    UnitsField,
    offer,
    offer_units,
    without_personal_details,
)
from mulin.lists.models import Item


def plain(amount: Decimal) -> str:
    """The amount without trailing zeros."""
    return f"{amount.normalize():f}"


class ClaimForm(forms.Form):
    """A unit takes all or part of a need, with partners or a resource of its own."""

    organisation = UnitField(label=_("Unit that helps"))
    amount = forms.DecimalField(
        label=_("How much of it"), max_digits=14, decimal_places=2, min_value=0
    )
    note = forms.CharField(label=_("What we would do"), max_length=200, required=False)
    resource = forms.ModelChoiceField(
        Item.objects.none(), label=_("With our listed resource"), required=False
    )
    partners = UnitsField(
        None, label=_("Together with"), required=False,
        help_text=_("Units that do it with you; they are told."),
    )  # fmt: skip

    def __init__(self, *args: Any, person: Person, need: Item, **options: Any) -> None:
        super().__init__(*args, **options)
        members = members_of(need.alliance).exclude(pk=need.organisation_id)
        own = members.filter(pk__in=organisations_of(person).values("pk"))
        offer_units(self.fields["organisation"], own)
        offer(self, "partners", members.exclude(pk__in=own.values("pk")))
        self.fields["amount"].initial = plain(need.left)
        self.fields["amount"].help_text = need.measure
        offered = Item.objects.resources().published().filter(alliance=need.alliance)
        offer(self, "resource", offered.filter(organisation__in=own.values("pk")))

    def clean_note(self) -> str:
        return without_personal_details(self.cleaned_data["note"])


class AskForm(forms.Form):
    """A unit asks for all or part of a listed resource."""

    organisation = UnitField(label=_("Unit that asks"))
    title = forms.CharField(label=_("What for"), max_length=200)
    amount = forms.DecimalField(
        label=_("How much of it"), max_digits=14, decimal_places=2, min_value=0
    )

    def __init__(self, *args: Any, person: Person, resource: Item, **options: Any) -> None:
        super().__init__(*args, **options)
        members = members_of(resource.alliance).exclude(pk=resource.organisation_id)
        own = members.filter(pk__in=organisations_of(person).values("pk"))
        offer_units(self.fields["organisation"], own)
        self.fields["amount"].initial = plain(min(resource.left, Decimal(1)))
        self.fields["amount"].help_text = resource.measure

    def clean_title(self) -> str:
        return without_personal_details(self.cleaned_data["title"])


class ConfirmForm(forms.Form):
    """Yes, done by this day."""

    due_on = forms.DateField(
        label=_("To be done by"), required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip
