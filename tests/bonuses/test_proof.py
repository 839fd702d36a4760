"""`verify` and the nightly run name the first broken row after a planted change."""

import logging

import pytest
from django.db import connection

from polecam.actions import bonuses
from polecam.bonuses.models import Account, CreditedFact, Line
from polecam.bonuses.verify import problems
from polecam.journal.models import Event
from polecam.kit.periods import month_of
from polecam.store import triggers
from polecam.store.tx import action
from tests.bonuses.support import balances, referral_of, sale_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def earned(anna, marta, kamil, plan, at) -> list[Line]:
    """A shared sale and a consent."""
    referral = referral_of(anna, marta, plan, at, {marta: 7_000, kamil: 3_000})
    sale = sale_of(referral, marta, at)
    with action():
        bonuses.credit(kind="consent", referral=referral, source=referral, at=at)
        bonuses.credit(kind="sale", referral=referral, source=sale, at=at, base_grosze=436_000)
    return list(Line.objects.order_by("id"))


def plant(statement: str) -> list[str]:
    """Change the database behind the guards' back, and see what the proof says."""
    with triggers.lifted(), connection.cursor() as cursor:
        cursor.execute(statement)
    return list(problems())


def test_nothing_to_say(earned):
    assert list(problems()) == []


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE bonuses_account SET balance = balance + 1 WHERE kind = 'pending'", "balance"),
        ("UPDATE bonuses_entry SET amount = amount + 1 WHERE amount > 0", "entries sum to 1"),
        ("UPDATE bonuses_ledgertransaction SET sealed = (1 = 0)", "not sealed"),
        ("UPDATE bonuses_line SET amount_grosze = amount_grosze + 1", "its lines sum to"),
        ("UPDATE bonuses_line SET month = '2020-01'", "grosze"),
        ("UPDATE bonuses_line SET state = 'void'", "does not fit"),
        ("UPDATE bonuses_creditedfact SET base_grosze = base_grosze + 800", "instead of"),
        ("UPDATE bonuses_creditedfact SET share_bp = share_bp - 1", "bp"),
        ("UPDATE bonuses_component SET amount_grosze = 999 WHERE amount_grosze > 0", "instead of"),
    ],
)
def test_a_planted_change_is_named(earned, statement, words):
    found = plant(statement)
    assert found
    assert any(words in problem for problem in found), found


def test_the_first_broken_row_is_named(earned):
    account = Account.objects.order_by("id").first()
    found = plant(f"UPDATE bonuses_account SET balance = 7 WHERE id = {account.pk}")
    assert found[0].startswith(f"account {account.pk}: balance 7 but entries sum to")


def test_a_missing_guard_is_named(earned):
    with connection.cursor() as cursor:
        table = " ON bonuses_entry" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER bonuses_entry_append_only_delete{table}")
    assert list(problems()) == ["trigger bonuses_entry_append_only_delete: missing"]
    triggers.install()
    assert list(problems()) == []


def test_the_nightly_run_agrees_with_the_events(earned, at):
    assert bonuses.nightly(at=at) == []
    this = Event.objects.filter(kind="bonus.run").order_by("-id").first()
    assert this.data == {
        "month": month_of(at, "Europe/Warsaw"),
        "lines": 4,
        "grosze": 55_500,
        "wrong": 0,
        "posted": 0,
    }


def test_the_nightly_run_posts_what_is_missing_and_says_so(earned, marta, plan, at, caplog):
    fact = earned[0].fact
    CreditedFact.objects.create(
        kind="meeting",
        source="lost",
        referral=fact.referral,
        version=plan,
        branch_id=fact.branch_id,
        person=marta,
        share_bp=10_000,
        month=fact.month,
        confirmed_at=at,
        vests_at=fact.vests_at,
    )
    before = balances(marta)["pending"]
    with caplog.at_level(logging.ERROR):
        (problem,) = bonuses.nightly(at=at)
    assert "line missing" in problem
    assert "line missing" in caplog.text
    assert balances(marta)["pending"] == before + 4_000
    assert bonuses.nightly(at=at) == []
