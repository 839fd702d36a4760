"""Proof that joined records agree with their joins, and that one person has one claim."""

from collections import defaultdict
from collections.abc import Iterator

from polecam.claims.models import Claim
from polecam.parties import groups
from polecam.parties.models import Merge, Party


def problems() -> Iterator[str]:
    """Every pointer that the standing joins do not lead to, and every person with two claims."""
    kept_of = dict(Merge.objects.filter(undone_at=None).values_list("merged_id", "kept_id"))
    ids = {*kept_of, *kept_of.values()}
    ids |= set(Party.objects.filter(same_as__isnull=False).values_list("pk", flat=True))
    wanted = groups.pointers(ids, kept_of)
    rows = Party.objects.filter(pk__in=ids).order_by("pk")
    for pk, public_id, points in rows.values_list("pk", "public_id", "same_as_id"):
        if points != wanted[pk]:
            yield f"party {public_id}: points elsewhere than its joins lead"
    yield from _doubled()


def _doubled() -> Iterator[str]:
    held: dict[int, list[str]] = defaultdict(list)
    live = Claim.objects.filter(ended_at=None, referral__party__isnull=False)
    columns = ("public_id", "referral__party_id", "referral__party__same_as_id")
    for claim, party, points in live.order_by("pk").values_list(*columns):
        held[points or party].append(claim)
    for claims in held.values():
        if len(claims) > 1:
            yield f"claims {', '.join(claims)}: one person, more than one exclusivity"


def counts() -> tuple[int, int]:
    """(joins that stand, exclusivities that run)."""
    joins = Merge.objects.filter(undone_at=None).count()
    return joins, Claim.objects.filter(ended_at=None).count()
