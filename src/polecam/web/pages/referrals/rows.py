"""Rows of My referrals as ready markup, made once in Python: a template loop would cost more."""

from datetime import date, datetime
from functools import lru_cache

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
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


def render(row: Row, *, address: str, at: datetime, today: date) -> SafeString:
    """One row: who, what now, from whom, and at the side the days, the meeting or the money."""
    name = whom(row)
    sub, strong = now(row, at=at, today=today)
    sub = f'<b class="now">{escape(sub)}</b>' if strong else escape(sub)
    by = source(row)
    under = f'<span class="row__sub">{escape(by)}</span>' if by else ""
    return mark_safe(  # noqa: S308 - every name is escaped above
        f'<a class="row" href="{address}">{_avatar(row)}<span class="row__main">'
        f'<span class="row__title">{escape(name)}</span>'
        f'<span class="row__sub row__sub--now">{sub}</span>{under}</span>'
        f"{_side(row, at=at, today=today, strong=strong)}</a>"
    )


def whom(row: Row) -> str:
    """First and last name for whoever works it, the first name for the originator."""
    if row.held and row.last_name:
        return f"{row.first_name} {row.last_name}"
    return row.first_name or _("A recommended person")


def source(row: Row) -> str:
    """`od Anny Kowalczyk`."""
    if not row.by_first:
        return ""
    return _source(f"{row.by_first} {row.by_last or ''}".strip(), row.by_form, fmt.language())


@lru_cache(maxsize=4096)
def _source(name: str, form: str | None, language: str) -> str:
    return words.from_whom(name, form)


def _avatar(row: Row) -> str:
    last = row.last_name if row.held else ""
    initials = escape(names.initials(row.first_name or "·", last or ""))
    tone = TONES.get(row.group, "")
    css = f"avatar avatar--rec avatar--{tone}" if tone else "avatar avatar--rec"
    badge = ""
    if row.state in states.WAITING or (row.second and not row.held):
        badge = f'<span class="avatar__badge">{html.icon("lock")}</span>'
    return f'<span class="{css}" aria-hidden="true">{initials}{badge}</span>'


def now(row: Row, *, at: datetime, today: date) -> tuple[str, bool]:
    """What is the case, and whether it is the reader's move today."""
    if row.group == WAITING:
        return _waiting(row, today), False
    if row.second and not row.held:
        return _("already recommended, a colleague is in touch"), False
    if row.group == MEETING:
        return _meeting(row, at=at, today=today)
    if row.group == CONTACT:
        return _contact(row, today)
    return _over(row, today), False


def _waiting(row: Row, today: date) -> str:
    day = fmt.near(row.state_at, reference=today)
    if row.state == states.INVITED:
        return fmt.tie(_("the invitation went out %(day)s") % {"day": day})
    return fmt.tie(_("recorded %(day)s, the invitation waits") % {"day": day})


def _contact(row: Row, today: date) -> tuple[str, bool]:
    if row.next_step and row.next_step_at:
        due = fmt.as_day(row.next_step_at) <= today
        return words.planned(row.next_step, row.next_step_at, today), due
    if row.state == states.CONTACTED:
        return _("You have talked. Suggest a meeting"), row.claim_until is not None
    day = max(row.preferred_day, today) if row.preferred_day else None
    said = words.preferred(row.preferred_channel, day, row.preferred_time, today)
    mine = row.claim_until is not None and (day is None or day <= today)
    return said, mine and row.preferred_channel == "phone"


def _meeting(row: Row, *, at: datetime, today: date) -> tuple[str, bool]:
    if row.meeting_at and not row.met and not row.missed:
        if row.meeting_at > at:
            day = fmt.weekday(row.meeting_at, reference=today)
            return f"{day}, {fmt.clock(row.meeting_at)}", False
        return _("How was the meeting?"), True
    if row.next_step and row.next_step_at:
        due = fmt.as_day(row.next_step_at) <= today
        return words.planned(row.next_step, row.next_step_at, today), due
    if row.missed:
        return _("the meeting did not come about, suggest another day"), True
    return _("after the meeting, plan the next step"), True


def _over(row: Row, today: date) -> str:
    if row.state == states.WON:
        day = fmt.day(row.sold_on or row.state_at, reference=today)
        return fmt.tie(_("sold on %(day)s") % {"day": day})
    if row.state == states.LOST:
        return str(labels.LOST.get(row.lost_reason, _("ended")))
    if row.state == states.OBJECTED:
        return _("does not want to be contacted")
    return _("no answer in time, the data are erased")


def _side(row: Row, *, at: datetime, today: date, strong: bool) -> str:
    if row.group == WAITING:
        return ring(*_answer_days(row, today), soon=3, label="answer")
    if row.group == MEETING:
        if row.meeting_at and row.meeting_at > at and not (row.met or row.missed):
            return html.chip(_("arranged"), tone="leaf", icon_name="calendar-check")
        if row.estimate_grosze:
            money = html.money(row.estimate_grosze, approx=True, tone="honey")
            return f'<span class="row__side">{money}</span>'
    if row.group == CONTACT and row.claim_until:
        left = fmt.days_left(row.claim_until, reference=today)
        return ring(left, row.claim_days or 90, soon=SOON_DAYS, label="protection")
    if row.state == states.WON and row.sale_state:
        return _sold(row)
    return f'<span class="chev">{html.icon("chevron-right")}</span>'


def _answer_days(row: Row, today: date) -> tuple[int, int]:
    left = fmt.days_left(row.erase_at, reference=today) if row.erase_at else 0
    return left, max(ANSWER_DAYS, left)


def _sold(row: Row) -> str:
    state = escape(labels.SALE_STATES[row.sale_state])
    money = html.money(row.earned_grosze) if row.earned_grosze else ""
    return f'<span class="row__side">{money}<span class="micro">{state}</span></span>'


def ring(days: int, total: int, *, soon: int, label: str) -> str:
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
