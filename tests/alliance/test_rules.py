"""Who may change what."""

import pytest

from mulin.accounts.models import Person
from mulin.alliance import rules
from mulin.alliance.actions import rotation
from mulin.alliance.models import LeadTerm

WHO = ["lin", "hua", "mei", "su", "wang"]


def who_may(cast, rule, *things) -> list[str]:
    return [name for name in WHO if rule(getattr(cast, name), *things)]


def test_coordinators_of_either_side_edit(cast):
    assert who_may(cast, rules.may_edit, cast.here) == ["lin", "hua"]


def test_leading_coordinator_runs_the_rotation(cast):
    before = who_may(cast, rules.may_run_rotation, cast.here)
    LeadTerm.objects.create(alliance=cast.here, side=cast.west, starts_on="2020-01-01")
    assert (before, who_may(cast, rules.may_run_rotation, cast.here)) == (["lin"], ["hua"])


def test_organisations_outside_the_alliance_are_not_edited(cast):
    told = [
        who_may(cast, rules.may_edit_organisation, body, cast.here)
        for body in (cast.lane, cast.district, cast.far.organisation)
    ]
    assert told == [["lin", "hua"], [], []]


def test_operator_may_everything(cast):
    root = Person.objects.create_user("root", name="管理", is_operator=True)
    told = [
        rules.may_edit(root, cast.here),
        rules.may_edit_organisation(root, cast.district, cast.here),
        rules.may_run_rotation(root, cast.here),
    ]
    assert [bool(verdict) for verdict in told] == [True, True, True]


@pytest.mark.parametrize("who", ["mei", "wang"])
def test_refusals_give_their_reason(cast, who):
    verdict = rules.may_run_rotation(getattr(cast, who), cast.here)
    assert "东街道" in str(verdict.reason)


def test_past_terms_stay(cast):
    term = LeadTerm.objects.create(alliance=cast.here, side=cast.east, starts_on="2020-01-01")
    term.refresh_from_db()
    planned = rotation.plan_term(cast.here, by=cast.lin, starts_on=term.starts_on.replace(2099))
    told = [bool(rules.may_change_term(cast.lin, each)) for each in (term, planned)]
    assert told == [False, True]
