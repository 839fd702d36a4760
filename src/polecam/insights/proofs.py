"""`polecam verify` in one place: each proof with what it counted, or with what it found broken."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from polecam.bonuses import verify as bonuses
from polecam.bonuses.models import Account, Entry, LedgerTransaction, Line
from polecam.claims import receipts_verify as receipts
from polecam.claims import verify as claims
from polecam.claims.models import CreditShare, ExtraBudget, Receipt
from polecam.insights import one_claim_proof as persons
from polecam.insights import tallies
from polecam.journal import verify as journal
from polecam.organisation.models import Organisation
from polecam.recognition import verify as words
from polecam.recognition.models import Praise
from polecam.store import triggers


@dataclass(frozen=True, slots=True)
class Proof:
    """One thing that was tried. `said`: what holds, with counts; `problems`: nothing, or rows."""

    name: str
    said: str
    problems: list[str]


def prove(at: datetime) -> Iterator[Proof]:
    """Try everything, one proof after the other, as of `at`. Reads only."""
    for name, say, problems in _proofs(at):
        found = list(problems())
        yield Proof(name, "" if found else say(), found)


def _proofs(
    at: datetime,
) -> list[tuple[str, Callable[[], str], Callable[[], Iterator[str]]]]:
    firm = Organisation.objects.first()
    zone = firm.zone if firm else "Europe/Warsaw"
    return [
        ("guards", _guards_said, _guards),
        ("journal", _journal_said, lambda: journal.problems(zone, at)),
        ("ledger", _ledger_said, bonuses.problems),
        ("shares", _shares_said, claims.problems),
        ("persons", _persons_said, persons.problems),
        ("receipts", _receipts_said, receipts.problems),
        ("tallies", _tallies_said, lambda: tallies.problems(zone)),
        ("words", _words_said, words.problems),
    ]


def _guards() -> Iterator[str]:
    for name in sorted(triggers.missing()):
        yield f"trigger {name}: missing"


def _guards_said() -> str:
    return f"{len(triggers.expected())} triggers in place"


def _journal_said() -> str:
    seals, sealed, unsealed = journal.counts()
    return f"{seals} seals, {sealed} events under them, {unsealed} events not sealed yet"


def _ledger_said() -> str:
    return (
        f"{LedgerTransaction.objects.count()} transactions of {Entry.objects.count()} entries sum "
        f"to zero, {Account.objects.count()} balances and {Line.objects.count()} lines agree"
    )


def _shares_said() -> str:
    sets = CreditShare.objects.values("referral", "number").distinct().count()
    budgets = ExtraBudget.objects.count()
    return (
        f"{sets} sets of shares sum to 10,000 bp each, no floor fell without its seller's yes, "
        f"{budgets} budgets of extras hold what came from them"
    )


def _persons_said() -> str:
    joins, claims_now = persons.counts()
    return f"{joins} joins of records hold, {claims_now} exclusivities, one for each person"


def _receipts_said() -> str:
    return f"{Receipt.objects.count()} receipts are signed and stand in the journal"


def _tallies_said() -> str:
    stages, answers = tallies.counts()
    return f"{stages} months of stages and {answers} of answers equal a recount"


def _words_said() -> str:
    return f"{Praise.objects.count()} praises say what the journal committed to"
