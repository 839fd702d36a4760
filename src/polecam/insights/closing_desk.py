"""What payroll looks at before a month is closed: its state, its checklist, its corrections."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from polecam.bonuses.closing import reads as closing_reads
from polecam.bonuses.closing import totals as closing_totals
from polecam.bonuses.models import (
    Account,
    AccountKind,
    Line,
    MonthState,
    PayrollMonth,
    Statement,
    StatementState,
    Suspense,
)
from polecam.journal.models import Event
from polecam.kit import periods
from polecam.organisation import settings
from polecam.people.models import Engagement, Person
from polecam.people.permissions import Permission, standing
from polecam.referrals.models import Meeting
from polecam.sales.models import Sale, SaleState

DONE = (MonthState.CLOSED, MonthState.PAID)


@dataclass(frozen=True, slots=True)
class Month:
    """One month on its way. `state`: running, waiting (ended, an earlier one first), open (the next
    to be closed), asked, closed, paid. `row`: what is stored of it."""

    month: str
    state: str
    row: PayrollMonth | None


def stands_for_all(person: Person) -> bool:
    """Whether `person` may see the sums of the firm's months."""
    who = standing(person)
    wanted = (Permission.CLOSE_MONTH, Permission.APPROVE_MONTH)
    return closing_totals.stands_for_all({b for one in wanted for b in who.branches(one)})


def months(at: datetime) -> list[Month]:
    """Every month of the ledger until today's, newest first. Two queries."""
    now = periods.month_of(at, settings.zone())
    rows = {row.month: row for row in PayrollMonth.objects.select_related("asked_by", "closed_by")}
    first = min(rows, default="") or closing_reads.first_month() or now
    found: list[Month] = []
    month, next_found = first, False
    while month <= now:
        row = rows.get(month)
        state = str(row.state) if row else str(MonthState.OPEN)
        if state not in DONE:
            if month == now:
                state = "running"
            elif next_found:
                state = "waiting"
            next_found = True
        found.append(Month(month, state, row))
        month = periods.next_month(month)
    return found[::-1]


@dataclass(frozen=True, slots=True)
class Check:
    """One row of the checklist: ok, blocks, or info (to know of). `n` and `grosze` go with it."""

    code: str
    state: str
    n: int = 0
    grosze: int = 0

    @property
    def is_ok(self) -> bool:
        """Nothing to say."""
        return self.state == "ok"


@dataclass
class Desk:
    """A month as payroll sees it. `sums`: of its statements; `checks`: in their order."""

    month: Month
    published: int = 0
    sums: dict[str, int] = field(default_factory=dict)
    checks: list[Check] = field(default_factory=list)
    unpaid_before: str = ""


def desk(month: Month, every: list[Month], at: datetime) -> Desk:
    """The page of a month. What the nightly check and the ledger's own proof say is asked anew when
    somebody asks for the closing; here stands what the last night found."""
    found = Desk(month=month)
    own = Statement.objects.filter(payroll_month__month=month.month)
    found.sums = {
        key: value or 0
        for key, value in own.aggregate(
            people=Count("pk"),
            opening=Sum("opening_grosze"),
            closing=Sum("closing_grosze"),
            payout=Sum("payout_grosze"),
            unpaid=Count("pk", filter=Q(payout_grosze=0)),
            done=Count("pk", filter=Q(state=StatementState.PAID)),
            unengaged=Count(
                "pk", filter=~Exists(Engagement.objects.filter(person=OuterRef("person")))
            ),
        ).items()
    }
    found.published = found.sums["people"]
    found.unpaid_before = next(
        (one.month for one in every if one.month < month.month and one.state == "closed"), ""
    )
    if month.state in DONE:
        return found
    found.checks = [
        Check("ended", "blocks" if month.state == "running" else "ok"),
        Check("order", "blocks" if month.state == "waiting" else "ok"),
        Check("paid_before", "blocks" if found.unpaid_before else "ok"),
        _night(month.month),
        Check("published", "ok" if found.published else "info", found.published),
        *_contested(),
        *_unconfirmed(month.month),
        Check("engagements", "info" if found.sums["unengaged"] else "ok", found.sums["unengaged"]),
        Check("nothing_paid", "info" if found.sums["unpaid"] else "ok", found.sums["unpaid"]),
        _owed(),
    ]
    return found


def _night(month: str) -> Check:
    """What the last nightly check said about the month; `n`: amounts that differed."""
    runs = Event.objects.filter(kind="bonus.run", data__month=month).order_by("-id")
    data = runs.values_list("data", flat=True).first()
    if data is None:
        return Check("night", "info")
    return Check("night", "blocks" if data["wrong"] else "ok", data["wrong"])


def _contested() -> list[Check]:
    rows = Suspense.objects.filter(ended_at=None)
    found = rows.aggregate(n=Count("dispute", distinct=True), grosze=Sum("amount_grosze"))
    return [Check("disputes", "info" if found["n"] else "ok", found["n"], found["grosze"] or 0)]


def _unconfirmed(month: str) -> list[Check]:
    """Sold or met until the end of the month, and confirmed by nobody: it lands in a later one."""
    end = periods.month_bounds(month, settings.zone())[1]
    sales = Sale.objects.filter(state=SaleState.REPORTED, reported_at__lt=end).count()
    meetings = Meeting.objects.filter(
        held_at__lt=end, confirmed_at=None, missed_at=None, referral__erased_at=None
    ).count()
    return [
        Check("sales", "info" if sales else "ok", sales),
        Check("meetings", "info" if meetings else "ok", meetings),
    ]


def _owed() -> Check:
    rows = Account.objects.filter(
        kind=AccountKind.RECEIVABLE, balance__lt=0, person__isnull=False
    ).aggregate(n=Count("pk"), grosze=Sum("balance"))
    return Check("owed", "info" if rows["n"] else "ok", rows["n"], -(rows["grosze"] or 0))


def statements(person: Person, month: str) -> QuerySet[Statement]:
    """The statements of a month whose amounts `person` may see, by name."""
    people = payees(person)
    rows = Statement.objects.filter(payroll_month__month=month, person__in=people)
    return rows.select_related("person").order_by(
        "person__last_name", "person__first_name", "person"
    )


def payees(person: Person) -> QuerySet[Person]:
    """Whose amounts `person` may see: members, past ones too, of their branches."""
    branches = standing(person).branches(Permission.SEE_AMOUNTS)
    return Person.objects.filter(memberships__branch__in=branches).distinct()


@dataclass(frozen=True, slots=True)
class Correction:
    """What a month corrects of an earlier, closed one: differences and what was taken back."""

    lines: int
    grosze: int
    back_lines: int
    back_grosze: int


def corrections(month: str) -> Correction:
    """Of lines of earlier months: differences posted in `month`, and voids posted in it."""
    later = Q(month=month, corrects__month__lt=month)
    back = Q(voiding__month=month, month__lt=month)
    found = Line.objects.filter(later | back).aggregate(
        lines=Count("pk", filter=later),
        grosze=Sum("amount_grosze", filter=later),
        back_lines=Count("pk", filter=back),
        back_grosze=Sum("amount_grosze", filter=back),
    )
    return Correction(**{name: value or 0 for name, value in found.items()})


@dataclass(frozen=True, slots=True)
class Corrected:
    """One line as a correction: what it was about and by how much. `since`: its first month."""

    person: str
    line: str
    since: str
    grosze: int
    kind: str


def corrected(person: Person, month: str, *, limit: int = 200) -> list[Corrected]:
    """The corrections of a month, of people whose amounts `person` may see; at most `limit`."""
    lines = Line.objects.filter(person__in=payees(person)).select_related("person", "corrects")
    later = lines.filter(month=month, corrects__month__lt=month)
    back = lines.filter(voiding__month=month, month__lt=month)
    rows = [
        *((row, "difference", row.amount_grosze) for row in later.order_by("id")[:limit]),
        *((row, "taken_back", -row.amount_grosze) for row in back.order_by("id")[:limit]),
    ]
    return [
        Corrected(row.person.full_name, row.public_id, (row.corrects or row).month, grosze, kind)
        for row, kind, grosze in rows
    ]
