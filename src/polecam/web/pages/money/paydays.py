"""When money reaches its seller, in words."""

from datetime import datetime

from django.utils.translation import gettext as _

from polecam.bonuses.models import Line, LineState
from polecam.bonuses.paydays import payday_for, payday_of
from polecam.insights.seller import Money
from polecam.kit.periods import day_of
from polecam.organisation import settings
from polecam.web.pages.money import words
from polecam.web.ui import format as fmt


def of_month(money: Money, *, at: datetime, zone: str) -> str:
    """`wypłata 10 gru`: the first pay-day that an amount of the month meets; "" for none ahead."""
    day = settings.value("payday", at=at)
    ahead = []
    if (soonest := words.soonest(money)) is not None:
        ahead.append(payday_for(soonest, day, zone))
    if money.view.payout > 0:
        ahead.append(payday_of(money.month, day))
    today = day_of(at, zone)
    first = min((one for one in ahead if one >= today), default=None)
    return _("pay-day %(day)s") % {"day": fmt.day(first)} if first else ""


def of_line(line: Line, *, at: datetime, zone: str) -> str:
    """The day on which a line that is not yet paid will be; "" for one that never is."""
    if line.state not in (LineState.PENDING, LineState.PAYABLE):
        return ""
    day = settings.value("payday", at=at)
    vested = line.vesting.at if line.vesting else line.vests_at
    return fmt.day(payday_for(vested, day, zone))
