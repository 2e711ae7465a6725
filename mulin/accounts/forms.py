"""What a person may say about themselves."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mulin.accounts.models import Person


class ProfileForm(forms.ModelForm):
    language = forms.ChoiceField(label=_("Language"), required=False)

    class Meta:
        model = Person
        fields = ["name", "email", "language", "text_size", "wants_email"]
        labels = {
            "name": pgettext_lazy("person", "Name"),
            "email": _("E-mail"),
            "text_size": _("Text size"),
            "wants_email": _("Tell me by e-mail too"),
        }
        help_texts = {
            "email": _("For notices and for a forgotten password; nobody else sees it."),
            "wants_email": _("Everything is also in your inbox here."),
        }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [("", _("As on this device")), *settings.LANGUAGES]

    def clean_email(self) -> str:
        """Another's address isn't taken: single sign-on would lead its owner in here, or nowhere.

        A mailbox that two people share is entered by a coordinator.
        """
        address = self.cleaned_data["email"]
        others = Person.objects.exclude(pk=self.instance.pk).filter(email__iexact=address)
        if address and address != self.initial.get("email") and others.exists():
            raise forms.ValidationError(
                _("Another account here has this address. Ask your coordinator if you share it.")
            )
        return address
