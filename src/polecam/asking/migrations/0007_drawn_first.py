"""An ask keeps the sentence that chance put first, whichever was said in the end."""

import django.db.models.deletion
from django.db import migrations, models


def keep(apps, schema_editor):
    """Until now the sentence of a draw was kept only where it was the one that was said."""
    asks = apps.get_model("asking", "Ask").objects.filter(in_trial=True, drawn=None)
    for script in apps.get_model("asking", "Script").objects.order_by("id"):
        said = asks.filter(script_code=script.code, script_version=script.version)
        own = script.seller_id is not None
        whose = {"script_own": True, "seller": script.seller_id} if own else {"script_own": False}
        said.filter(**whose).update(drawn=script)


class Migration(migrations.Migration):
    dependencies = [("asking", "0006_inlets_count")]

    operations = [
        migrations.AddField(
            model_name="ask",
            name="drawn",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="asking.script",
            ),
        ),
        migrations.RunPython(keep, migrations.RunPython.noop),
        migrations.RemoveField(model_name="ask", name="in_trial"),
    ]
