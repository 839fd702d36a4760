"""A human's word on two records that may be one person."""

from datetime import datetime

from polecam.actions import parties
from polecam.insights.matches import joins_visible_to, visible_to
from polecam.journal.record import record
from polecam.kit.errors import NotAllowed, Refused
from polecam.parties.models import Match, MatchState, Merge
from polecam.people.models import Person
from polecam.people.permissions import Permission, require
from polecam.store.tx import action, lock, lock_keys


def one_person(*, by: Person, at: datetime, match: Match) -> Merge:
    """ "One person": the records are joined. Nothing is lost, and it can be undone.

    Raises Refused("match_answered") and what `parties.join` refuses, NotAllowed.
    """
    with action():
        match = _open(by, match)
        _tell(match, MatchState.SAME, by=by, at=at)
        return parties.join(by=by, at=at, one=match.one, other=match.other, match=match)


def two_people(*, by: Person, at: datetime, match: Match) -> Match:
    """ "Two people": this pair is not asked about again. Raises Refused("match_answered")."""
    with action():
        match = _open(by, match)
        match.state, match.decided_by, match.decided_at = MatchState.DIFFERENT, by, at
        match.save(update_fields=["state", "decided_by", "decided_at"])
        _tell(match, MatchState.DIFFERENT, by=by, at=at)
    return match


def ask_again(*, by: Person, at: datetime, match: Match) -> Match:
    """ "Two people" was said too quickly: the pair waits once more.

    Raises Refused("match_open") where nobody said so, NotAllowed.
    """
    with action():
        lock_keys([parties.JOINING])
        require(by, Permission.JOIN_RECORDS)
        match = lock(match)
        _require_seen(by, match)
        if match.state != MatchState.DIFFERENT:
            raise Refused("match_open")
        match.state, match.decided_by, match.decided_at = MatchState.OPEN, None, None
        match.save(update_fields=["state", "decided_by", "decided_at"])
        record("match.reopened", match, by=by, at=at)
    return match


def part(*, by: Person, at: datetime, merge: Merge) -> None:
    """Undo a join, as `parties.part`, for whoever sees both records. Raises NotAllowed."""
    with action():
        lock_keys([parties.JOINING])
        require(by, Permission.JOIN_RECORDS)
        if merge.undone_at is None and not joins_visible_to(by).filter(pk=merge.pk).exists():
            raise NotAllowed("not_your_pair")
        parties.part(by=by, at=at, merge=merge)


def _open(by: Person, match: Match) -> Match:
    lock_keys([parties.JOINING])
    require(by, Permission.JOIN_RECORDS)
    match = lock(match)
    _require_seen(by, match)
    if match.state != MatchState.OPEN:
        raise Refused("match_answered")
    return match


def _require_seen(by: Person, match: Match) -> None:
    if not visible_to(by).filter(pk=match.pk).exists():
        raise NotAllowed("not_your_pair")


def _tell(match: Match, said: str, *, by: Person, at: datetime) -> None:
    record("match.decided", match, by=by, at=at, data={"said": str(said)})
