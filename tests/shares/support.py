"""Referrals that somebody shares, and splits as people say them."""

from polecam.actions import credit
from polecam.claims import queries
from polecam.claims.rules import Part
from polecam.store.tx import action, lock
from tests.referrals.growing import consented


def split(*parts) -> list[Part]:
    """`(marta, 7_000)`, `(kamil, 3_000, "closer")`: parts of a set."""
    return [Part(person.pk, bp, *role) for person, bp, *role in parts]


def in_force(referral, at=None) -> dict[str, int]:
    """First name -> basis points, in the set in force."""
    return {row.person.first_name: row.share_bp for row in queries.shares(referral, at=at)}


def shared(client, at, *parts, **more):
    """A consented referral whose set was agreed at its consent."""
    referral = consented(client, at=at, **more)
    with action():
        credit.share_anew(
            lock(referral), split(*parts), by=None, at=at, reason="agreed", source="",
            agreed={person.pk for person, *_ in parts},
        )  # fmt: skip
    return referral
