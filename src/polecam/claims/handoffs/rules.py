"""How a hand-off splits the credit, what it never takes, and how long anyone has. Pure.

One law behind all of it: a giver gives from their own part only. Whoever else shares the credit,
the originator above all, keeps what they have (invariant 6).
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from polecam.claims.rules import Part, check_parts
from polecam.kit import names
from polecam.kit.errors import Refused
from polecam.kit.money import share_of

ANYONE = 0
"""Stands in a split for whoever accepts."""
INTRODUCER, OPENER, CLOSER = "introducer", "opener", "closer"
OPENER_BP = 2_000
"""What a holder who did not bring the referral usually keeps: this much of their own part."""
FRIEND_DAYS = 7
"""How long a friend may think about another adviser."""
LONGEST_ABSENCE = 366
LONGEST_NOTE = 240

MOVES: dict[str, frozenset[str]] = {
    "proposed": frozenset({"offered", "declined", "withdrawn", "expired"}),
    "offered": frozenset({"accepted", "declined", "withdrawn", "expired"}),
    "accepted": frozenset({"done", "declined", "withdrawn", "expired"}),
    "done": frozenset({"returned"}),
}


def require_move(now: str, then: str) -> None:
    """Raise Refused("handoff_over") unless a hand-off in state `now` may become `then`."""
    if then not in MOVES.get(now, ()):
        raise Refused("handoff_over")


def require_time(expires_at: datetime, at: datetime) -> None:
    """Raise Refused("handoff_over") once the time to answer has passed (half-open)."""
    if expires_at <= at:
        raise Refused("handoff_over")


def answer_until(at: datetime, hours: int, claim_until: datetime) -> datetime:
    """Until when a colleague may answer: never longer than the exclusivity itself."""
    return min(at + timedelta(hours=hours), claim_until)


def friend_until(at: datetime, claim_until: datetime) -> datetime:
    """Until when the friend may answer: a week, never longer than the exclusivity itself."""
    return min(at + timedelta(days=FRIEND_DAYS), claim_until)


# --- the split ------------------------------------------------------------------------------------


def part(parts: Iterable[Part], person_id: int) -> int:
    """Somebody's part in basis points; 0 for a stranger to the set."""
    return next((p.share_bp for p in parts if p.person_id == person_id), 0)


def floor(parts: Iterable[Part], person_id: int) -> int:
    """Somebody's floor in force, in basis points."""
    return next((p.floor_bp for p in parts if p.person_id == person_id), 0)


def lowest_floor(before: Sequence[Part], originator_id: int, setting_bp: int) -> int:
    """The lowest floor a hand-off may agree on: the setting's or the one in force.

    A floor cannot lie above what the originator has.
    """
    wanted = max(setting_bp, floor(before, originator_id))
    return min(wanted, part(before, originator_id))


def split(
    before: Sequence[Part],
    *,
    giver_id: int,
    originator_id: int,
    receiver_id: int,
    kept_bp: int,
) -> list[Part]:
    """`before` with the giver's part cut down to `kept_bp`, the rest of it the receiver's.

    Nobody else's part moves. Where `kept_bp` is 0 the giver leaves the set.
    """
    gain = part(before, giver_id) - kept_bp
    after = []
    for old in before:
        if old.person_id == giver_id:
            role = old.role if giver_id == originator_id else OPENER
            if kept_bp:
                after.append(replace(old, share_bp=kept_bp, role=role))
        elif old.person_id == receiver_id:
            after.append(replace(old, share_bp=old.share_bp + gain))
        else:
            after.append(old)
    if gain > 0 and not part(before, receiver_id):
        role = INTRODUCER if receiver_id == originator_id else CLOSER
        after.append(Part(receiver_id, gain, role))
    return after


def usual_kept(
    before: Sequence[Part], *, giver_id: int, originator_id: int, author_bp: int, lowest_bp: int
) -> int:
    """What the giver usually keeps of their own part.

    An author keeps `author_bp` of it (the setting of the kind, 70% of a whole is 7,000), never less
    than the lowest floor or their own floor in force; any other holder a fifth, for having opened
    the talk.
    """
    own = part(before, giver_id)
    least = floor(before, giver_id)
    if giver_id == originator_id:
        least = max(least, lowest_bp)
        return min(own, max(least, share_of(own, author_bp)))
    return min(own, max(least, share_of(own, OPENER_BP)))


def check(
    before: Sequence[Part],
    after: Sequence[Part],
    *,
    giver_id: int,
    originator_id: int,
    receiver_id: int,
    floor_bp: int,
    lowest_bp: int,
) -> None:
    """Whether a giver may offer `after`. Raises Refused:

    "shares_sum", "share_twice"; "handoff_only_yours" when somebody besides the giver loses, or
    somebody besides the receiver gains; "handoff_nothing" when the receiver gains nothing;
    "shares_floor" when a floor in force or `floor_bp` is broken; "handoff_floor" when `floor_bp`
    lies below the lowest one.
    """
    check_parts(after)
    people = {p.person_id for p in (*before, *after)}
    for person_id in sorted(people):
        was, becomes = part(before, person_id), part(after, person_id)
        if becomes < floor(before, person_id):
            raise Refused("shares_floor", field="kept", floor_bp=floor(before, person_id))
        if becomes < was and person_id != giver_id:
            raise Refused("handoff_only_yours", field="kept")
        if becomes > was and person_id != receiver_id:
            raise Refused("handoff_only_yours", field="kept")
    if part(after, receiver_id) <= part(before, receiver_id):
        raise Refused("handoff_nothing", field="kept")
    if floor_bp < lowest_bp:
        raise Refused("handoff_floor", field="floor", floor_bp=lowest_bp)
    if part(after, originator_id) < floor_bp:
        raise Refused("shares_floor", field="floor", floor_bp=floor_bp)


def fixed(parts: Sequence[Part], originator_id: int, floor_bp: int) -> list[Part]:
    """The same parts with the originator's floor agreed on: written down at acceptance."""
    return [
        replace(p, floor_bp=max(p.floor_bp, min(floor_bp, p.share_bp)))
        if p.person_id == originator_id
        else p
        for p in parts
    ]


def taken_by(parts: Sequence[Part], person_id: int) -> list[Part]:
    """The split once it is known who accepted: their name in the place of ANYONE."""
    gain = part(parts, ANYONE)
    named = [p for p in parts if p.person_id != ANYONE]
    if not gain:
        return named
    if part(named, person_id):
        return [
            replace(p, share_bp=p.share_bp + gain) if p.person_id == person_id else p for p in named
        ]
    return [*named, Part(person_id, gain, CLOSER)]


def moved(
    now: Sequence[Part],
    agreed: Sequence[Part],
    *,
    giver_id: int,
    originator_id: int,
    receiver_id: int,
) -> list[Part]:
    """What the hand-off makes of the set in force `now`: exactly `agreed` where nothing changed.

    Where a decision or another agreement came in between, the receiver gets what was agreed, as far
    as the giver's own part (above its floor) still reaches.
    """
    own = part(now, giver_id) - floor(now, giver_id)
    gain = min(max(0, part(agreed, receiver_id) - part(now, receiver_id)), max(0, own))
    if not gain:
        return list(now)
    return split(
        now,
        giver_id=giver_id,
        originator_id=originator_id,
        receiver_id=receiver_id,
        kept_bp=part(now, giver_id) - gain,
    )


def same(one: Sequence[Part], other: Sequence[Part]) -> bool:
    """Whether two sets share the credit alike, roles and floors aside."""
    return {(p.person_id, p.share_bp) for p in one} == {(p.person_id, p.share_bp) for p in other}


# --- who fits, and who is away --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whom a referral would fit: a language (ISO code), a need, a town; "" = does not matter."""

    language: str = ""
    product: str = ""
    place: str = ""

    def __bool__(self) -> bool:
        return bool(self.language or self.product or self.place)

    @property
    def skills(self) -> set[tuple[str, str]]:
        """(kind, value) of each wish, places folded."""
        pairs = {("language", self.language), ("product", self.product), ("place", self.place)}
        return {(kind, folded(kind, value)) for kind, value in pairs if value}


def folded(kind: str, value: str) -> str:
    """A skill as it is compared: places without case and accents."""
    return names.fold(value) if kind == "place" else value


def fits(wanted: Wanted, skills: Collection[tuple[str, str]]) -> bool:
    """Whether somebody with these (kind, value) can do everything that is wanted."""
    return wanted.skills <= {(kind, folded(kind, value)) for kind, value in skills}


def check_days(since: date, until: date, today: date) -> None:
    """Days of an absence, half-open. Raises Refused("absence_days")."""
    if not today <= since < until or (until - since).days > LONGEST_ABSENCE:
        raise Refused("absence_days", field="until", days=LONGEST_ABSENCE)


def overlap(since: date, until: date, other_since: date, other_until: date) -> bool:
    """Whether two half-open spans of days share a day."""
    return since < other_until and other_since < until
