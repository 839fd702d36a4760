"""What a proposed set of shares must keep, and how room is made for one more. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from polecam.claims.rules import Part, check_parts
from polecam.kit.errors import Refused
from polecam.kit.money import WHOLE_BP, allocate

ROLES = ("introducer", "opener", "closer")
LONGEST_NOTE = 240
SHARED_FROM = 2
"""A set of so many people is a joint one."""


def check_proposal(before: Sequence[Part], after: Sequence[Part], by_id: int) -> None:
    """Raise Refused unless `by_id` may propose `after` instead of `before`.

    "shares_sum", "share_twice"; "shares_same" when nothing would change; "share_role" for an
    unknown role, or for another one of a colleague whose part stays as it is: they are not asked.
    """
    check_parts(after)
    if any(part.role not in ROLES for part in after):
        raise Refused("share_role", field="shares")
    now = {part.person_id: part for part in before}
    if {_said(part) for part in before} == {_said(part) for part in after}:
        raise Refused("shares_same", field="shares")
    for part in after:
        old = now.get(part.person_id)
        same = old is not None and old.share_bp == part.share_bp
        if same and old and old.role != part.role and part.person_id != by_id:
            raise Refused("share_role", field="shares")


def _said(part: Part) -> tuple[int, int, str]:
    return part.person_id, part.share_bp, part.role


def with_room(before: Sequence[Part], person_id: int, share_bp: int) -> list[Part]:
    """The set with one more: everyone gives up in proportion, to the basis point.

    Raises Refused: "share_have" when the person has a part already, "share_asked" unless the part
    asked for lies between nothing and the whole.
    """
    if any(part.person_id == person_id for part in before):
        raise Refused("share_have")
    if not 0 < share_bp < WHOLE_BP:
        raise Refused("share_asked", field="share")
    rest = allocate(WHOLE_BP - share_bp, {part.person_id: part.share_bp for part in before})
    kept = [replace(part, share_bp=rest[part.person_id]) for part in before if rest[part.person_id]]
    return [*kept, Part(person_id, share_bp)]


def fits_budget(used_grosze: int, granted_grosze: int, amount_grosze: int) -> None:
    """Raise Refused("extra_budget") where a month's budget does not hold one more extra."""
    if used_grosze + amount_grosze > granted_grosze:
        raise Refused("extra_budget")
