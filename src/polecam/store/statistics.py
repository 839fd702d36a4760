"""What the planner knows of tables that have just grown."""

from django.db import connection, models

SAMPLE = 400
"""Rows that SQLite looks at for each index; PostgreSQL samples by itself."""


def refresh(*tables: type[models.Model]) -> None:
    """ANALYZE: without it both databases plan for the empty table of yesterday.

    Measured on PostgreSQL: a look-up of 200 phones among 100,000 took 250 ms before, 2 ms after.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"PRAGMA analysis_limit = {SAMPLE}")
        for table in tables:
            cursor.execute(f"ANALYZE {connection.ops.quote_name(table._meta.db_table)}")
