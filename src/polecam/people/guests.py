"""Whom to invite, and what is to be said of each before: a list looked at as a whole."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from polecam.kit import emails


class Verdict(StrEnum):
    """What is to be said of one row of a list of invitations."""

    NEW = "new"
    BACK = "back"
    AGAIN = "again"
    HERE = "here"
    TWICE = "twice"
    WRONG = "wrong"
    NO_BRANCH = "no_branch"
    NO_ROLE = "no_role"


GOOD = frozenset({Verdict.NEW, Verdict.BACK, Verdict.AGAIN})
"""Invited when one says "invite": new here, coming back, or invited already (a new link)."""


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody to invite: an address, a name if known, where (branch id), as what."""

    email: str
    first_name: str = ""
    last_name: str = ""
    branch_id: int | None = None
    role: str = ""
    language: str = "pl"


def key(address: str) -> str:
    """What two spellings of an address share."""
    return emails.same_key(address.strip())


def verdicts(
    guests: Sequence[Guest],
    *,
    branches: Collection[int],
    roles: Collection[str],
    here: Collection[str],
    gone: Collection[str],
    invited: Collection[str],
) -> list[Verdict]:
    """One verdict for each guest, in order. `here`, `gone`, `invited`: keys of addresses of those
    who work here, who left, who have an open invitation."""
    seen: set[str] = set()
    return [_verdict(guest, branches, roles, here, gone, invited, seen) for guest in guests]


def _verdict(
    guest: Guest,
    branches: Collection[int],
    roles: Collection[str],
    here: Collection[str],
    gone: Collection[str],
    invited: Collection[str],
    seen: set[str],
) -> Verdict:
    if not emails.normal(guest.email):
        return Verdict.WRONG
    own = key(guest.email)
    if own in seen:
        return Verdict.TWICE
    seen.add(own)
    if own in here:
        return Verdict.HERE
    if guest.branch_id not in branches:
        return Verdict.NO_BRANCH
    if guest.role not in roles:
        return Verdict.NO_ROLE
    if own in gone:
        return Verdict.BACK
    return Verdict.AGAIN if own in invited else Verdict.NEW


def all_good(found: Iterable[Verdict]) -> bool:
    """Whether every one of these may be invited."""
    return all(verdict in GOOD for verdict in found)
