import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("lists", "0003_items_by_state"),
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
