"""The clocks of friends who have not answered, and a rehearsal of the night that forgets."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from polecam.clients.models import Client
from polecam.insights import forgetting
from polecam.journal.models import Event
from polecam.kit.periods import day_bounds, day_of
from polecam.organisation import settings
from polecam.privacy.rules import NOTICE_DAYS, notice_due
from polecam.referrals.models import Referral
from polecam.web.access import OFFICERS, door
from polecam.web.pages.privacy.labels import NIGHT
from polecam.web.types import Request
from polecam.web.ui.firm import firm

PAGE = 50
NIGHTS = 7
MOST_RUNS = 4 * NIGHTS


@dataclass(frozen=True, slots=True)
class Clock:
    """One friend without an answer, by the referral's id: when they must have been told, and when
    they are erased by themselves."""

    ident: str
    branch: str
    captured_at: datetime
    due_at: datetime
    erased_at: datetime | None
    days: int


@dataclass(frozen=True, slots=True)
class Night:
    """What went on one day: (kind, number), in the journal's own numbers."""

    day: date
    gone: list[tuple[str, int]]


@door("privacy:clocks", OFFICERS)
@require_safe
def clocks(request: Request) -> HttpResponse:
    """Every clock that runs, the next to end first; and how many ended in an erasure."""
    at = datetime.now(UTC)
    page = Paginator(_running().order_by("captured_at", "id"), PAGE).get_page(
        request.GET.get("page")
    )
    late = at - timedelta(days=NOTICE_DAYS)
    context = {
        "page": page,
        "clocks": [_clock(referral, at) for referral in page.object_list],
        "overdue": _running().filter(captured_at__lt=late).count(),
        "erased": Referral.objects.filter(consented_at=None, erased_at__isnull=False).count(),
        "most": NOTICE_DAYS,
        "days": settings.value("unanswered_days", at=at),
    }
    return render(request, "privacy/clocks.html", context)


@door("privacy:retention", OFFICERS)
@require_safe
def retention(request: Request) -> HttpResponse:
    """If it ran tonight: counts, by the same selection as the job; and the last nights."""
    at = datetime.now(UTC)
    zone = firm().zone
    tonight = day_bounds(day_of(at, zone), zone)[1]
    tried = forgetting.rehearsal(tonight)
    context = {
        "tonight": tonight,
        "friends": [(NIGHT[kind], tried[kind]) for kind in forgetting.FRIENDS],
        "house": [(NIGHT[kind], tried[kind]) for kind in (*forgetting.HOUSE, *forgetting.FILES)],
        "nights": _nights(forgetting.last_runs(MOST_RUNS), zone)[:NIGHTS],
        "periods": settings.values("unanswered_days", "inactive_days", at=at),
    }
    return render(request, "privacy/retention.html", context)


def _running() -> QuerySet[Referral]:
    """Friends who have not answered and are nobody's client."""
    rows = Referral.objects.filter(consented_at=None, erased_at=None, party__isnull=False)
    return rows.exclude(party__in=Client.objects.values("party")).select_related("branch")


def _clock(referral: Referral, at: datetime) -> Clock:
    due = notice_due(referral.captured_at, None)
    return Clock(
        referral.public_id,
        referral.branch.name,
        referral.captured_at,
        due,
        referral.erase_at,
        ((referral.erase_at or due) - at).days,
    )


def _nights(events: list[Event], zone: str) -> list[Night]:
    """The runs of one day together, newest first."""
    days: dict[date, Counter[str]] = {}
    for event in events:
        days.setdefault(day_of(event.at, zone), Counter()).update(event.data)
    return [
        Night(day, [(str(NIGHT[kind]), gone[kind]) for kind in forgetting.KINDS if gone[kind]])
        for day, gone in days.items()
    ]
