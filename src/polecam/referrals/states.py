"""Life of a referral: which state may follow which (domain.md). Pure: plain strings in and out."""

from polecam.kit.errors import Refused

CAPTURED, INVITED, CONSENTED = "captured", "invited", "consented"
CONTACTED, MEETING, WON, LOST = "contacted", "meeting", "won", "lost"
OBJECTED, EXPIRED = "objected", "expired"

MOVES: dict[str, frozenset[str]] = {
    CAPTURED: frozenset({INVITED, CONSENTED, OBJECTED, EXPIRED}),
    INVITED: frozenset({CONSENTED, OBJECTED, EXPIRED}),
    CONSENTED: frozenset({CONTACTED, MEETING, WON, LOST, OBJECTED, EXPIRED}),
    CONTACTED: frozenset({MEETING, WON, LOST, OBJECTED, EXPIRED}),
    MEETING: frozenset({WON, LOST, OBJECTED, EXPIRED}),
    WON: frozenset({LOST, OBJECTED, EXPIRED}),  # lost: only by voiding the sale
    LOST: frozenset({OBJECTED, EXPIRED}),
    OBJECTED: frozenset({EXPIRED}),
    EXPIRED: frozenset(),
}

WAITING = frozenset({CAPTURED, INVITED})
"""No consent yet: a first name only."""
WORKABLE = frozenset({CONSENTED, CONTACTED, MEETING})
"""The holder of the claim may act."""
OPEN = WAITING | WORKABLE
ENDED = frozenset({LOST, OBJECTED, EXPIRED})
STAGES = (CAPTURED, CONSENTED, MEETING, WON)
"""What a leaf on the page of a referral stands for, after the ask itself."""


def may_move(now: str, then: str) -> bool:
    """Whether a referral in state `now` may become `then`; staying is no move."""
    return then in MOVES[now]


def require_move(now: str, then: str) -> None:
    """Raise Refused("referral_move") unless `now` may become `then`."""
    if not may_move(now, then):
        raise Refused("referral_move", now=now, then=then)


def require_workable(now: str) -> None:
    """Raise Refused: "referral_waits" before consent, "referral_ended" after the end."""
    if now in WAITING:
        raise Refused("referral_waits")
    if now not in WORKABLE:
        raise Refused("referral_ended")


def after_contact(now: str, reached: bool) -> str:
    """The state after a logged contact: the first that reached the prospect moves it on."""
    return CONTACTED if reached and now == CONSENTED else now


def stage(state: str) -> int:
    """Leaves grown: 1 asked, 2 referred, 3 consented, 4 meeting, 5 sale."""
    if state in (CONSENTED, CONTACTED):
        return 3
    return {MEETING: 4, WON: 5}.get(state, 2)
