"""The tree with dates. What hung on `parent` hangs there since the branch was opened."""

import django.db.models.deletion
import polecam.store.fields
from django.db import migrations, models
from django.db.models import F, Q


def carry_over(apps, schema_editor):
    """Each parent becomes a placement; a place with something below it that is topmost, a region."""
    Branch = apps.get_model("organisation", "Branch")
    Placement = apps.get_model("organisation", "Placement")
    for branch in Branch.objects.exclude(parent=None).select_related("parent__parent"):
        Placement.objects.create(
            branch=branch, parent=branch.parent, since=branch.created_at.date(), made_at=branch.created_at
        )
        branch.level = "branch" if branch.parent.parent_id is None else "team"
        branch.save(update_fields=["level"])
        if branch.parent.parent_id is None:
            Branch.objects.filter(pk=branch.parent_id).update(level="region")


class Migration(migrations.Migration):

    dependencies = [
        ("organisation", "0001_initial"),
    ]

    operations = [
        migrations.AddField("branch", "closed_on", models.DateField(null=True)),
        migrations.AddField(
            "branch",
            "level",
            models.CharField(choices=[("region", "Region"), ("branch", "Branch"), ("team", "Team")], default="branch", max_length=6),
        ),
        migrations.AddConstraint(
            "branch",
            models.CheckConstraint(condition=Q(("level__in", ["region", "branch", "team"])), name="branch_level"),
        ),
        migrations.CreateModel(
            name="Placement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.CharField(default=polecam.store.fields.new_public_id, editable=False, max_length=15, unique=True)),
                ("branch", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="placements", to="organisation.branch")),
                ("parent", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisation.branch")),
                ("since", models.DateField()),
                ("until", models.DateField(null=True)),
                ("made_by_id", models.BigIntegerField(null=True)),
                ("made_at", models.DateTimeField()),
                ("why", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(condition=Q(("until", None)), fields=("branch",), name="placement_once"),
                    models.CheckConstraint(condition=Q(("until", None), ("until__gt", F("since")), _connector="OR"), name="placement_has_length"),
                    models.CheckConstraint(condition=Q(("parent", F("branch")), _negated=True), name="placement_below_another"),
                ],
                "indexes": [models.Index(fields=["branch", "since"], name="placement_of_branch")],
            },
        ),
        migrations.RunPython(carry_over, migrations.RunPython.noop),
        migrations.RemoveField("branch", "parent"),
    ]
