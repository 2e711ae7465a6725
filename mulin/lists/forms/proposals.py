"""Other amounts for a proposal, before it is sent."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mulin.lists.forms.claims import PRECISION, left_words, plain
from mulin.lists.models import Proposal
from mulin.lists.wording.promises import served, share_of


class AmountsForm(forms.Form):
    """How much of the need is served, and how much of the offer that uses."""

    amount = forms.DecimalField(label=_("How much of the need"), **PRECISION)
    resource_amount = forms.DecimalField(label=_("How much of the resource"), **PRECISION)

    def __init__(self, *args: Any, proposal: Proposal, **options: Any) -> None:
        options["auto_id"] = f"amounts-{proposal.pk}-%s"
        options["initial"] = {
            "amount": plain(served(proposal.need, proposal.amount, proposal.supplies)),
            "resource_amount": plain(proposal.resource_amount),
        }
        super().__init__(*args, **options)
        self.proposal = proposal
        need, resource = proposal.need, proposal.resource
        self.fields["amount"].help_text = need.measure if proposal.supplies else left_words(need)
        self.fields["resource_amount"].help_text = left_words(resource)

    def clean_amount(self) -> Decimal:
        """What is served is written; kept is its share, where the need wants several things."""
        amount: Decimal = self.cleaned_data["amount"]
        return share_of(self.proposal.need, amount, self.proposal.supplies)
