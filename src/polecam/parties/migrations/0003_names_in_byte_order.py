"""PostgreSQL compares the folded names byte by byte, whatever the language of the database.

A range such as `["nowak ", "nowak {")` is a prefix only then; in pl_PL or en_US, where blanks and
signs weigh little, it silently loses people. SQLite does so by itself.
"""

from django.db import migrations

COLUMNS = ("name_key", "name_key2")


def byte_order(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    changes = ", ".join(f'ALTER COLUMN {name} TYPE varchar(150) COLLATE "C"' for name in COLUMNS)
    schema_editor.execute(f"ALTER TABLE parties_party {changes}")


class Migration(migrations.Migration):
    dependencies = [("parties", "0002_fairness")]

    operations = [migrations.RunPython(byte_order, migrations.RunPython.noop)]
