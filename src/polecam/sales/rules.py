"""What may be reported, confirmed and voided. Pure: values in, values or Refused out."""

from collections.abc import Collection
from datetime import date

from polecam.kit.errors import Refused

BACKDATE_DAYS = 7
"""Days after which a report needs a reason (decisions.md)."""
LARGEST_GROSZE = 100_000_000_000
"""One billion zlotys: more is a slip of the keyboard."""
DELIVERED_DAYS = 21
"""Days from a sale to the client's own good moment: by then what was bought has proved itself."""


def require_day(sold_on: date, today: date, captured_on: date, late_reason: str) -> None:
    """Raise Refused for a day to come, before the referral, or over a week ago without a reason."""
    if sold_on > today:
        raise Refused("sale_in_future", field="sold_on")
    if sold_on < captured_on:
        raise Refused("sale_before_referral", field="sold_on", day=captured_on)
    if is_late(sold_on, today) and not late_reason:
        raise Refused("sale_backdated", field="late_reason", days=BACKDATE_DAYS)


def is_late(sold_on: date, today: date) -> bool:
    """Whether a sale of `sold_on`, reported `today`, needs a reason."""
    return (today - sold_on).days > BACKDATE_DAYS


def require_amounts(value_grosze: int, margin_grosze: int) -> None:
    """Raise Refused unless 0 < value, 0 <= margin <= value and both are believable (grosze)."""
    if not 0 < value_grosze <= LARGEST_GROSZE:
        raise Refused("sale_value", field="value")
    if not 0 <= margin_grosze <= value_grosze:
        raise Refused("sale_margin", field="margin")


def require_someone_else(by: int | None, earners: Collection[int]) -> None:
    """Raise Refused("own_confirmation") when `by` (person id) would earn by the own word."""
    if by is not None and by in earners:
        raise Refused("own_confirmation")


def require_state(state: str, allowed: Collection[str]) -> None:
    """Raise Refused("sale_state") unless the sale is in one of the `allowed` states."""
    if state not in allowed:
        raise Refused("sale_state", state=state)
