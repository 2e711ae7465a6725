"""Refusals of before count from the items as they are now."""

from django.db import migrations
from django.db.models import OuterRef, Subquery


def remember_versions(apps, schema_editor):
    items = apps.get_model("lists", "Item").objects
    need = Subquery(items.filter(pk=OuterRef("need")).values("version")[:1])
    resource = Subquery(items.filter(pk=OuterRef("resource")).values("version")[:1])
    versions = {"need_version": need, "resource_version": resource}
    apps.get_model("lists", "Proposal").objects.update(**versions)
    refused = apps.get_model("lists", "Claim").objects.filter(state="refused")
    refused.exclude(resource=None).update(**versions)


class Migration(migrations.Migration):
    dependencies = [
        ("lists", "0006_runs_in_the_background"),
    ]

    operations = [
        migrations.RunPython(remember_versions, migrations.RunPython.noop),
    ]
