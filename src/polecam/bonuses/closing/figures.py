"""What a statement says: one seller, one month, out of the ledger. Reads only.

A statement's body is canonical JSON (keys sorted, no spaces, ASCII), its digest the SHA-256 of it.
All amounts are gross grosze. Shape, `FORMAT` 1:

    {"format": 1, "month": "2026-10", "person": "<public id>",
     "engagement": {"kind": "employment", "full_time_bp": 10000, "known": true},
     "opening":  {"pending": 0, "payable": 0, "disputed": 0, "receivable": 0, "total": 0},
     "movements": [{"kind": "accrued", "component": "<public id>" or "", "amount": 4000,
                    "moved": 0, "accounts": {"pending": 4000}, "lines": [["<line id>", 4000]]}],
     "closing":  {as opening},
     "payout": {"amount": 4000, "lines": [["<line id>", 4000]], "others": 0,
                "why": "" or "nothing_due" or "below_zero"}}

`movements` stand in the order of `MOVEMENTS`. `accounts`: what the movement changed of each account
that is not yet paid (`months.OWED`); `amount` is their sum, so that opening.total + all amounts =
closing.total (invariant 11), and the same for every account by itself. A move between two of them
(vested, disputed, released, netted, a draw) has amount 0; `moved` says how much. `receivable` is
below zero where the person owes something back. pooled: a leaver's amount that went to the branch.
`payout`: what is paid for this month: payable lines (their uncontested part), and `others` (extras,
parts of a pool, guarantees, less what was netted), never below zero: then `why` says so, and the
amounts go on to the next month. What was taken back after the month had ended is no part of it,
so it may be less than closing.payable.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from polecam.bonuses.closing import reads
from polecam.bonuses.models import Statement, TransactionKind
from polecam.bonuses.months import OWED
from polecam.kit import periods
from polecam.people.models import Engagement, EngagementKind, Person

FORMAT = 1

MOVEMENTS: dict[str, str] = {
    TransactionKind.ACCRUE: "accrued",
    TransactionKind.EXTRA: "extra",
    TransactionKind.SHARE_OUT: "pool",
    TransactionKind.GUARANTEE: "guarantee",
    TransactionKind.DRAW: "draw",
    TransactionKind.VOID: "voided",
    TransactionKind.POOL: "pooled",
    TransactionKind.VEST: "vested",
    TransactionKind.HOLD: "disputed",
    TransactionKind.RELEASE: "released",
    TransactionKind.RECOVER: "netted",
    TransactionKind.REPAID: "repaid",
    TransactionKind.WAIVE: "waived",
    TransactionKind.PAY: "paid",
}
"""Kind of transaction -> kind of movement, in the order of a statement."""

LABELS = {
    EngagementKind.EMPLOYMENT: "premium",
    EngagementKind.CIVIL: "fee",
    EngagementKind.B2B: "invoice",
}
"""What the money is called by the kind of engagement; the words stand with the pages."""


@dataclass(frozen=True, slots=True)
class Movement:
    """One kind of movement of a month (of one component, where it is accrued). Gross grosze."""

    kind: str
    component: str
    amount: int
    moved: int
    accounts: dict[str, int]
    lines: list[list]


@dataclass(frozen=True, slots=True)
class Payout:
    """What is paid for a month, and of what. `why` it is nothing: nothing_due, below_zero."""

    amount: int
    lines: list[list]
    others: int
    why: str


@dataclass(frozen=True, slots=True)
class Figures:
    """All of a statement: what its body holds."""

    month: str
    person: str
    engagement: dict[str, object]
    opening: dict[str, int]
    movements: list[Movement]
    closing: dict[str, int]
    payout: Payout
    format: int = field(default=FORMAT)

    @property
    def tells(self) -> bool:
        """Whether there is anything to tell: a balance or a movement."""
        return bool(self.movements or any(self.opening.values()))


def figures(people: Iterable[int], month: str) -> dict[int, Figures]:
    """The month `YYYY-MM` of these people (ids) as the ledger says it now, by the person's id.

    Those without a balance and a movement are left out. The same number of queries for any number.
    """
    ids = sorted(set(people))
    names = dict(Person.objects.filter(pk__in=ids).values_list("pk", "public_id"))
    footing = engagements(ids, month)
    sums = reads.sums(ids, month)
    lines = reads.moved_lines(ids, month)
    due = reads.due(ids, month)
    found = {}
    for pk in ids:
        made = Figures(
            month=month,
            person=names[pk],
            engagement=footing[pk],
            opening=_balances(sums.opening.get(pk, {})),
            movements=_movements(sums.movements.get(pk, {}), lines.get(pk, {})),
            closing=_balances(sums.closing.get(pk, {})),
            payout=_payout(due.get(pk, reads.Due())),
        )
        if made.tells:
            found[pk] = made
    return found


def figures_of(person: Person, month: str) -> Figures | None:
    """One person's month: of their stored statement once there is one, else as a draft.

    None where there is nothing to tell.
    """
    stored = Statement.objects.filter(person=person, payroll_month__month=month).first()
    if stored is not None:
        return read(stored.body)
    return figures([person.pk], month).get(person.pk)


def write(found: Figures) -> str:
    """The canonical JSON of a statement: the same figures give the same bytes."""
    shape = {name: getattr(found, name) for name in Figures.__dataclass_fields__}
    shape["movements"] = [
        {name: getattr(one, name) for name in Movement.__dataclass_fields__}
        for one in found.movements
    ]
    shape["payout"] = {name: getattr(found.payout, name) for name in Payout.__dataclass_fields__}
    return json.dumps(shape, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def read(body: str) -> Figures:
    """A body back as figures. Raises ValueError for another format."""
    shape = json.loads(body)
    if shape.get("format") != FORMAT:
        raise ValueError("a statement of another format")
    shape["movements"] = [Movement(**one) for one in shape["movements"]]
    shape["payout"] = Payout(**shape["payout"])
    return Figures(**shape)


def digest(body: str) -> str:
    """SHA-256 of a body, in hex."""
    return hashlib.sha256(body.encode("ascii")).hexdigest()


def digest_of_month(digests: Iterable[str]) -> str:
    """SHA-256 over the digests of a month's statements, in the order of their people's ids."""
    return hashlib.sha256("".join(digests).encode("ascii")).hexdigest()


def engagements(people: Iterable[int], month: str) -> dict[int, dict[str, object]]:
    """On what footing these people worked at the end of a month, by the person's id.

    The last engagement that touched the month; `known` is false where there is none: full-time
    employment is assumed, which protects wages most.
    """
    first = periods.first_day(month)
    last = periods.first_day(periods.next_month(month)) - timedelta(days=1)
    found: dict[int, dict[str, object]] = {
        pk: {"kind": str(EngagementKind.EMPLOYMENT), "full_time_bp": 10_000, "known": False}
        for pk in people
    }
    rows = Engagement.objects.filter(person__in=list(found), since__lte=last).order_by("since")
    for pk, kind, part, until in rows.values_list("person", "kind", "full_time_bp", "until"):
        if until is None or until > first:
            found[pk] = {"kind": kind, "full_time_bp": part, "known": True}
    return found


def next_to_close() -> str:
    """The month that is closed next: after the last closed one, else the first of the ledger.

    "" while the ledger is empty.
    """
    last = reads.last_closed()
    return periods.next_month(last) if last else reads.first_month()


def _balances(sums: dict[str, int]) -> dict[str, int]:
    found = {str(account): sums.get(account, 0) for account in OWED}
    return found | {"total": sum(found.values())}


def _movements(
    sums: dict[tuple[str, str], dict[str, int]], lines: dict[tuple[str, str], list[list]]
) -> list[Movement]:
    order = list(MOVEMENTS)
    return [
        Movement(
            kind=MOVEMENTS[kind],
            component=component,
            amount=sum(accounts.values()),
            moved=0 if sum(accounts.values()) else max(accounts.values(), default=0),
            accounts={str(name): amount for name, amount in accounts.items() if amount},
            lines=lines.get((kind, component), []),
        )
        for (kind, component), accounts in sorted(
            sums.items(), key=lambda item: (order.index(item[0][0]), item[0][1])
        )
        if any(accounts.values())
    ]


def _payout(due: reads.Due) -> Payout:
    total = sum(amount for _line, amount in due.lines) + due.others
    if total > 0:
        return Payout(total, due.lines, due.others, "")
    return Payout(0, due.lines, due.others, "below_zero" if total < 0 else "nothing_due")
