"""What the database itself refuses, by whatever way it is asked."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from polecam.actions import bonuses
from polecam.bonuses.models import Line
from polecam.store import triggers
from polecam.store.tx import action
from tests.bonuses.support import referral_of

pytestmark = pytest.mark.django_db

FORBIDDEN = {
    "change an entry": "UPDATE bonuses_entry SET amount = amount + 1",
    "delete an entry": "DELETE FROM bonuses_entry",
    "add to a sealed transaction": (
        "INSERT INTO bonuses_entry (transaction_id, account_id, amount)"
        " SELECT transaction_id, account_id, 5 FROM bonuses_entry"
    ),
    "unseal": "UPDATE bonuses_ledgertransaction SET sealed = (1 = 0)",
    "delete a transaction": "DELETE FROM bonuses_ledgertransaction",
    "change a fact": "UPDATE bonuses_creditedfact SET base_grosze = 1",
    "delete a fact": "DELETE FROM bonuses_creditedfact",
    "change a line's amount": "UPDATE bonuses_line SET amount_grosze = 5",
    "move a line's hold": "UPDATE bonuses_line SET vests_at = '2020-01-01 00:00:00+00:00'",
    "vest without a transaction": "UPDATE bonuses_line SET state = 'payable'",
    "pay what is held": "UPDATE bonuses_line SET state = 'paid'",
    "delete a line": "DELETE FROM bonuses_line",
    "change a rule": "UPDATE bonuses_component SET amount_grosze = amount_grosze + 1",
    "delete a rule": "DELETE FROM bonuses_component",
    "add a rule to a published version": (
        "INSERT INTO bonuses_component (public_id, version_id, position, fact_kind, amount_grosze,"
        " rate_bp) SELECT 'new', id, 9, 'consent', 1, 0 FROM bonuses_planversion"
    ),
    "change a published version": "UPDATE bonuses_planversion SET hold_days = 0",
    "delete a published version": "DELETE FROM bonuses_planversion",
}


@pytest.fixture
def held(anna, marta, plan, at) -> Line:
    """A consent's ten złoty, held."""
    referral = referral_of(anna, marta, plan, at)
    with action():
        bonuses.credit(kind="consent", referral=referral, source=referral, at=at)
    return Line.objects.get()


@pytest.mark.parametrize("statement", FORBIDDEN.values(), ids=FORBIDDEN.keys())
def test_forbidden(held, statement):
    with (
        pytest.raises(DatabaseError, match="bonuses_"),
        transaction.atomic(),
        connection.cursor() as c,
    ):
        c.execute(statement)


@pytest.mark.postgres
@pytest.mark.parametrize("table", ["entry", "ledgertransaction", "creditedfact", "line"])
def test_truncate_is_forbidden(held, table):
    with (
        pytest.raises(DatabaseError, match="bonuses_"),
        transaction.atomic(),
        connection.cursor() as c,
    ):
        c.execute(f"TRUNCATE bonuses_{table} CASCADE")


@pytest.mark.sqlite
def test_what_an_earlier_release_forbade_is_replaced(db):
    with connection.cursor() as c:
        c.execute("DROP TRIGGER bonuses_line_steps_update")
        c.execute(
            "CREATE TRIGGER bonuses_line_steps_update BEFORE UPDATE ON bonuses_line"
            " BEGIN SELECT RAISE(ABORT, 'of old'); END"
        )
        triggers.install()
        c.execute("SELECT sql FROM sqlite_master WHERE name = 'bonuses_line_steps_update'")
        assert "pooled" in c.fetchone()[0]


@pytest.mark.sqlite
def test_replace_is_forbidden(held):
    with (
        pytest.raises(DatabaseError, match="bonuses_"),
        transaction.atomic(),
        connection.cursor() as c,
    ):
        c.execute("INSERT OR REPLACE INTO bonuses_entry SELECT * FROM bonuses_entry")


def test_an_unbalanced_transaction_cannot_be_sealed(held, marta, at):
    with connection.cursor() as c:
        c.execute(
            "INSERT INTO bonuses_ledgertransaction (public_id, kind, unit, month, person_id, at,"
            " sealed) SELECT 'unbalanced', 'accrue', 'PLN', '2026-11', %s, %s, (1 = 0)",
            [marta.pk, at],
        )
        c.execute(
            "INSERT INTO bonuses_entry (transaction_id, account_id, amount)"
            " SELECT t.id, a.id, 5 FROM bonuses_ledgertransaction t, bonuses_account a"
            " WHERE t.public_id = 'unbalanced' AND a.kind = 'pending'"
        )
    with (
        pytest.raises(DatabaseError, match="bonuses_transaction_unbalanced"),
        transaction.atomic(),
        connection.cursor() as c,
    ):
        c.execute("UPDATE bonuses_ledgertransaction SET sealed = (1 = 1) WHERE NOT sealed")


def test_nothing_is_born_sealed(marta, at):
    with (
        pytest.raises(DatabaseError, match="bonuses_transaction_born_open"),
        transaction.atomic(),
        connection.cursor() as c,
    ):
        c.execute(
            "INSERT INTO bonuses_ledgertransaction (public_id, kind, unit, month, person_id, at,"
            " sealed) SELECT 'sealed', 'accrue', 'PLN', '2026-11', %s, %s, (1 = 1)",
            [marta.pk, at],
        )


def test_vesting_a_moment_too_early_is_refused(held, marta):
    from polecam.bonuses.models import LedgerTransaction

    early = LedgerTransaction.objects.create(
        kind="vest",
        month=held.month,
        person=marta,
        at=held.vests_at - timedelta(microseconds=1),
    )
    with pytest.raises(DatabaseError, match="bonuses_line_held"), transaction.atomic():
        Line.objects.filter(pk=held.pk).update(state="payable", vesting=early)
