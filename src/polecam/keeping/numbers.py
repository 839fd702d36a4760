"""Transaction numbers belong to one database server: in another one they begin anew (ADR 0007)."""

from django.db.backends.base.base import BaseDatabaseWrapper


def begin_anew(connection: BaseDatabaseWrapper) -> None:
    """Events and cursors of readers get number 0, before the guards stand.

    A reader goes on before the first event it had not read, in the order of ids: it may meet some
    again, which changes nothing, and misses none.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, last_txid, last_event_id FROM journal_cursor WHERE last_txid > 0"
        )
        for ident, txid, event in cursor.fetchall():
            cursor.execute(
                "SELECT COALESCE((SELECT MIN(id) - 1 FROM journal_event WHERE txid > %s"
                " OR (txid = %s AND id > %s)), (SELECT MAX(id) FROM journal_event), 0)",
                [txid, txid, event],
            )
            (last,) = cursor.fetchone()
            cursor.execute(
                "UPDATE journal_cursor SET last_txid = 0, last_event_id = %s WHERE id = %s",
                [last, ident],
            )
        cursor.execute("UPDATE journal_event SET txid = 0 WHERE txid <> 0")
