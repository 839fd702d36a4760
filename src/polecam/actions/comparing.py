"""Who somebody may be: at consent, after an import, at night. By the system, never by a person.

Above the upper threshold two records are joined by themselves, if both stand by the same phone or
address; between the thresholds, and without such a proof, a human is asked, once for a pair.
"""

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from heapq import nlargest
from itertools import islice
from typing import NamedTuple, TypeVar

from polecam.actions import parties
from polecam.clients.models import Client
from polecam.imports.models import Import, ImportKind
from polecam.insights.known_keys import Known, known, may_join_by_itself
from polecam.journal.record import record
from polecam.kit.errors import Refused
from polecam.organisation import settings
from polecam.parties import batch, groups, online
from polecam.parties.likeness import Likeness, band, likeness
from polecam.parties.models import FoundBy, Match, MatchState, Party
from polecam.store.tx import action, lock_keys

T = TypeVar("T")
NEAREST = 8
"""Records looked at for one person; their own is among them."""
CHUNK_SECONDS = 0.04
"""What the statements of a transaction aim at; with its commit it stays within 100 ms."""
LOOKED_AT = 500
"""Pairs of the night that are judged with one set of queries."""
JOINS_A_NIGHT, QUESTIONS_A_NIGHT = 2_000, 200
"""More would be work for a human, not help; the next night goes on."""
SMALL_IMPORT = 500
"""New records that are compared right after an import; a bigger one waits for the night."""


class Judged(NamedTuple):
    """Two records, how alike they are, and what follows: "same" or "ask"."""

    score_bp: int
    one: Party
    other: Party
    reasons: tuple[str, ...]
    verdict: str


def compare(*, at: datetime, party: Party, found_by: str) -> list[Judged]:
    """Compare one record with everybody; join what is the same, ask a human about the rest.

    Nobody who has not agreed is compared. Reads first, then writes in a short transaction each.
    """
    me = known([party])[party.pk]
    if not me.comparable:
        return []
    same_bp, ask_bp = _thresholds(at)
    found = [
        candidate
        for candidate in online.candidates(me.said, limit=NEAREST)
        if candidate.party_id != groups.head(party) and candidate.likeness.score_bp >= ask_bp
    ]
    if not found:
        return []
    others = Party.objects.in_bulk([candidate.party_id for candidate in found])
    records = groups.of(*others.values())
    about = known(records)
    judged = []
    for candidate in found:
        stands = others[candidate.party_id]
        theirs = [about[record.pk] for record in records if groups.head(record) == stands.pk]
        best = _best(me, theirs, candidate.likeness)
        verdict = band(best.score_bp, same_bp, ask_bp)
        if verdict != "new":
            judged.append(_judged(me, theirs, stands, best, verdict))
    _write(judged, found_by, at=at)
    return judged


def compare_imported(*, at: datetime, job: Import) -> int:
    """Compare the clients that an import brought, if they are few; how many were compared."""
    if job.kind != ImportKind.CLIENTS or job.dry_run or job.created > SMALL_IMPORT:
        return 0
    brought = Client.objects.filter(imported_by=job, party__erased_at=None)
    new = list(brought.select_related("party").order_by("pk")[:SMALL_IMPORT])
    for client in new:
        compare(at=at, party=client.party, found_by=FoundBy.IMPORT)
    return len(new)


def compare_all(*, at: datetime) -> int:
    """At night: everybody with everybody. Writes the clearest pairs; how many.

    Short transactions, at most so many a night, and no pair is asked about twice.
    """
    same_bp, ask_bp = _thresholds(at)
    most = {"same": JOINS_A_NIGHT, "ask": QUESTIONS_A_NIGHT}
    kept: dict[str, list[Judged]] = {"same": [], "ask": []}
    for pair in _judge_pairs(batch.pairs(ask_bp=ask_bp), same_bp, ask_bp):
        pile, size = kept[pair.verdict], most[pair.verdict]
        pile.append(pair)
        if len(pile) >= 2 * size:
            pile[:] = nlargest(size, pile, key=_clearest)
    clearest = [
        pair
        for verdict, size in most.items()
        for pair in nlargest(size, kept[verdict], key=_clearest)
    ]
    _write(clearest, FoundBy.BATCH, at=at)
    return len(clearest)


def _thresholds(at: datetime) -> tuple[int, int]:
    values = settings.values("match_same_bp", "match_ask_bp", at=at)
    return values["match_same_bp"], values["match_ask_bp"]


def _clearest(pair: Judged) -> tuple[int, int]:
    return pair.score_bp, -pair.one.pk


def _best(me: Known, theirs: Sequence[Known], found: Likeness) -> Likeness:
    """How alike by keys both stand by; what was found is trusted where no key speaks in it."""
    if not {"same_phone", "same_email"} & set(found.reasons):
        return found
    fitting = [likeness(me.said, other.said) for other in theirs if other.comparable]
    return max(fitting, key=lambda alike: alike.score_bp, default=Likeness(0))


def _judged(
    me: Known, theirs: Iterable[Known], stands: Party, best: Likeness, verdict: str
) -> Judged:
    if verdict == "same" and not any(may_join_by_itself(me, other) for other in theirs):
        verdict = "ask"
    reasons = tuple(str(reason) for reason in best.reasons)
    return Judged(best.score_bp, me.party, stands, reasons, verdict)


def _judge_pairs(pairs: Iterable[batch.Pair], same_bp: int, ask_bp: int) -> Iterator[Judged]:
    """Pairs whose records may be compared and of which nobody was asked yet."""
    for some in _chunks(pairs, LOOKED_AT):
        ids = {ident for pair in some for ident in (pair.one_id, pair.other_id)}
        about = known(list(Party.objects.filter(pk__in=ids, erased_at=None)))
        asked = set(
            Match.objects.filter(one__in=ids, other__in=ids).values_list("one_id", "other_id")
        )
        for pair in some:
            one, other = about.get(pair.one_id), about.get(pair.other_id)
            if (pair.one_id, pair.other_id) in asked or not one or not other:
                continue
            if one.comparable and other.comparable:
                best = _best(one, [other], Likeness(pair.score_bp, pair.reasons))
                verdict = band(best.score_bp, same_bp, ask_bp)
                if verdict != "new":
                    yield _judged(one, [other], other.party, best, verdict)


def _chunks(items: Iterable[T], size: int) -> Iterator[list[T]]:
    source = iter(items)
    while some := list(islice(source, size)):
        yield some


def _write(pairs: Sequence[Judged], found_by: str, *, at: datetime) -> None:
    """Short transactions, each as many pairs as CHUNK_SECONDS hold: others write in between."""
    left = list(pairs)
    while left:
        with action():
            lock_keys([parties.JOINING])
            started = time.monotonic()
            while left and time.monotonic() - started < CHUNK_SECONDS:
                _settle(left.pop(0), found_by, at=at)


def _settle(pair: Judged, found_by: str, *, at: datetime) -> None:
    match = _noted(pair, found_by, at=at)
    if match is not None and pair.verdict == "same":
        with suppress(Refused):  # erased or joined meanwhile
            parties.join(by=None, at=at, one=match.one, other=match.other, match=match)


def _noted(pair: Judged, found_by: str, *, at: datetime) -> Match | None:
    """The question about two people, once; None when they are one already or it was answered."""
    fresh = Party.objects.in_bulk([pair.one.pk, pair.other.pk])
    records = {party.pk: party for party in groups.of(*fresh.values())}
    heads = sorted({groups.head(party) for party in fresh.values()})
    if len(heads) < 2 or any(records[pk].erased_at is not None for pk in heads):
        return None
    one, other = (
        [party for party in records.values() if groups.head(party) == head] for head in heads
    )
    asked = list(parties.across(one, other))
    if any(match.state == MatchState.DIFFERENT for match in asked):
        return None
    for match in asked:
        if (match.one_id, match.other_id) == (heads[0], heads[1]):
            return match if match.state == MatchState.OPEN else None
    match = Match.objects.create(
        one=records[heads[0]],
        other=records[heads[1]],
        score_bp=pair.score_bp,
        reasons=list(pair.reasons),
        found_by=found_by,
        found_at=at,
    )
    if pair.verdict == "ask":
        record("match.found", match, by=None, at=at, data={"found_by": str(found_by)})
    return match
