import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("lists", "0002_partners_and_both_amounts"),
    ]

    operations = [
        migrations.AddField(
            model_name="item",
            name="same_as",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="said_same",
                to="lists.item",
            ),
        ),
    ]
