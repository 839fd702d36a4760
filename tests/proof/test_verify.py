"""`polecam verify` is clean after real work, and names what was changed behind its back."""

from datetime import timedelta

import pytest
from django.db import connection

from polecam.actions import bonuses, journal, recognition
from polecam.bonuses.models import Account, Entry
from polecam.claims.models import Claim, CreditShare
from polecam.cli.commands import run
from polecam.insights.proofs import prove
from polecam.kit.periods import month_of
from polecam.parties.models import Party
from polecam.referrals import tally
from polecam.referrals.models import Referral, StageTally
from polecam.store import triggers, tx

pytestmark = pytest.mark.django_db


@pytest.fixture
def referral(branch, marta, kamil, anna, plan, at):
    """One shared referral that earned something, and a journal sealed up to yesterday."""
    friend = Party(created_at=at)
    friend.set_name("Piotr", "Nowak")
    friend.save()
    made = Referral.objects.create(
        client=anna, party=friend, originator=marta, branch=branch, kind="spontaneous",
        state="consented", captured_at=at, state_at=at, consented_at=at, plan_version_id=plan.pk,
    )  # fmt: skip
    for person, share in ((marta, 7_000), (kamil, 3_000)):
        CreditShare.objects.create(referral=made, number=1, person=person, share_bp=share, at=at)
    until = at + timedelta(days=90)
    Claim.objects.create(referral=made, party=friend, holder=marta, since=at, until=until)
    month = month_of(at, "Europe/Warsaw")
    tally.bump(branch.pk, marta.pk, month, referrals=1, consents=1)
    with tx.action():
        bonuses.credit(kind="consent", referral=made, source=made, at=at)
    journal.seal_due(at=at + timedelta(days=2))
    return made


def problems(at, name: str) -> list[str]:
    return next(p.problems for p in prove(at + timedelta(days=2)) if p.name == name)


def plant(statement: str, *values: object) -> None:
    """Change a row as someone with the database's password would."""
    triggers.drop()
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        assert cursor.rowcount
    triggers.install()


def test_all_holds_and_says_what_was_counted(referral, at, capsys):
    found = {proof.name: proof for proof in prove(at + timedelta(days=2))}
    assert not any(proof.problems for proof in found.values())
    assert found["shares"].said.startswith("1 sets of shares sum to 10,000 bp each, no floor fell")
    assert run(["verify"]) in (0, 1)
    assert "triggers in place" in capsys.readouterr().out


def test_a_changed_entry_is_named(referral, at):
    entry = Entry.objects.filter(amount__gt=0).first()
    plant("UPDATE bonuses_entry SET amount = amount + 1 WHERE id = %s", entry.pk)
    assert entry.transaction.public_id in problems(at, "ledger")[0]


def test_a_changed_balance_is_named(referral, at):
    account = Account.objects.exclude(person=None).first()
    plant("UPDATE bonuses_account SET balance = balance + 100 WHERE id = %s", account.pk)
    assert f"account {account.pk}" in problems(at, "ledger")[0]


def test_a_changed_share_is_named(referral, at):
    plant("UPDATE claims_creditshare SET share_bp = 7500 WHERE share_bp = 7000")
    assert problems(at, "shares") == [
        f"referral {referral.public_id}: shares of set 1 sum to 10500 bp instead of 10000"
    ]


def test_a_deleted_share_is_named(referral, at):
    plant("DELETE FROM claims_creditshare WHERE share_bp = 3000")
    assert (
        f"referral {referral.public_id}: shares of set 1 sum to 7000" in problems(at, "shares")[0]
    )


def test_the_command_answers_one_and_names_the_row(referral, at, capsys):
    plant("UPDATE claims_creditshare SET share_bp = 7500 WHERE share_bp = 7000")
    assert run(["verify"]) == 1
    out = capsys.readouterr().out
    assert f"BROKEN   shares: referral {referral.public_id}" in out
    assert "Something is broken." in out


def test_changed_words_are_named(referral, marta, kamil, at):
    given = recognition.praise(by=kamil, at=at, receiver=marta, text="Spokojna rozmowa.")
    assert problems(at, "words") == []
    plant("UPDATE recognition_praise SET text = 'Inne słowa' WHERE id = %s", given.pk)
    assert problems(at, "words") == [f"praise {given.public_id}: its words were changed"]


def test_a_changed_counter_is_named(referral, marta, at):
    StageTally.objects.filter(seller=marta).update(consents=2)
    (found,) = problems(at, "tallies")
    assert found.startswith("consents of branch")
    assert found.endswith("kept 2, counted 1")
