"""Writing an item, and the few words of a returned or commented one."""

from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from mulin.accounts.models import Person
from mulin.alliance.models import Alliance, Group, Organisation
from mulin.alliance.queries import is_coordinator, members_of, organisations_of
from mulin.lists.forms.fields import (
    UnitField,
    clean_words,
    offer,
    offer_units,
    without_personal_details,
)
from mulin.lists.models import Category, Item

WORDS = ("title", "detail", "serving", "place_text", "quantity_text", "period_text", "conditions")


class ItemForm(forms.ModelForm):
    """A need or a resource; `organisation` is chosen among the units the person may write for."""

    organisation = UnitField(label=_("Unit"))
    wants = forms.MultipleChoiceField(
        choices=Item.Wants.choices, required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Item
        fields = [
            "title", "organisation", "category", "detail", "serving", "place_text", "amount",
            "measure", "period_text", "due_on", "wants", "conditions", "group",
        ]  # fmt: skip
        widgets = {
            "detail": forms.Textarea(attrs={"rows": 3}),
            "conditions": forms.Textarea(attrs={"rows": 2}),
            "due_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(
        self, *args: Any, person: Person, alliance: Alliance, kind: str, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        is_need = kind == Item.Kind.NEED
        offer_units(self.fields["organisation"], units_of(person, alliance))
        self.fields["category"].label = _("Category")
        self.fields["group"].label = _("Group")
        self.fields["period_text"].label = _("When")
        offer(self, "category", Category.objects.filter(alliance=alliance))
        offer(self, "group", Group.objects.filter(alliance=alliance))
        self.fields["wants"].label = _("What it lacks") if is_need else _("What it gives")
        self.fields["title"].label = _("What is needed") if is_need else _("What can be given")
        self.fields["amount"].label = _("How many or how much")
        self.fields["measure"].help_text = _("Pieces, people, times, yuan …")
        if not is_need:
            del self.fields["due_on"]

    def clean(self) -> dict[str, Any]:
        clean_words(self, WORDS)
        return self.cleaned_data

    def clean_amount(self) -> Decimal:
        amount = self.cleaned_data["amount"]
        if amount is None or amount <= 0:
            raise forms.ValidationError(_("Write an amount above zero."))
        return amount


def units_of(person: Person, alliance: Alliance) -> QuerySet[Organisation]:
    """Units the person may write items for: their own; for a coordinator all members."""
    members = members_of(alliance)
    if is_coordinator(person, alliance):
        return members.order_by("name")
    own = organisations_of(person).values("pk")
    return Organisation.objects.filter(pk__in=members.values("pk")).filter(pk__in=own)


class WordsForm(forms.Form):
    """A comment or a reason."""

    text = forms.CharField(
        label=_("Comment"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def clean_text(self) -> str:
        return without_personal_details(self.cleaned_data["text"])


class ReasonForm(forms.Form):
    """The reason that goes with a no."""

    reason = forms.CharField(label=_("Reason"), max_length=200)

    def clean_reason(self) -> str:
        return without_personal_details(self.cleaned_data["reason"])
