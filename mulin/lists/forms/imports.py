"""What an import asks of people: a file or pasted text, and an answer to a cell."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from mulin.accounts.models import Person
from mulin.alliance.models import Alliance, Organisation
from mulin.alliance.queries import is_coordinator
from mulin.lists.forms.fields import UnitField
from mulin.lists.queries.imports import importable_units
from mulin.lists.wording import FIELD_LABELS

LARGEST_FILE = 20 * 1024 * 1024
LONGEST_TEXT = 200_000

IMPORTED = [name for name in FIELD_LABELS if name not in ("number", "contact")]


class ImportForm(forms.Form):
    """A file or pasted text, and whose list it is; a coordinator may leave that to the sheet."""

    file = forms.FileField(
        label=_("A file"),
        required=False,
        help_text=_(
            "Excel, Word, ODS or CSV, up to 20 MB. The file itself isn't kept; identity numbers,"
            " telephone numbers and names of people in need are cut out before anything is stored."
        ),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv,.tsv,.txt,.docx"}),
    )
    text = forms.CharField(
        label=_("Or text from a chat or a spreadsheet"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Paste it as it is: rows of a table, numbered lines, or “unit: …; need: …”."),
    )
    organisation = UnitField(
        label=_("Whose list is it?"),
        help_text=_("Stands for rows that name no unit."),
    )

    def __init__(self, *args: Any, person: Person, alliance: Alliance, **options: Any) -> None:
        super().__init__(*args, **options)
        units = importable_units(person, alliance)
        field = self.fields["organisation"]
        field.queryset = Organisation.objects.filter(pk__in=[unit.pk for unit in units])  # type: ignore[attr-defined]
        if is_coordinator(person, alliance):
            field.required = False
            field.empty_label = _("The units are named in the sheet")  # type: ignore[attr-defined]
        elif len(units) == 1:
            field.initial, field.widget = units[0].pk, forms.HiddenInput()

    def clean_file(self) -> UploadedFile | None:
        file = self.cleaned_data["file"]
        if file and file.size > LARGEST_FILE:
            raise ValidationError(_("The file is larger than 20 MB: keep only the sheets needed."))
        return file

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        given = bool(found.get("file")) + bool(found.get("text", "").strip())
        if given != 1 and not self.errors:
            raise ValidationError(_("Choose a file or paste text: one of the two."))
        return found


class CellForm(forms.Form):
    """An answer to one cell: a choice pressed, or words written."""

    field = forms.ChoiceField(choices=[(name, label) for name, label in FIELD_LABELS.items()])
    value = forms.CharField(required=False, max_length=5000)
    written = forms.CharField(required=False, max_length=5000)
    same = forms.BooleanField(required=False)

    def answer(self) -> str:
        return str(self.cleaned_data["value"] or self.cleaned_data["written"])


class ColumnForm(forms.Form):
    """What a column holds; empty for a column that isn't imported."""

    index = forms.IntegerField(min_value=0)
    field = forms.ChoiceField(
        required=False, choices=[("", ""), *((name, FIELD_LABELS[name]) for name in IMPORTED)]
    )
