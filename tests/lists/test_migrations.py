"""What earlier versions stored is still there after an upgrade."""

from decimal import Decimal

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def migrate(name: str | None = None):
    """To the named migration of lists, or to the newest of all; returns the models of then."""
    executor = MigrationExecutor(connection)
    targets = [("lists", name)] if name else executor.loader.graph.leaf_nodes()
    executor.migrate(targets)
    return MigrationExecutor(connection).loader.project_state(targets).apps


@pytest.fixture
def afterwards_newest(transactional_db):
    yield
    migrate()


def claims_of_then(models, state: str):
    """A claim in this state with a partner, as the first version wrote it."""
    alliance = models.get_model("alliance", "Alliance").objects.create(name="示例", slug=state)
    organisations = models.get_model("alliance", "Organisation").objects
    units = [organisations.create(name=name, kind="school") for name in ("甲", "乙", "丙")]
    need = models.get_model("lists", "Item").objects.create(
        alliance=alliance, kind="need", title="长椅", organisation=units[0], amount=Decimal(2)
    )
    claim = models.get_model("lists", "Claim").objects.create(
        need=need, organisation=units[1], amount=Decimal(2), origin="provider", state=state
    )
    claim.partners.add(units[2])
    return claim


def test_partners_of_earlier_claims_are_kept(afterwards_newest):
    then = migrate("0001_initial")
    claims = {state: claims_of_then(then, state).pk for state in ("offered", "confirmed")}
    now = migrate()
    partners = now.get_model("lists", "Partner").objects.select_related("organisation")
    found = {
        state: [
            (one.organisation.name, bool(one.said_yes_at)) for one in partners.filter(claim=key)
        ]
        for state, key in claims.items()
    }
    assert found == {"offered": [("丙", False)], "confirmed": [("丙", True)]}


def test_runs_of_before_are_done_and_their_refusals_hold(afterwards_newest):
    then = migrate("0005_said_by_residents")
    alliance = then.get_model("alliance", "Alliance").objects.create(name="示例", slug="before")
    unit = then.get_model("alliance", "Organisation").objects.create(name="甲", kind="school")
    need, resource = (
        then.get_model("lists", "Item").objects.create(
            alliance=alliance, kind=kind, title="长椅", organisation=unit, version=version
        )
        for kind, version in (("need", 3), ("resource", 2))
    )
    run = then.get_model("lists", "MatchRun").objects.create(
        alliance=alliance, objective=1, bound=1, gap=0, seconds=0
    )
    then.get_model("lists", "Proposal").objects.create(
        run=run, need=need, resource=resource, amount=1, state="refused"
    )
    now = migrate()
    kept = now.get_model("lists", "Proposal").objects.get()
    assert (kept.run.state, kept.need_version, kept.resource_version) == ("done", 3, 2)
