"""Offering for a need, asking for a resource, changing an offer, and saying yes with a date."""

from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Case, F, Value, When
from django.utils.translation import gettext, pgettext_lazy
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
from mulin.lists.models import Claim, Item
from mulin.lists.wording.promises import served, share_of
from mulin.web.templatetags.look import quantity

PRECISION: dict[str, Any] = {"max_digits": 14, "decimal_places": 2, "min_value": Decimal("0.01")}


def plain(amount: Decimal) -> str:
    """The amount without trailing zeros."""
    return f"{amount.normalize():f}"


def left_words(item: Item, more: Decimal = Decimal(0)) -> str:
    """How much of an item can be taken; `more`: what the claim being changed holds of it."""
    return gettext("%(left)s left") % {"left": quantity(item.left + more, item.measure)}


class ResourceSelect(forms.Select):
    """Each option carries what the amount field beside it has to say once it is chosen."""

    def create_option(self, name: str, value: Any, *args: Any, **options: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **options)
        if resource := getattr(value, "instance", None):
            option["attrs"] |= {
                "data-measure": resource.measure,
                "data-words": left_words(resource),
            }
        return option


class ResourceField(forms.ModelChoiceField):
    """A listed resource, with what is left of it."""

    widget = ResourceSelect

    def label_from_instance(self, obj: Any) -> str:
        return gettext("%(title)s (%(left)s)") % {"title": obj.title, "left": left_words(obj)}


class PromiseForm(forms.Form):
    """How much of a need, with how much of a resource, in which words and with whom."""

    amount = forms.DecimalField(label=_("How much of it"), **PRECISION)
    resource_amount = forms.DecimalField(
        label=_("How much of the resource"), required=False, **PRECISION
    )
    note = forms.CharField(label=_("What we would do"), max_length=200, required=False)
    partners = UnitsField(
        None, label=_("Together with"), required=False,
        help_text=_("Units that do it with you. It is agreed once each of them says yes."),
    )  # fmt: skip

    def clean_note(self) -> str:
        return without_personal_details(self.cleaned_data["note"])

    def check_use(self, need: Item, resource: Item | None, held: Decimal = Decimal(0)) -> None:
        """The amount of the resource: as much as of the need where both are counted alike, else
        it has to be said; never more than there is. `held`: what the claim has of it already."""
        used = self.cleaned_data.get("resource_amount")
        if resource is None:
            self.cleaned_data["resource_amount"] = None
            return
        if used is None and resource.measure.strip() == need.measure.strip():
            used = self.cleaned_data["resource_amount"] = self.cleaned_data.get("amount")
        if used is None:
            words = gettext("Say how much of “%(title)s” is used: %(left)s.")
        elif used > resource.left + held:
            words = gettext("That is more than there is of “%(title)s”: %(left)s.")
        else:
            return
        told = {"title": resource.title, "left": left_words(resource, held)}
        self.add_error("resource_amount", words % told)

    def check_amount(self, need: Item, held: Decimal = Decimal(0)) -> None:
        amount = self.cleaned_data.get("amount")
        if amount is not None and amount > need.left + held:
            told = {"left": left_words(need, held)}
            self.add_error("amount", gettext("That is more than is asked for: %(left)s.") % told)


class ClaimForm(PromiseForm):
    """A unit takes all or part of a need, with partners or a resource of its own."""

    organisation = UnitField(label=_("Unit that helps"))
    resource = ResourceField(
        Item.objects.none(),
        label=_("With our listed resource"),
        required=False,
        empty_label=pgettext_lazy("resource", "without one"),
    )
    field_order = ["organisation", "amount", "resource", "resource_amount", "note", "partners"]

    def __init__(self, *args: Any, person: Person, need: Item, **options: Any) -> None:
        super().__init__(*args, **options)
        self.need = need
        members = members_of(need.alliance).exclude(pk=need.organisation_id)
        own = members.filter(pk__in=organisations_of(person).values("pk"))
        offer_units(self.fields["organisation"], own)
        offer(self, "partners", members.exclude(pk__in=own.values("pk")))
        self.fields["amount"].initial = plain(need.left)
        self.fields["amount"].help_text = left_words(need)
        self._offer_resources(own)

    def _offer_resources(self, own: Any) -> None:
        offered = Item.objects.resources().published().filter(alliance=self.need.alliance)
        there = offered.filter(organisation__in=own.values("pk"), taken__lt=F("amount"))
        offer(self, "resource", there)
        if "resource" not in self.fields:
            del self.fields["resource_amount"]
            return
        field = self.fields["resource_amount"]
        field.help_text = _("Left empty, it is as much as above where both are counted alike.")
        uses = {"data-uses": "resource", "data-like": "amount", "data-measure": self.need.measure}
        field.widget.attrs |= uses

    def clean(self) -> dict[str, Any]:
        self.check_amount(self.need)
        if "resource" in self.fields:
            self.check_use(self.need, self.cleaned_data.get("resource"))
        return self.cleaned_data


class ChangeForm(PromiseForm):
    """What a claim promises, changed before everybody has agreed."""

    def __init__(self, *args: Any, person: Person, claim: Claim, **options: Any) -> None:
        chosen = [partner.organisation_id for partner in claim.partners.all()]
        options["auto_id"] = f"change-{claim.pk}-%s"
        options["initial"] = {
            "amount": plain(served(claim.need, claim.amount, claim.supplies)),
            "resource_amount": plain(claim.resource_amount),
            "note": claim.note,
            "partners": chosen,
        }
        super().__init__(*args, **options)
        self.claim, need = claim, claim.need
        members = members_of(need.alliance).exclude(pk=need.organisation_id)
        own = organisations_of(person).values("pk")
        others = members.exclude(pk=claim.organisation_id).exclude(pk__in=own)
        chosen_first = Case(When(pk__in=chosen, then=Value(0)), default=Value(1))
        offer(self, "partners", others.order_by(chosen_first, "name"))
        words = need.measure if claim.supplies else left_words(need, claim.amount)
        self.fields["amount"].help_text = words
        if claim.resource:
            words = left_words(claim.resource, claim.resource_amount)
            self.fields["resource_amount"].label = claim.resource.title
            self.fields["resource_amount"].help_text = words
        else:
            del self.fields["resource_amount"]

    def clean_amount(self) -> Decimal:
        """What is served is written; kept is its share, where the need wants several things."""
        amount: Decimal = self.cleaned_data["amount"]
        return share_of(self.claim.need, amount, self.claim.supplies)

    def clean(self) -> dict[str, Any]:
        self.check_amount(self.claim.need, self.claim.amount)
        if self.claim.resource:
            held = self.claim.resource_amount
            self.check_use(self.claim.need, self.claim.resource, held)
        return self.cleaned_data


class GoOnForm(forms.Form):
    """What is still promised without the partners that said no."""

    amount = forms.DecimalField(label=_("Still promised"), required=False, **PRECISION)

    def share_for(self, claim: Claim) -> Decimal | None:
        """What was written, as the claim keeps it; None where it stays as it is."""
        amount = self.cleaned_data.get("amount")
        return share_of(claim.need, amount, claim.supplies) if amount else None


class AskForm(forms.Form):
    """A unit asks for all or part of a listed resource."""

    organisation = UnitField(label=_("Unit that asks"))
    title = forms.CharField(label=_("What for"), max_length=200)
    amount = forms.DecimalField(label=pgettext_lazy("resource", "How much of it"), **PRECISION)

    def __init__(self, *args: Any, person: Person, resource: Item, **options: Any) -> None:
        super().__init__(*args, **options)
        self.resource = resource
        members = members_of(resource.alliance).exclude(pk=resource.organisation_id)
        own = members.filter(pk__in=organisations_of(person).values("pk"))
        offer_units(self.fields["organisation"], own)
        self.fields["amount"].initial = plain(min(resource.left, Decimal(1)))
        self.fields["amount"].help_text = left_words(resource)

    def clean_title(self) -> str:
        return without_personal_details(self.cleaned_data["title"])

    def clean_amount(self) -> Decimal:
        amount: Decimal = self.cleaned_data["amount"]
        if amount > self.resource.left:
            told = {"left": left_words(self.resource)}
            raise forms.ValidationError(gettext("That is more than is offered: %(left)s.") % told)
        return amount


class ConfirmForm(forms.Form):
    """Yes to the promise as it was seen, done by this day."""

    due_on = forms.DateField(
        label=_("To be done by"), required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
