"""My referrals as a list: grouped by state, searched, counted, fifty rows a page.

Built for long lists: the page's rows come as tuples, everything else about them in one query per
room, so that the cost does not grow with the number of referrals.
"""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL

from polecam.claims.models import Claim
from polecam.insights import moves
from polecam.insights.pipeline_money import add_money
from polecam.kit import names
from polecam.kit.periods import month_bounds, month_of
from polecam.people.models import Person
from polecam.referrals import states
from polecam.referrals.models import Meeting, Referral
from polecam.referrals.queries import mine

SIZE = 50
WAITING, CONTACT, MEETING, SOLD, EARLIER, ENDED = GROUPS = (
    "waiting",
    "contact",
    "meeting",
    "sold",
    "earlier",
    "ended",
)
"""In the order of the page; `sold`: won this month, `earlier`: won before."""
ALL, MOVE = "all", "move"
SHOWS = (ALL, MOVE, *GROUPS)
"""What a deep link may ask for."""
STATES_OF = {
    WAITING: states.WAITING,
    CONTACT: frozenset({states.CONSENTED, states.CONTACTED}),
    MEETING: frozenset({states.MEETING}),
    SOLD: frozenset({states.WON}),
    EARLIER: frozenset({states.WON}),
    ENDED: states.ENDED,
}
NONE = (0, 0)
COLUMNS = (
    "pk",
    "public_id",
    "state",
    "second",
    "state_at",
    "erase_at",
    "preferred_channel",
    "preferred_day",
    "preferred_time",
    "next_step",
    "next_step_at",
    "lost_reason",
    "plan_version_id",
    "branch_id",
    "party__first_name",
    "party__last_name",
    "client__party__first_name",
    "client__party__last_name",
    "client__party__form",
)


@dataclass(slots=True)
class Row:
    """One referral of the list, still without words. Contact data have no place here.

    `held`: the reader works it (now, or until it ended). `claim_until` only while exclusivity
    lasts. `met`: the last meeting took place; `missed`: it did not. `estimate_grosze`: what a
    talk under way may still bring the reader; `earned_grosze`: what a sale did bring them.
    """

    pk: int
    public_id: str
    state: str
    second: bool
    state_at: datetime
    erase_at: datetime | None
    preferred_channel: str
    preferred_day: date | None
    preferred_time: str
    next_step: str
    next_step_at: datetime | None
    lost_reason: str
    plan_version_id: int | None
    branch_id: int
    first_name: str | None
    last_name: str | None
    by_first: str | None
    by_last: str | None
    by_form: str | None
    group: str = ""
    held: bool = False
    claim_until: datetime | None = None
    claim_days: int = 0
    meeting_at: datetime | None = None
    met: bool = False
    missed: bool = False
    meeting_confirmed: bool = False
    estimate_grosze: int | None = None
    earned_grosze: int | None = None
    sale_state: str = ""
    sold_on: date | None = None
    led_by: str = ""
    """A colleague's first name, where it was handed on."""


@dataclass(slots=True)
class Shelf:
    """One page of the list."""

    rows: list[Row]
    counts: dict[str, int]
    moves: int
    show: str
    number: int
    pages: int
    found: int
    ever: bool = True
    groups: list[tuple[str, int, list[Row]]] = field(default_factory=list)


def shelf(
    person: Person, *, at: datetime, zone: str, show: str = ALL, text: str = "", number: int = 1
) -> Shelf:
    """Page `number` of what `person` brought or holds; `text` searches names, folded."""
    all_of_them = mine(person, at=at)
    base = searched(all_of_them, person, text)
    month = month_bounds(month_of(at, zone), zone)[0]
    counts = _counts(base, month)
    moving = moves.keys(person, at=at, zone=zone)
    if show == MOVE:
        wanted = base.filter(pk__in=moving)
        sizes = {MOVE: len(moving) if base is all_of_them else wanted.count()}
    else:
        wanted, sizes = base, {g: counts[g] for g in ([show] if show in GROUPS else GROUPS)}
    found = sum(sizes.values())
    pages = max(1, -(-found // SIZE))
    number = min(max(1, number), pages)
    rows = _rows(wanted, sizes, month, number)
    _about(rows, person, at=at)
    add_money(rows, person, at=at, zone=zone)
    made = Shelf(rows, counts, len(moving), show, number, pages, found)
    for group in GROUPS:
        inside = [row for row in rows if row.group == group]
        if inside:
            made.groups.append((group, counts[group], inside))
    made.ever = bool(sum(counts.values())) or bool(text)
    return made


def searched(base: QuerySet[Referral], person: Person, text: str) -> QuerySet[Referral]:
    """Those whose friend or recommending client is called `text`, accents and order aside.

    Last names of friends are searched only where the reader holds (or held) the claim: elsewhere
    the originator knows a first name and nothing else may be guessed.
    """
    key = names.fold(text)[:80]
    if not key:
        return base
    held = Exists(Claim.objects.filter(referral=OuterRef("pk"), holder=person))
    friend = Q(party__name_key__contains=key) | Q(party__name_key2__contains=key)
    first = Q(party__name_key__startswith=key) if " " not in key else Q(pk__in=[])
    client = Q(client__party__name_key__contains=key) | Q(client__party__name_key2__contains=key)
    return base.filter(client | first | (friend & Q(held)))


def _counts(base: QuerySet[Referral], month: datetime) -> dict[str, int]:
    """Rows in each group."""
    recent = Count("pk", filter=Q(state=states.WON, state_at__gte=month))
    rows = base.order_by().values_list("state").annotate(n=Count("pk"), new=recent)
    found = {state: (number, new) for state, number, new in rows}
    counts = {
        group: sum(found.get(state, NONE)[0] for state in inside)
        for group, inside in STATES_OF.items()
    }
    counts[SOLD] = found.get(states.WON, NONE)[1]
    counts[EARLIER] -= counts[SOLD]
    return counts


def group_of(state: str, state_at: datetime, month: datetime) -> str:
    """The group of a row; `month`: when the current month began."""
    if state == states.WON:
        return SOLD if state_at >= month else EARLIER
    return next(group for group, inside in STATES_OF.items() if state in inside)


def _rows(
    wanted: QuerySet[Referral], sizes: dict[str, int], month: datetime, number: int
) -> list[Row]:
    """The rows of one page. Groups that lie wholly on other pages are left out of the sorting."""
    start, end = (number - 1) * SIZE, number * SIZE
    first, touched = 0, []
    skipped = 0
    for group, size in sizes.items():
        if first + size <= start:
            skipped += size
        elif first < end and size:
            touched.append(group)
        first += size
    if not touched:
        return []
    if MOVE not in touched and len(touched) < len(GROUPS):
        within = Q()
        for group in touched:
            within |= _within(group, month)
        wanted = wanted.filter(within)
    # The page's keys first, over one narrow index; names are joined for fifty rows only.
    keys = wanted.order_by(RANK, DUE, "-state_at", "-pk").values_list("pk", flat=True)
    page = list(keys[start - skipped : end - skipped])
    found = {
        row[0]: Row(*row) for row in Referral.objects.filter(pk__in=page).values_list(*COLUMNS)
    }
    rows = [found[pk] for pk in page]
    for row in rows:
        row.group = group_of(row.state, row.state_at, month)
    return rows


def _ranks() -> str:
    """CASE over states: their place on the page. Won rows fall apart by month on their own."""
    cases = [
        f"WHEN '{state}' THEN {GROUPS.index(group)}"
        for group, inside in STATES_OF.items()
        if group != EARLIER
        for state in sorted(inside)
    ]
    return f"CASE referrals_referral.state {' '.join(cases)} END"


WORKED = ", ".join(f"'{state}'" for state in sorted(states.WORKABLE))
RANK = RawSQL(_ranks(), ())  # noqa: S611 - constants of this module
DUE = RawSQL(  # noqa: S611 - constants of this module
    f"CASE WHEN referrals_referral.state IN ({WORKED}) THEN "
    "COALESCE(referrals_referral.next_step_at, referrals_referral.state_at) END",
    (),
)
"""Open work is ordered by when it is due, the rest by its newest step."""


def _within(group: str, month: datetime) -> Q:
    if group == SOLD:
        return Q(state=states.WON, state_at__gte=month)
    if group == EARLIER:
        return Q(state=states.WON, state_at__lt=month)
    return Q(state__in=STATES_OF[group])


def _about(rows: list[Row], person: Person, *, at: datetime) -> None:
    """Claims and meetings of the page's rows: one query each."""
    index = {row.pk: row for row in rows}
    claims = Claim.objects.filter(
        Q(holder=person) | Q(ended_at=None, until__gt=at),
        referral__in=[row.pk for row in rows if row.state not in states.WAITING],
    )
    columns = ("referral", "since", "until", "ended_at", "holder", "holder__first_name")
    for pk, since, until, ended, holder, name in claims.values_list(*columns):
        row = index[pk]
        if holder != person.pk:
            row.led_by = name
            continue
        row.held = True
        if ended is None and until > at:
            row.claim_until, row.claim_days = until, (until - since).days
    met = [row.pk for row in rows if row.state == states.MEETING]
    meetings = Meeting.objects.filter(referral__in=met).order_by("pk") if met else ()
    for meeting in meetings:
        row = index[meeting.referral_id]
        row.meeting_at = meeting.at
        row.met, row.missed = meeting.held_at is not None, meeting.missed_at is not None
        row.meeting_confirmed = row.meeting_confirmed or meeting.confirmed_at is not None
