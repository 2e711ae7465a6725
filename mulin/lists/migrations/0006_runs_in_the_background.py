
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('alliance', '0001_initial'),
        ('lists', '0005_said_by_residents'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='claim',
            name='need_version',
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='claim',
            name='resource_version',
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='matchrun',
            name='beat_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='matchrun',
            name='changes',
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name='matchrun',
            name='cost',
            field=models.FloatField(default=0),
        ),
        migrations.AddField(
            model_name='matchrun',
            name='error',
            field=models.CharField(blank=True, max_length=12),
        ),
        migrations.AddField(
            model_name='matchrun',
            name='error_item',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name='matchrun',
            name='fairness',
            field=models.CharField(choices=[('none', 'as much as possible'), ('maxmin', 'the least served first')], default='none', max_length=6),
        ),
        migrations.AddField(
            model_name='matchrun',
            name='finished_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='matchrun',
            name='progress',
            field=models.FloatField(default=0),
        ),
        migrations.AddField(
            model_name='matchrun',
            name='shares',
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name='matchrun',
            name='stage',
            field=models.CharField(blank=True, max_length=12),
        ),
        migrations.AddField(
            model_name='matchrun',
            name='started_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='matchrun',
            name='state',
            field=models.CharField(choices=[('waiting', 'waiting'), ('running', 'being worked out'), ('done', 'worked out'), ('failed', 'failed'), ('cancelled', 'cancelled')], default='done', max_length=9),
        ),
        migrations.AddField(
            model_name='matchrun',
            name='tries',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='matchrun',
            name='worker',
            field=models.UUIDField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='proposal',
            name='is_changed',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='proposal',
            name='need_version',
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddField(
            model_name='proposal',
            name='resource_version',
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AlterField(
            model_name='matchrun',
            name='bound',
            field=models.FloatField(default=0),
        ),
        migrations.AlterField(
            model_name='matchrun',
            name='gap',
            field=models.FloatField(default=0),
        ),
        migrations.AlterField(
            model_name='matchrun',
            name='objective',
            field=models.FloatField(default=0),
        ),
        migrations.AlterField(
            model_name='matchrun',
            name='seconds',
            field=models.FloatField(default=0),
        ),
        # Runs stored before were done; new ones wait.
        migrations.AlterField(
            model_name='matchrun',
            name='state',
            field=models.CharField(choices=[('waiting', 'waiting'), ('running', 'being worked out'), ('done', 'worked out'), ('failed', 'failed'), ('cancelled', 'cancelled')], default='waiting', max_length=9),
        ),
        migrations.AddConstraint(
            model_name='matchrun',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['waiting', 'running'])), fields=('alliance',), name='one_match_run_at_a_time'),
        ),
    ]
