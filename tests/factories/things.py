"""One of everything that an address can name, all of it in the cast's alliance."""

import datetime
from decimal import Decimal

from django.utils import timezone

from mulin.alliance.models import Group, GroupMember, LeadTerm, MechanismNode, Place, Post
from mulin.lists import models as lists
from mulin.notifications.models import Message
from mulin.projects.models import Acceptance, Asker, Owner, Project
from tests.factories.cast import Cast

SOON = timezone.localdate() + datetime.timedelta(days=30)


def make_things(cast: Cast) -> dict[str, object]:
    """Name of the thing → its key, as addresses write it."""
    return {
        **_alliance_things(cast),
        **_list_things(cast),
        **_import_things(cast),
        **_project_things(cast),
        "message": Message.objects.create(person=cast.mei, key="x", title="x", url="/desk/").pk,
    }


def _alliance_things(cast: Cast) -> dict[str, object]:
    group = Group.objects.create(alliance=cast.alliance, name="示例路", kind=Group.Kind.ROAD)
    place = Place.objects.create(alliance=cast.alliance, name="示例广场")
    heading = MechanismNode.objects.create(alliance=cast.alliance, position=1, heading="一个核心")
    term = LeadTerm.objects.create(alliance=cast.alliance, side=cast.other_side, starts_on=SOON)
    joined = GroupMember.objects.create(group=group, organisation=cast.member)
    return {
        "organisation": cast.member.pk,
        "membership": cast.member.memberships.get().pk,
        "post": Post.objects.get(person=cast.mei).pk,
        "group": group.pk,
        "group_member": joined.pk,
        "place": place.pk,
        "term": term.pk,
        "side": cast.other_side.pk,
        "heading": heading.pk,
    }


def make_item(cast: Cast, *, kind: str = "need", title: str = "加装扶手", **fields) -> lists.Item:
    values = {"state": "published", "amount": Decimal(3), "published_at": timezone.now(), **fields}
    return lists.Item.objects.create(
        alliance=cast.alliance, kind=kind, title=title, organisation=cast.member, **values
    )


def _list_things(cast: Cast) -> dict[str, object]:
    need = make_item(cast, taken=1)
    resource = make_item(cast, kind="resource", title="会议室")
    submitted = make_item(cast, title="路灯不亮", state="submitted", published_at=None)
    claim = lists.Claim.objects.create(
        need=need, organisation=cast.other_side.organisation, amount=1, origin="provider"
    )
    partner = lists.Partner.objects.create(claim=claim, organisation=cast.lead.organisation)
    run = lists.MatchRun.objects.create(alliance=cast.alliance, state="done", objective=1, bound=1)
    proposal = lists.Proposal.objects.create(
        run=run, need=need, resource=resource, amount=1, resource_amount=1
    )
    collection = lists.CollectionRound.objects.create(
        alliance=cast.alliance, title="征集", closes_on=SOON, state="open", group_token="group"
    )
    asked = lists.Submission.objects.create(round=collection, organisation=cast.member)
    return {
        "need": need.pk,
        "resource": resource.pk,
        "submitted": submitted.pk,
        "claim": claim.pk,
        "partner": partner.pk,
        "proposal": proposal.pk,
        "run": run.pk,
        "round": collection.pk,
        "submission": asked.pk,
    }


def _import_things(cast: Cast) -> dict[str, object]:
    batch = lists.ImportBatch.objects.create(
        alliance=cast.alliance, name="清单.xlsx", state="preview", by=cast.lin
    )
    table = lists.ImportTable.objects.create(batch=batch, position=0, where="A1:B2", kind="need")
    row = lists.ImportRow.objects.create(table=table, row=2, cells={})
    return {"batch": batch.pk, "table": table.pk, "row": row.pk}


def make_project(cast: Cast, number: str = "X-1") -> Project:
    project = Project.objects.create(
        alliance=cast.alliance, number=number, title="加装扶手", due_on=SOON, first_due_on=SOON
    )
    for side, person in ((cast.lead, cast.lin), (cast.other_side, cast.deng)):
        Owner.objects.create(
            project=project, side=side, organisation=side.organisation, person=person
        )
    Asker.objects.create(project=project, organisation=cast.member)
    return project


def _project_things(cast: Cast) -> dict[str, object]:
    project = make_project(cast)
    asked = Acceptance.objects.create(project=project, organisation=cast.member, answer_by=SOON)
    return {"project": project.pk, "owner": project.owners.first().pk, "acceptance": asked.pk}
