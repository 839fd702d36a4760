"""PostgreSQL compares the folded names byte by byte, whatever the language of the database.

A range such as `["nowak ", "nowak {")` is a prefix only then; in pl_PL or en_US, where blanks and
signs weigh little, it silently loses people. SQLite does so by itself. Its indexes also hold the
id; here they are made to, or two thousand people called Nowak are two thousand visits to the table.
"""

from django.db import migrations

INDEXES = {"party_name": "name_key", "party_name2": "name_key2"}


def byte_order(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    for index, column in INDEXES.items():
        schema_editor.execute(f"DROP INDEX {index}")
        schema_editor.execute(
            f'ALTER TABLE parties_party ALTER COLUMN {column} TYPE varchar(150) COLLATE "C"'
        )
        schema_editor.execute(f"CREATE INDEX {index} ON parties_party ({column}) INCLUDE (id)")


on_new_tables = byte_order
"""Django's state knows nothing of it: tables made at once (keeping.schema) need it as well."""


class Migration(migrations.Migration):

    dependencies = [("parties", "0002_fairness")]

    operations = [migrations.RunPython(byte_order, migrations.RunPython.noop)]
