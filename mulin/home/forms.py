"""What a resident types on the public page."""

from django import forms
from django.utils.translation import gettext_lazy as _

from mulin.alliance.models import Alliance, Organisation
from mulin.alliance.queries import members_of


class SayForm(forms.Form):
    text = forms.CharField(
        label=_("What is it about?"),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=500,
        help_text=_("No names, telephone or identity numbers, please: they are cut out."),
    )
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("In which community?"), empty_label="—"
    )

    def __init__(self, *args, alliance: Alliance, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        kinds = [Organisation.Kind.COMMUNITY, Organisation.Kind.SUBDISTRICT]
        members = members_of(alliance).filter(kind__in=kinds)
        self.fields["organisation"].queryset = members.order_by("parent__name", "name")
