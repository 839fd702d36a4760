"""Rows of My referrals as ready markup, made once in Python: a template loop would cost more.

Pieces that repeat from row to row are kept by their words and language.
"""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polecam.insights.pipeline import CONTACT, MEETING, WAITING, Row
from polecam.kit import names
from polecam.referrals import states
from polecam.web.pages.referrals import words
from polecam.web.ui import format as fmt
from polecam.web.ui import html
from polecam.web.ui import referral_labels as labels

TONES = {"waiting": "chaber", "contact": "leaf", "meeting": "poppy", "sold": "honey"}
CIRCLE = 119.4
"""Length of a ring's circle of radius 19."""
SOON_DAYS = 14
ANSWER_DAYS = 14
"""How long an invitation waits for an answer (the setting's own length decides the real day)."""


@dataclass(frozen=True, slots=True)
class Scene:
    """When and for whom the rows are made; read once for the whole page."""

    at: datetime
    today: date
    zone: ZoneInfo
    language: str

    def day(self, at: datetime) -> date:
        """The calendar day of an instant."""
        return at.astimezone(self.zone).date()

    def near(self, day: date) -> str:
        """`dziś`, `pon. 23 lis`, `23 lis`."""
        return _near(day, self.today, self.language)


def scene(at: datetime, zone: str) -> Scene:
    """For the active language."""
    there = ZoneInfo(zone)
    return Scene(at, at.astimezone(there).date(), there, fmt.language())


@lru_cache(maxsize=4096)
def _near(day: date, today: date, language: str) -> str:
    return fmt.near(day, reference=today)


def render(row: Row, *, address: str, here: Scene) -> str:
    """One row: who, what now, from whom, and at the side the days, the meeting or the money."""
    sub, strong = now(row, here)
    sub = f'<b class="now">{escape(sub)}</b>' if strong else escape(sub)
    by = source(row, here.language)
    under = f'<span class="row__sub">{by}</span>' if by else ""
    return (
        f'<a class="row" href="{address}">{_avatar(row)}<span class="row__main">'
        f'<span class="row__title">{escape(whom(row))}</span>'
        f'<span class="row__sub row__sub--now">{sub}</span>{under}</span>'
        f"{_call() if strong and _to_call(row) else _side(row, here)}</a>"
    )


def whom(row: Row) -> str:
    """First and last name for whoever works it, the first name for the originator."""
    if row.held and row.last_name:
        return f"{row.first_name} {row.last_name}"
    return row.first_name or _("A recommended person")


def source(row: Row, language: str) -> str:
    """`od Anny Kowalczyk`, escaped."""
    if not row.by_first:
        return ""
    return _source(f"{row.by_first} {row.by_last or ''}".strip(), row.by_form, language)


@lru_cache(maxsize=4096)
def _source(name: str, form: str | None, language: str) -> str:
    return str(escape(words.from_whom(name, form)))


def _avatar(row: Row) -> str:
    last = row.last_name if row.held else ""
    locked = row.state in states.WAITING or (row.second and not row.held)
    return _initials(names.initials(row.first_name or "·", last or ""), row.group, locked)


@lru_cache(maxsize=2048)
def _initials(letters: str, group: str, locked: bool) -> str:
    tone = TONES.get(group, "")
    css = f"avatar avatar--rec avatar--{tone}" if tone else "avatar avatar--rec"
    badge = f'<span class="avatar__badge">{html.icon("lock")}</span>' if locked else ""
    return f'<span class="{css}" aria-hidden="true">{escape(letters)}{badge}</span>'


def now(row: Row, here: Scene) -> tuple[str, bool]:
    """What is the case, and whether it is the reader's move today."""
    if row.group == WAITING:
        return _waiting(row.state, here.near(here.day(row.state_at)), here.language), False
    if row.second and not row.held:
        return _("already recommended, a colleague is in touch"), False
    if row.state in states.WORKABLE and row.claim_until is None:
        return _led(row), False
    if row.group == MEETING:
        return _meeting(row, here)
    if row.group == CONTACT:
        return _contact(row, here)
    return _over(row.state, row.lost_reason, _day_of_sale(row, here), here.language), False


def _led(row: Row) -> str:
    """A colleague leads it, or nobody does any more."""
    if row.led_by:
        return _("%(who)s is in touch") % {"who": row.led_by}
    return _("exclusivity is over")


@lru_cache(maxsize=2048)
def _waiting(state: str, day: str, language: str) -> str:
    if state == states.INVITED:
        return fmt.tie(_("the invitation went out %(day)s") % {"day": day})
    return fmt.tie(_("recorded %(day)s, the invitation waits") % {"day": day})


def _contact(row: Row, here: Scene) -> tuple[str, bool]:
    if row.next_step and row.next_step_at:
        return _planned(row, here)
    if row.state == states.CONTACTED:
        return _("You have talked. Suggest a meeting"), True
    day = max(row.preferred_day, here.today) if row.preferred_day else None
    said = words.preferred(row.preferred_channel, day, row.preferred_time, here.today)
    due = day is None or day <= here.today
    return said, due


def _planned(row: Row, here: Scene) -> tuple[str, bool]:
    due = here.day(row.next_step_at) <= here.today if row.next_step_at else False
    return words.planned(row.next_step, row.next_step_at, here.today), due


def _meeting(row: Row, here: Scene) -> tuple[str, bool]:
    if row.meeting_at and not row.met and not row.missed:
        if row.meeting_at > here.at:
            day = fmt.weekday(here.day(row.meeting_at), reference=here.today)
            return f"{day}, {row.meeting_at.astimezone(here.zone):%H:%M}", False
        return _("How was the meeting?"), True
    if row.next_step and row.next_step_at:
        return _planned(row, here)
    if row.missed:
        return _("the meeting did not come about, suggest another day"), True
    return _("after the meeting, plan the next step"), True


def _day_of_sale(row: Row, here: Scene) -> str:
    if row.state != states.WON:
        return ""
    return fmt.day(row.sold_on or here.day(row.state_at), reference=here.today)


@lru_cache(maxsize=1024)
def _over(state: str, reason: str, day: str, language: str) -> str:
    if state == states.WON:
        return fmt.tie(_("sold on %(day)s") % {"day": day})
    if state == states.LOST:
        return str(labels.LOST.get(reason, _("ended")))
    if state == states.OBJECTED:
        return _("does not want to be contacted")
    return _("no answer in time, the data are erased")


def _side(row: Row, here: Scene) -> str:
    if row.group == WAITING:
        left = max(0, (here.day(row.erase_at) - here.today).days) if row.erase_at else 0
        return ring(left, max(ANSWER_DAYS, left), 3, "answer", here.language)
    if row.group == MEETING and row.claim_until:
        if row.meeting_at and row.meeting_at > here.at and not (row.met or row.missed):
            return _arranged(here.language)
        if row.estimate_grosze:
            money = html.money(row.estimate_grosze, approx=True, tone="honey")
            return f'<span class="row__side">{money}</span>'
    if row.group == CONTACT and row.claim_until:
        left = max(0, (here.day(row.claim_until) - here.today).days)
        return ring(left, row.claim_days or 90, SOON_DAYS, "protection", here.language)
    if row.state == states.WON and row.sale_state:
        return _sold(row)
    return f'<span class="chev">{html.icon("chevron-right")}</span>'


def _to_call(row: Row) -> bool:
    return row.group == CONTACT and (row.next_step or row.preferred_channel) in ("call", "phone")


@lru_cache(maxsize=1)
def _call() -> str:
    """The whole row is the link; the number is shown on the page behind it."""
    return (
        f'<span class="btn btn--primary btn--icon" aria-hidden="true">{html.icon("phone")}</span>'
    )


@lru_cache(maxsize=2)
def _arranged(language: str) -> str:
    return html.chip(_("arranged"), tone="leaf", icon_name="calendar-check")


def _sold(row: Row) -> str:
    state = escape(labels.SALE_STATES[row.sale_state])
    money = html.money(row.earned_grosze) if row.earned_grosze else ""
    return f'<span class="row__side">{money}<span class="micro">{state}</span></span>'


@lru_cache(maxsize=2048)
def ring(days: int, total: int, soon: int, label: str, language: str) -> str:
    """Days left in a circle that empties; honey when few are left. Says them aloud."""
    if label == "answer":
        said = ngettext("%(n)s day left to answer", "%(n)s days left to answer", days)
    else:
        said = ngettext("%(n)s day of protection left", "%(n)s days of protection left", days)
    full = round(CIRCLE * min(days, total) / max(total, 1), 1)
    css = "ring ring--soon" if days <= soon else "ring"
    return (
        f'<svg class="{css}" viewBox="0 0 44 44" role="img" aria-label="{said % {"n": days}}">'
        '<circle class="ring__track" cx="22" cy="22" r="19"/>'
        f'<circle class="ring__value" cx="22" cy="22" r="19" stroke-dasharray="{full} {CIRCLE}" '
        f'transform="rotate(-90 22 22)"/><text x="22" y="22.5">{days}</text></svg>'
    )
