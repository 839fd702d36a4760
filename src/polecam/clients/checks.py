"""What a noted moment and a rest must satisfy. Pure."""

from datetime import date, timedelta

from polecam.kit.errors import Refused

NEEDS_END = "not_now"
RATED = "high_rating"
LOWEST_GOOD_RATING = 9
FARTHEST = timedelta(days=730)
LONGEST_NOTE = 140


def check_moment(
    kind: str, *, on: date, today: date, rating: int | None, until: date | None, note: str
) -> None:
    """Raises Refused: "moment_rating", "moment_date", "moment_end", "cause_not_kept", "note_long".

    "Not now until" takes a date and never a cause: illness and grief are nobody's record.
    """
    if rating is not None and not 0 <= rating <= 10:
        raise Refused("moment_rating", field="rating")
    if kind == RATED and (rating or 0) < LOWEST_GOOD_RATING:
        raise Refused("moment_rating", field="rating")
    if not today - FARTHEST <= on <= today + FARTHEST:
        raise Refused("moment_date", field="on")
    if (until is None and kind == NEEDS_END) or (until is not None and until <= on):
        raise Refused("moment_end", field="until")
    if kind == NEEDS_END and note:
        raise Refused("cause_not_kept", field="note")
    if len(note) > LONGEST_NOTE:
        raise Refused("note_long", field="note")


def check_rest(until: date | None, *, today: date) -> None:
    """Raises Refused("rest_date") for a day that has passed or lies absurdly far."""
    if until is not None and not today < until <= today + FARTHEST:
        raise Refused("rest_date", field="until")
