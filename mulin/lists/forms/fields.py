"""Fields the forms of the lists share: choosing a unit, and words without personal details."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from mulin.alliance.models import Organisation
from mulin.sheets.personal import IDENTITY, PHONE, cut


class UnitField(forms.ModelChoiceField):
    """One of some units, shown with its parent; hidden where there is only one."""

    def __init__(self, queryset: QuerySet[Organisation] | None = None, **options: Any) -> None:
        super().__init__(queryset or Organisation.objects.none(), **options)

    def label_from_instance(self, obj: Any) -> str:
        return obj.full_name


class UnitsField(forms.ModelMultipleChoiceField):
    """Some of some units, to be ticked."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Any) -> str:
        return obj.full_name


def offer(form: forms.BaseForm, name: str, choices: QuerySet[Any]) -> None:
    """Offer these in the field; a field with nothing to choose goes."""
    field: Any = form.fields[name]
    field.queryset = choices
    if not choices.exists():
        del form.fields[name]


def offer_units(field: Any, units: QuerySet[Organisation]) -> None:
    """Offer these units; where there is only one it is taken without asking."""
    field.queryset = units
    found = list(units[:2])
    if len(found) == 1:
        field.initial, field.widget = found[0].pk, forms.HiddenInput()


def without_personal_details(text: str) -> str:
    """The text with names of people in need halved; numbers of persons are a ValidationError."""
    kept, cuts = cut(text)
    if cuts[IDENTITY] or cuts[PHONE]:
        raise ValidationError(_("Leave out identity numbers and telephone numbers."))
    return kept


def clean_words(form: forms.Form | forms.ModelForm, names: Iterable[str]) -> None:
    """Pass these fields of a form being cleaned through `without_personal_details`."""
    for name in names:
        if form.cleaned_data.get(name):
            try:
                form.cleaned_data[name] = without_personal_details(form.cleaned_data[name])
            except ValidationError as error:
                form.add_error(name, error)
