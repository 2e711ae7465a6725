"""What a person types about a project."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mulin.accounts.models import Person
from mulin.projects.models import Owner
from mulin.projects.queries import hand_over_choices

Label = str | Promise


def _lines(label: Label, rows: int = 3, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), **options)


def _date(label: Label, **options: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}), **options)


class NoteForm(forms.Form):
    prefix = "note"
    text = _lines(_("What happened"), max_length=2000)


class WordForm(forms.Form):
    prefix = "word"
    text = _lines(_("Your word on it"), max_length=2000)


class DelayForm(forms.Form):
    prefix = "delay"
    reason = _lines(_("Why it will be later"), 2, max_length=500)
    new_due_on = _date(_("Done by"))


class DoneForm(forms.Form):
    prefix = "done"
    words = _lines(_("What was done"), 2, max_length=1000)
    answer_by = _date(
        _("Answers until"), required=False, help_text=_("Left empty: two weeks from today.")
    )


class HandOverForm(forms.Form):
    to: forms.ModelChoiceField = forms.ModelChoiceField(
        label=_("Who answers for it from now on"), queryset=Person.objects.none()
    )

    def __init__(self, owner: Owner, data: Any = None) -> None:
        super().__init__(data, prefix=f"owner-{owner.pk}")
        people = hand_over_choices(owner)
        if owner.person_id:
            people = people.exclude(pk=owner.person_id)
        self.owner, self.fields["to"].queryset = owner, people

    @property
    def has_choices(self) -> bool:
        return self.fields["to"].queryset.exists()


class AnswerForm(forms.Form):
    answer = forms.ChoiceField(choices=[("accepted", ""), ("objected", "")])
    words = _lines(_("In your own words"), 2, max_length=1000, required=False)
    reason = _lines(_("What is missing?"), 2, max_length=1000, required=False)

    def said(self) -> str:
        return self.cleaned_data["words"] or self.cleaned_data["reason"]
