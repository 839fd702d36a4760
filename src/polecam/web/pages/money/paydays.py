"""When money reaches its seller, in words."""

from datetime import datetime

from django.utils.translation import gettext as _

from polecam.bonuses.closing.paydays import payday_for, payday_of
from polecam.bonuses.models import Line, LineState
from polecam.insights.seller import Money
from polecam.kit.periods import day_of
from polecam.organisation import settings
from polecam.web.pages.money import words
from polecam.web.ui import format as fmt


def of_month(money: Money, *, at: datetime, zone: str) -> tuple[str, str]:
    """(`pierwsza wypłata 10 sty`: of what the month brought; `wypłata 10 gru`: of what became
    payable in it, which is of earlier months too); "" for a day that is over or never comes."""
    day, today = settings.value("payday", at=at), day_of(at, zone)
    soonest = words.soonest(money)
    first = payday_for(soonest, day, zone) if soonest else None
    due = payday_of(money.month, day) if money.view.payout > 0 else None
    return (
        _("first pay-day %(day)s") % {"day": fmt.day(first)} if first and first >= today else "",
        _("pay-day %(day)s") % {"day": fmt.day(due)} if due and due >= today else "",
    )


def of_line(line: Line, *, at: datetime, zone: str) -> str:
    """The day on which a line that is not yet paid will be; "" for one that never is."""
    if line.state not in (LineState.PENDING, LineState.PAYABLE):
        return ""
    day = settings.value("payday", at=at)
    vested = line.vesting.at if line.vesting else line.vests_at
    return fmt.day(payday_for(vested, day, zone))
