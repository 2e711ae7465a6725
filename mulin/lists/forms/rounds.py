"""Input about collection rounds: the round, a unit's row, unit and code behind a group link."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mulin.alliance.models import Alliance, Organisation
from mulin.alliance.queries import members_of
from mulin.lists.models import Item
from mulin.sheets.quantities import read_quantity

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def amounts_of(text: str) -> dict[str, Any]:
    """The first amount of a quantity as written; one whole where it says no number."""
    quantity = read_quantity(text)
    amount = quantity.amount
    known = amount is not None and amount > 0
    return {
        "quantity_text": text,
        "amount": Decimal(str(amount)) if known else Decimal(1),
        "measure": (quantity.measure or "")[:20] if known else "",
        "is_about": bool(quantity.about),
    }


def _future(day: date) -> None:
    if day < timezone.localdate():
        raise forms.ValidationError(_("This day has passed; choose today or a later day."))


class RoundForm(forms.Form):
    title = forms.CharField(label=_("What this collection is called"), max_length=80)
    closes_on = forms.DateField(label=_("Last day to answer"), widget=DAY, validators=[_future])
    message = forms.CharField(
        label=_("What to say to the units"), required=False, widget=forms.Textarea({"rows": 3})
    )
    organisations = forms.ModelMultipleChoiceField(
        Organisation.objects.none(),
        label=_("Who is asked"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one unit.")},
    )

    def __init__(self, *args: Any, alliance: Alliance, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members = members_of(alliance).exclude(kind=Organisation.Kind.SUBDISTRICT)
        self.fields["organisations"].queryset = members
        self.initial.setdefault("organisations", list(members))


class ReopenForm(forms.Form):
    closes_on = forms.DateField(label=_("New last day"), widget=DAY, validators=[_future])


class RowForm(forms.Form):
    """One row of a unit: as few fields as a phone allows."""

    kind = forms.ChoiceField(
        label=_("Is this something you need, or something you can give?"),
        choices=[
            (Item.Kind.NEED, pgettext_lazy("row", "We need it")),
            (Item.Kind.RESOURCE, pgettext_lazy("row", "We can give it")),
        ],
        initial=Item.Kind.NEED,
        widget=forms.RadioSelect,
    )
    title = forms.CharField(
        label=_("What is it"), max_length=200, help_text=_("One sentence that others understand.")
    )
    quantity_text = forms.CharField(
        label=_("How much"),
        max_length=120,
        required=False,
        help_text=_("As you would say it: how many rooms, people, or times a month."),
    )
    period_text = forms.CharField(label=_("When"), max_length=120, required=False)

    def fields_of_item(self) -> dict[str, Any]:
        """Values for an item, the quantity read."""
        return {**self.cleaned_data, **amounts_of(self.cleaned_data["quantity_text"])}


class UnitForm(forms.Form):
    """Choose your unit behind a group link."""

    unit = forms.ChoiceField(label=_("Your unit"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, units: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = units


class CodeForm(forms.Form):
    code = forms.RegexField(
        r"^\s*\d{6}\s*$",
        label=_("The six digits"),
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "one-time-code"}),
        error_messages={"invalid": _("A code has six digits, for example 204815.")},
    )
