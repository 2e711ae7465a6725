"""Input about an alliance, into clean values; choices never reach beyond the alliance."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mulin.accounts.models import Person
from mulin.alliance.models import Alliance, Group, MechanismNode, Organisation, Place, Post, Side
from mulin.alliance.queries import members_of, organisations_under, people_in, sides_of


class Day(forms.DateField):
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def __init__(self, **kwargs) -> None:
        kwargs.setdefault("initial", timezone.localdate)
        super().__init__(**kwargs)


class Bodies(forms.ModelChoiceField):
    """Organisations to choose from, each with its parent's name."""

    def __init__(self, **kwargs) -> None:
        super().__init__(Organisation.objects.none(), empty_label="—", **kwargs)

    def label_from_instance(self, obj: Organisation) -> str:
        return obj.full_name


class AllianceForm(forms.Form):
    """Knows its alliance; subclasses narrow their choices to it."""

    def __init__(self, *args, alliance: Alliance, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.alliance = alliance
        for field in self.fields.values():
            if isinstance(field, Bodies):
                field.queryset = self.bodies()

    def bodies(self):
        return organisations_under(self.alliance)


class OrganisationForm(AllianceForm):
    name = forms.CharField(label=pgettext_lazy("organisation", "Name"), max_length=80)
    kind = forms.ChoiceField(label=_("Kind"), choices=Organisation.Kind.choices)
    parent = Bodies(label=_("Stands under"), required=False)
    side = forms.ModelChoiceField(
        Side.objects.none(), label=_("Side"), required=False, empty_label=_("on neither side")
    )
    from_on = Day(label=_("Member from"))

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["side"].queryset = sides_of(self.alliance)


class AdmitForm(AllianceForm):
    """An organisation that stands in the tree already becomes a member."""

    organisation = Bodies(label=_("Organisation"))
    side = forms.ModelChoiceField(
        Side.objects.none(), label=_("Side"), required=False, empty_label=_("on neither side")
    )
    from_on = Day(label=_("Member from"))

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["side"].queryset = sides_of(self.alliance)

    def bodies(self):
        return super().bodies().exclude(pk__in=members_of(self.alliance).values("pk"))


class UntilForm(forms.Form):
    until_on = Day(label=_("Last day"))


class RenameForm(forms.Form):
    name = forms.CharField(label=_("New name"), max_length=80)
    on = Day(label=_("Bears it from"))


class CodeForm(forms.Form):
    code = forms.RegexField(r"^[0-9A-Za-z]+$", label=_("Official code"), max_length=20)
    on = Day(label=_("In force from"))


class DissolveForm(AllianceForm):
    on = Day(label=_("Dissolved on"))
    successor = Bodies(
        label=_("Successor"), required=False, help_text=_("Acts for it from that day.")
    )


class AppointForm(AllianceForm):
    organisation = Bodies(label=_("Organisation"))
    role = forms.ChoiceField(label=_("Post"), choices=Post.Role.choices)
    from_on = Day(label=pgettext_lazy("post", "From"))
    person = forms.ModelChoiceField(
        Person.objects.none(), label=_("Person"), required=False, empty_label=_("somebody new")
    )
    name = forms.CharField(label=_("Name of the new person"), max_length=60, required=False)
    username = forms.CharField(
        label=_("Sign-in name"), max_length=60, required=False, validators=[]
    )
    email = forms.EmailField(
        label=_("E-mail"), required=False, help_text=_("The link to a password goes there.")
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people_in(self.alliance)
        field = Person._meta.get_field("username")
        self.fields["username"].validators.extend(field.validators)

    def clean(self) -> dict:
        values = super().clean() or {}
        if values.get("person"):
            return values
        for name in ("name", "username"):
            if not values.get(name) and name not in self.errors:
                self.add_error(name, _("Choose a person above, or fill this in for a new one."))
        username = (values.get("username") or "").strip().lower()
        if username and Person.objects.filter(username=username).exists():
            self.add_error("username", _("This sign-in name is taken; choose another."))
        return values


class HandOverForm(AllianceForm):
    to = forms.ModelChoiceField(Person.objects.none(), label=_("New holder"))
    on = Day(label=pgettext_lazy("post", "From"))

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = people_in(self.alliance)


class GroupForm(AllianceForm):
    name = forms.CharField(label=pgettext_lazy("group", "Name"), max_length=80)
    kind = forms.ChoiceField(label=_("Kind"), choices=Group.Kind.choices)
    members = forms.ModelMultipleChoiceField(
        Organisation.objects.none(), label=_("Members"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["members"].queryset = members_of(self.alliance)

    def clean_name(self) -> str:
        return _unused(self.cleaned_data["name"], Group, self.alliance)


def _unused(name: str, model: type[Group] | type[Place], alliance: Alliance) -> str:
    if model.objects.filter(alliance=alliance, name=name).exists():
        raise forms.ValidationError(_("This name is taken; add what tells the two apart."))
    return name


class JoinForm(AllianceForm):
    organisation = Bodies(label=_("Organisation"))
    from_on = Day(label=pgettext_lazy("membership", "From"))

    def bodies(self):
        return members_of(self.alliance)


class PlaceForm(AllianceForm):
    name = forms.CharField(label=pgettext_lazy("place", "Name"), max_length=80)
    organisation = Bodies(label=_("Belongs to"), required=False)

    def clean_name(self) -> str:
        return _unused(self.cleaned_data["name"], Place, self.alliance)


class JurisdictionForm(AllianceForm):
    organisation = Bodies(label=_("Belongs to"))
    from_on = Day(label=pgettext_lazy("place", "From"))


class TermForm(AllianceForm):
    starts_on = Day(label=_("Starts on"), initial=None)

    def clean_starts_on(self):
        day = self.cleaned_data["starts_on"]
        last = self.alliance.terms.order_by("-starts_on").first()
        if last and day <= last.starts_on:
            raise forms.ValidationError(_("It must start after the last planned term."))
        return day


class SkipForm(forms.Form):
    note = forms.CharField(label=_("Reason"), max_length=200)


class SwapForm(AllianceForm):
    other = forms.ModelChoiceField(None, label=_("Swap with"))
    note = forms.CharField(label=_("Reason"), max_length=200)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        terms = self.alliance.terms.select_related("side__organisation")
        self.fields["other"].queryset = terms.filter(starts_on__gt=timezone.localdate())


class HeadingForm(AllianceForm):
    heading = forms.CharField(label=_("Heading"), max_length=200)
    text = forms.CharField(label=_("Text"), widget=forms.Textarea, required=False)
    parent = forms.ModelChoiceField(
        MechanismNode.objects.none(), label=_("Stands under"), required=False, empty_label="—"
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = self.alliance.mechanism.all()


class AllianceTextForm(forms.ModelForm):
    class Meta:
        model = Alliance
        fields = ["name", "introduction", "is_public"]
        labels = {"name": _("Name of the alliance")}
        widgets = {"introduction": forms.Textarea(attrs={"rows": 6})}
        help_texts = {
            "introduction": _("Shown on the public page, where it began."),
            "is_public": _("Without one its lists and promises are for members alone."),
        }


class SideForm(AllianceForm):
    organisation = Bodies(label=_("Sub-district"))
    from_on = Day(label=_("Side from"))

    def bodies(self):
        entered = self.alliance.memberships.filter(until_on=None).values("organisation")
        return sub_districts().exclude(pk__in=entered)


def sub_districts():
    streets = Organisation.objects.filter(kind=Organisation.Kind.SUBDISTRICT, dissolved_on=None)
    return streets.select_related("parent").order_by("parent__name", "name")


class FoundForm(forms.Form):
    name = forms.CharField(label=_("Name of the alliance"), max_length=120)
    slug = forms.SlugField(
        label=_("Its public address"),
        max_length=50,
        help_text=_("Latin letters, digits and hyphens; it doesn't change later."),
    )
    organisations = forms.ModelMultipleChoiceField(
        Organisation.objects.none(),
        label=_("Its sides, two or more"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Sub-districts that are known already; their communities join with them."),
    )
    founded_on = Day(label=_("Founded on"))

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisations"].queryset = sub_districts()

    def clean_slug(self) -> str:
        if Alliance.objects.filter(slug=self.cleaned_data["slug"]).exists():
            raise forms.ValidationError(_("This address is taken; choose another."))
        return self.cleaned_data["slug"]

    def clean_organisations(self):
        if len(self.cleaned_data["organisations"]) < 2:
            raise forms.ValidationError(_("An alliance needs two sides or more."))
        return self.cleaned_data["organisations"]
