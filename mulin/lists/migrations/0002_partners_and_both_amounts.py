"""Partners answer for themselves; claims and proposals say what they use of the resource."""

from decimal import Decimal

import django.db.models.deletion
from django.db import migrations, models

import mulin.accounts.keys


def keep_partners(apps, schema_editor) -> None:
    """A partner of an agreed claim has agreed with it; one of an open claim is asked now."""
    claims, partners = apps.get_model("lists", "Claim"), apps.get_model("lists", "Partner")
    named = claims._meta.get_field("partners").remote_field.through
    agreed = dict(claims.objects.filter(state="confirmed").values_list("pk", "made_at"))
    partners.objects.bulk_create(
        partners(claim_id=claim, organisation_id=unit, said_yes_at=agreed.get(claim))
        for claim, unit in named.objects.values_list("claim", "organisation")
    )


AMOUNT = {"decimal_places": 2, "default": Decimal("0"), "max_digits": 14}


class Migration(migrations.Migration):
    dependencies = [
        ("alliance", "0001_initial"),
        ("lists", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Partner",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=mulin.accounts.keys.new_key,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("said_yes_at", models.DateTimeField(blank=True, null=True)),
                ("refused_at", models.DateTimeField(blank=True, null=True)),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="reason")),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="lists.claim",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="partnerships",
                        to="alliance.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("claim", "organisation"), name="partner_once"),
                    models.CheckConstraint(
                        condition=models.Q(said_yes_at=None) | models.Q(refused_at=None),
                        name="partner_yes_or_no",
                    ),
                ],
            },
        ),
        migrations.RunPython(keep_partners, migrations.RunPython.noop),
        migrations.RemoveField(model_name="claim", name="partners"),
        migrations.AlterField(
            model_name="partner",
            name="claim",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="partners",
                to="lists.claim",
            ),
        ),
        migrations.AddField(
            "claim", "due_on", models.DateField(blank=True, null=True, verbose_name="to be done by")
        ),
        migrations.AddField("claim", "supplies", models.JSONField(blank=True, default=list)),
        migrations.AddField("claim", "version", models.PositiveIntegerField(default=1)),
        migrations.AddField("proposal", "resource_amount", models.DecimalField(**AMOUNT)),
        migrations.AddField("proposal", "supplies", models.JSONField(blank=True, default=list)),
    ]
