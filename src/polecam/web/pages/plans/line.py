"""The line of a plan's versions, and other words the pages of plans share."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from polecam.bonuses.models import FactKind, Plan, PlanVersion
from polecam.bonuses.planning.component_rules import EARNING
from polecam.web.ui import format as fmt
from polecam.web.ui import plan_nouns as nouns


@dataclass(frozen=True, slots=True)
class Mark:
    """A version on the line: `state` is past, live, ahead, waits or draft."""

    number: int
    url: str
    since: str
    state: str
    word: str
    tone: str
    shown: bool
    public_id: str


def of_plan(plan: Plan, *, at: datetime, shown: PlanVersion | None) -> list[Mark]:
    """Every version of a plan, oldest first, its draft last."""
    rows = PlanVersion.objects.filter(plan=plan).order_by("valid_from", "number")
    return marks(list(rows), at=at, shown=shown)


def marks(
    rows: list[PlanVersion], *, at: datetime, shown: PlanVersion | None, drafts: bool = True
) -> list[Mark]:
    """The line of these versions; without `drafts` only what is published."""
    published = sorted((v for v in rows if v.published_at), key=lambda v: v.valid_from)
    live = next((v for v in reversed(published) if v.valid_from <= at), None)
    found = []
    for place, version in enumerate(published):
        following = published[place + 1] if place + 1 < len(published) else None
        past = live is not None and version.valid_from < live.valid_from
        state = "live" if version == live else "past" if past else "ahead"
        since = fmt.day(version.valid_from)
        if past and following is not None:
            since = f"{since} – {fmt.day(following.valid_from - timedelta(days=1))}"
        else:
            since = _("since %(day)s") % {"day": since}
        found.append(_mark(version, since, state, shown))
    for version in rows if drafts else ():
        if not version.published_at:
            since = _("since %(day)s") % {"day": fmt.day(version.valid_from)}
            found.append(_mark(version, since, "waits" if version.submitted_at else "draft", shown))
    return found


def _mark(version: PlanVersion, since: str, state: str, shown: PlanVersion | None) -> Mark:
    words = {
        "live": (_("in force"), "leaf"),
        "ahead": (_("announced"), "honey"),
        "waits": (_("waits for approval"), "honey"),
        "draft": (_("draft"), "honey"),
        "past": ("", ""),
    }
    places = {"draft": "plans:edit", "waits": "plans:approve"}
    url = (
        reverse(places[state], args=[version.public_id])
        if state in places
        else f"{reverse('money:plan')}?v={version.public_id}"
    )
    return Mark(
        version.number, url, since, state, *words[state], version == shown, version.public_id
    )


def kinds() -> list[tuple[str, str]]:
    """What a new sentence may pay for."""
    return [(kind, str(nouns.NAMES[FactKind(kind)])) for kind in EARNING]


def covers(plan: Plan) -> str:
    """Whom a plan is meant for, in a few words."""
    if plan.branch is None:
        return _("the whole firm") if plan.covers_all else _("whom it is assigned to")
    if plan.covers_all:
        return _("everybody in %(branch)s") % {"branch": plan.branch.name}
    return _("in %(branch)s, whom it is assigned to") % {"branch": plan.branch.name}
