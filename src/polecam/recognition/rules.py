"""Who may praise whom, and whose good news may be told."""

from datetime import datetime

from polecam.kit.errors import Refused

LONGEST = 280


def check_praise(*, giver: int, receiver: int, together: bool, text: str) -> str:
    """The text as it is kept. Raises Refused for oneself, a stranger, or empty words."""
    words = " ".join(text.split())
    if giver == receiver:
        raise Refused("praise_oneself", field="receiver")
    if not together:
        raise Refused("praise_stranger", field="receiver")
    if not words:
        raise Refused("praise_empty", field="text")
    if len(words) > LONGEST:
        raise Refused("praise_long", field="text", most=LONGEST)
    return words


def may_tell(in_feed_since: datetime | None, at: datetime) -> bool:
    """Whether news of `at` about a person may be told: only what came after they agreed."""
    return in_feed_since is not None and at >= in_feed_since
