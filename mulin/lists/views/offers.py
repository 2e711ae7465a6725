"""How a claim is shown: who promises what, who has said yes, and what this reader may answer."""

from dataclasses import dataclass

from django import forms
from django.urls import reverse

from mulin.accounts.models import Person
from mulin.lists import rules
from mulin.lists.actions.agreeing import due_day
from mulin.lists.forms.claims import ChangeForm, ConfirmForm, GoOnForm, plain
from mulin.lists.forms.items import ReasonForm
from mulin.lists.models import Claim, Partner
from mulin.lists.wording.promises import part_of, served, served_words
from mulin.web.templatetags.look import quantity

ASKER, PROVIDER, PARTNER, CHOICE = "asker", "provider", "partner", "choice"


@dataclass(frozen=True)
class Question:
    """What a claim asks of a person: `what` is one of the four above; the addresses of yes and no;
    `back`: where an answer given already is taken back."""

    what: str = ""
    yes: str = ""
    no: str = ""
    back: str = ""
    partner: Partner | None = None


@dataclass(frozen=True)
class Shown:
    """A claim with the forms of what this reader may do about it."""

    claim: Claim
    amount: str
    used: str
    question: Question
    yes: forms.Form | None
    no: forms.Form | None
    change: ChangeForm | None
    may_withdraw: bool
    may_pass_links: bool


def question_for(person: Person, claim: Claim) -> Question:
    """The first thing the claim asks of the person; empty where nothing is asked."""
    for side in (ASKER, PROVIDER):
        if rules.may_answer_claim(person, claim, side):
            return _of_claim(claim, side, "lists:confirm_claim")
    if rules.may_go_on(person, claim):
        return _of_claim(claim, CHOICE, "lists:go_on_without")
    for partner in _partners(claim):
        if rules.may_join(person, partner):
            key = [partner.pk]
            yes, no = reverse("lists:join_claim", args=key), reverse("lists:decline_part", args=key)
            return Question(PARTNER, yes, no, partner=partner)
    return Question(back=_back(person, claim))


def _of_claim(claim: Claim, what: str, yes: str) -> Question:
    refuse = reverse("lists:refuse_claim", args=[claim.pk])
    return Question(what, reverse(yes, args=[claim.pk]), refuse)


def _back(person: Person, claim: Claim) -> str:
    for side in (ASKER, PROVIDER):
        if rules.may_take_yes_back(person, claim, side):
            return reverse("lists:take_yes_back", args=[claim.pk]) + f"?side={side}"
    for partner in _partners(claim):
        if rules.may_answer_again(person, partner):
            return reverse("lists:answer_again", args=[partner.pk])
    return ""


def _partners(claim: Claim) -> list[Partner]:
    partners = list(claim.partners.all())
    for partner in partners:
        partner.claim = claim
    return partners


def shown(person: Person, claim: Claim) -> Shown:
    """The claim as its item's page shows it to this reader."""
    question = question_for(person, claim)
    asked, may_change = bool(question.what), bool(rules.may_change(person, claim))
    return Shown(
        claim=claim,
        amount=served_words(claim.need, claim.amount, claim.supplies) or quantity(claim.amount),
        used=part_of(claim.resource, claim.resource_amount) if claim.resource else "",
        question=question,
        yes=yes_form(claim, question),
        no=ReasonForm(auto_id=f"refuse-{claim.pk}-%s") if asked else None,
        change=ChangeForm(person=person, claim=claim) if may_change else None,
        may_withdraw=bool(rules.may_withdraw(person, claim)),
        may_pass_links=bool(rules.may_pass_links(person, claim)),
    )


def yes_form(claim: Claim, question: Question) -> forms.Form | None:
    """What goes with the yes: the date for the two sides, the amount for going on."""
    auto_id = f"yes-{claim.pk}-%s"
    if question.what == CHOICE:
        still = plain(served(claim.need, claim.amount, claim.supplies))
        form: forms.Form = GoOnForm(initial={"amount": still}, auto_id=auto_id)
        form.fields["amount"].help_text = claim.need.measure
        return form
    if not question.what:
        return None
    due_on = claim.due_on or due_day(claim.need)
    form = ConfirmForm(initial={"due_on": due_on, "version": claim.version}, auto_id=auto_id)
    if question.what == PARTNER:
        del form.fields["due_on"]
    return form
