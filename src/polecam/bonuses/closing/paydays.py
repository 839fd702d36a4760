"""When an amount reaches its seller: what becomes payable in a month is paid in the next one."""

from datetime import date, datetime, timedelta

from polecam.kit.periods import first_day, month_of, next_month


def payday_of(month: str, day: int) -> date:
    """The day on which the payout of a month `YYYY-MM` is paid; `day` is 1 to 28."""
    return first_day(next_month(month)) + timedelta(days=day - 1)


def payday_for(vests_at: datetime, day: int, zone: str) -> date:
    """The day on which an amount is paid that becomes payable at `vests_at`."""
    return payday_of(month_of(vests_at, zone), day)
