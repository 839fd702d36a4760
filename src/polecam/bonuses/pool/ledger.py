"""Postings that touch a branch: its pool, and what it spent on it.

A branch's accounts are locked before any line and any seller's account.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from polecam.bonuses import ledger
from polecam.bonuses.models import Account, AccountKind, Entry, LedgerTransaction
from polecam.organisation.models import Level, Placement
from polecam.organisation.tree import placed, today

KINDS = (AccountKind.EXPENSE, AccountKind.POOL)
Accounts = dict[str, Account]


@dataclass(frozen=True)
class Posting:
    """One balanced transaction: grosze by the kind of account, of the branch and of a person."""

    kind: str
    branch: Mapping[str, int]
    person_id: int | None = None
    person: Mapping[str, int] = field(default_factory=dict)
    reverses_id: int | None = None


def homes_of(places: Iterable[int], at: datetime) -> list[int]:
    """The branches whose pools these places belong to at `at`, each once: a team's is that of its
    branch."""
    wanted = list(places)
    teams = placed(today(at)).filter(branch__in=wanted, branch__level=Level.TEAM)
    above = dict(teams.values_list("branch_id", "parent_id"))
    return list(dict.fromkeys(above.get(place, place) for place in wanted))


def home_of(place: int, at: datetime) -> int:
    """The same for one place."""
    return homes_of([place], at)[0]


def lock(branch_id: int) -> Accounts:
    """The accounts of a branch by kind, made where missing, locked in the order of their ids."""
    accounts = Account.objects.filter(branch=branch_id, kind__in=KINDS, unit=ledger.UNIT)
    found = list(accounts.select_for_update(no_key=True).order_by("id"))
    if len(found) < len(KINDS):
        Account.objects.bulk_create(
            [Account(branch_id=branch_id, kind=kind) for kind in KINDS], ignore_conflicts=True
        )
        found = list(accounts.select_for_update(no_key=True).order_by("id"))
    return {account.kind: account for account in found}


def hold(branch_ids: Iterable[int]) -> None:
    """Lock what these branches, or those that these teams were in, have of a pool, before lines and
    sellers' accounts are locked."""
    places = set(branch_ids)
    teams = Placement.objects.filter(branch__in=places, branch__level=Level.TEAM)
    places |= set(teams.values_list("parent_id", flat=True))
    rows = Account.objects.filter(branch__in=places, kind__in=KINDS, unit=ledger.UNIT)
    list(rows.select_for_update(no_key=True).order_by("id"))


def balance(branch_id: int) -> int:
    """What a branch's pool holds, in grosze."""
    row = Account.objects.filter(branch=branch_id, kind=AccountKind.POOL, unit=ledger.UNIT)
    return row.values_list("balance", flat=True).first() or 0


def post(
    branch_id: int, postings: list[Posting], *, month: str, at: datetime
) -> list[LedgerTransaction]:
    """One sealed transaction for each posting, in order; `month` is the open one.

    The caller has locked the branch's accounts; those of the people are locked here.
    """
    if not postings:
        return []
    own = lock(branch_id)
    people = {one.person_id for one in postings if one.person_id is not None}
    kinds = {kind for one in postings for kind in one.person}
    theirs = ledger.lock_accounts(people, kinds) if people and kinds else {}
    opened = ledger.open_transactions(
        LedgerTransaction(
            kind=one.kind,
            month=month,
            person_id=one.person_id,
            branch_id=branch_id,
            at=at,
            reverses_id=one.reverses_id,
        )
        for one in postings
    )
    entries = []
    for row, one in zip(opened, postings, strict=True):
        for kind, amount in one.branch.items():
            entries.append(Entry(transaction=row, account=own[kind], amount=amount))
        for kind, amount in one.person.items():
            account = theirs[one.person_id or 0, kind]
            entries.append(Entry(transaction=row, account=account, amount=amount))
    Entry.objects.bulk_create(entries)
    ledger.close(opened[0].pk)
    return opened
