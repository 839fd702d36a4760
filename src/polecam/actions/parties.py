"""Joining two records of one person, and parting them again. Nothing moves: a pointer is set.

Credits, shares, consents and the journal stay with the record on which they were made. What changes
is the claim: one person has one, so the earlier stays and the later referral becomes a further
recommendation; parting gives the rest of its time back (docs/adr/0020-one-person.md).
"""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db.models import Q, QuerySet

from polecam.actions import one_claim
from polecam.journal.record import record
from polecam.kit.errors import Refused
from polecam.parties import groups
from polecam.parties.models import FoundBy, Match, MatchState, Merge, Party
from polecam.people.models import Person
from polecam.people.permissions import Permission, require
from polecam.referrals.models import Referral
from polecam.store.tx import action, lock, lock_keys

JOINING = "parties-join"
"""The advisory lock of whoever changes which records are one person; taken before any other."""


def join(
    *, by: Person | None, at: datetime, one: Party, other: Party, match: Match | None = None
) -> Merge:
    """Two records are of one person from now on; the older stands. `by` None: by itself.

    Raises Refused: "same_record" (a record with itself), "record_erased", "joined_already",
    "said_different" (a human said so of two of the records concerned), NotAllowed.
    """
    with action():
        lock_keys([JOINING])
        require(by, Permission.JOIN_RECORDS)
        one, other = Party.objects.get(pk=one.pk), Party.objects.get(pk=other.pk)
        if one.pk == other.pk:
            raise Refused("same_record")
        if one.erased_at is not None or other.erased_at is not None:
            raise Refused("record_erased")
        if groups.head(one) == groups.head(other):
            raise Refused("joined_already")
        mine, theirs = groups.of(one), groups.of(other)
        if said_different(mine, theirs, but=match):
            raise Refused("said_different")
        hold([*mine, *theirs])
        kept, merged = sorted((groups.head(one), groups.head(other)))
        merge = Merge.objects.create(kept_id=kept, merged_id=merged, match=match, by=by, at=at)
        point([*mine, *theirs])
        answer_open(mine, theirs, by=by, at=at)
        one_claim.settle([party.pk for party in (*mine, *theirs)], at=at)
        data = {
            "kept": merge.kept.public_id,
            "merged": merge.merged.public_id,
            "match": match.public_id if match else "",
        }
        record("merge.made", merge, by=by, at=at, data=data)
    return merge


def part(*, by: Person, at: datetime, merge: Merge) -> None:
    """They are two people after all: forget the pointer; a claim that the join ended goes on.

    The pair is not asked about again. Raises Refused("parted_already"), NotAllowed.
    """
    with action():
        lock_keys([JOINING])
        require(by, Permission.JOIN_RECORDS)
        merge = lock(merge)
        if merge.undone_at is not None:
            raise Refused("parted_already")
        members = groups.of(merge.kept, merge.merged)
        hold(members)
        merge.undone_by, merge.undone_at = by, at
        merge.save(update_fields=["undone_by", "undone_at"])
        point(members)
        remember_different(merge, by=by, at=at)
        one_claim.give_back([party.pk for party in members], ended_at=merge.at, at=at)
        data = {"kept": merge.kept.public_id, "merged": merge.merged.public_id}
        record("merge.undone", merge, by=by, at=at, data=data)


def said_different(
    mine: Iterable[Party], theirs: Iterable[Party], *, but: Match | None = None
) -> bool:
    """Whether somebody said "two people" of one record here and one there."""
    rows = across(mine, theirs).filter(state=MatchState.DIFFERENT)
    return rows.exclude(pk=but.pk).exists() if but else rows.exists()


def across(mine: Iterable[Party], theirs: Iterable[Party]) -> QuerySet[Match]:
    """Pairs of one record here and one there."""
    here, there = [party.pk for party in mine], [party.pk for party in theirs]
    return Match.objects.filter(Q(one__in=here, other__in=there) | Q(one__in=there, other__in=here))


def hold(parties: Collection[Party]) -> None:
    """Inner step: nobody makes or ends a claim of these people meanwhile."""
    keys = {key for party in parties for key in (party.phone_index, party.email_index)}
    lock_keys(keys - {""})
    rows = Referral.objects.select_for_update(of=("self",), no_key=True).filter(party__in=parties)
    list(rows.order_by("pk").values_list("pk", flat=True))


def point(parties: Collection[Party]) -> None:
    """Inner step: let every record point where the standing merges lead."""
    ids = [party.pk for party in parties]
    rows = Merge.objects.filter(merged__in=ids, undone_at=None)
    kept_of = dict(rows.values_list("merged_id", "kept_id"))
    now = groups.pointers(ids, kept_of)
    for party in parties:
        if party.same_as_id != now[party.pk]:
            Party.objects.filter(pk=party.pk).update(same_as=now[party.pk])


def answer_open(
    mine: Iterable[Party], theirs: Iterable[Party], *, by: Person | None, at: datetime
) -> None:
    """Inner step: questions about these records have their answer now."""
    rows = across(mine, theirs).filter(state=MatchState.OPEN)
    rows.update(state=MatchState.SAME, decided_by=by, decided_at=at)


def remember_different(merge: Merge, *, by: Person, at: datetime) -> None:
    """Inner step: the pair of a join that was undone is not suggested again."""
    answer = {"state": MatchState.DIFFERENT, "decided_by": by, "decided_at": at}
    Match.objects.update_or_create(
        one_id=merge.kept_id,
        other_id=merge.merged_id,
        defaults=answer,
        create_defaults={
            **answer,
            "score_bp": 0,
            "found_by": FoundBy.PERSON,
            "found_at": at,
        },
    )
    if merge.match_id is not None:
        Match.objects.filter(pk=merge.match_id).update(**answer)
