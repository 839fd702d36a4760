"""Who of the demo can do what, and one hand-off in its present: a friend offered to Marta."""

from datetime import datetime, timedelta

from polecam.actions import handoffs, skills
from polecam.claims import queries as claims
from polecam.claims.handoffs.queries import open_of
from polecam.claims.models import Claim
from polecam.demo.found import World
from polecam.privacy.queries import active_channels
from polecam.referrals.models import Referral

ABLE = {
    # first name: languages, needs, towns
    "Marta": (("en", "uk"), ("home", "insurance"), "Wieliczka, Niepołomice"),
    "Kamil": (("de",), ("firm", "car"), "Skawina"),
    "Natalia": (("en",), ("home", "moving"), "Wieliczka"),
    "Grażyna": (("ru", "uk"), ("saving",), ""),
    "Rafał": ((), ("home",), "Myślenice"),
    "Marcin": (("en", "de"), ("firm",), ""),
}
GIVERS = ("Kamil", "Natalia", "Rafał", "Ola", "Marcin")
NOTE = "Znasz ten temat lepiej ode mnie, a rozmowa najlepiej po pracy."
LEFT = timedelta(days=7)
"""So that the offer does not end with the exclusivity."""


def skilled(world: World, *, at: datetime) -> None:
    """People note what colleagues may hand to them."""
    for first, (languages, needs, places) in ABLE.items():
        skills.set_skills(
            by=world.people[first], at=at, languages=languages, needs=needs, places=places
        )


def offer(world: World, *, at: datetime) -> None:
    """A colleague offers Marta a friend who fits her; her answer is missing."""
    order = {world.people[first].pk: place for place, first in enumerate(GIVERS)}
    held = Claim.objects.filter(holder__in=order, ended_at=None, until__gt=at + LEFT)
    rows = Referral.objects.filter(
        pk__in=held.values("referral"),
        originator__in=order,
        state__in=("consented", "contacted"),
        party__isnull=False,
    ).select_related("originator")
    needs = ABLE["Marta"][1]
    for referral in sorted(
        rows, key=lambda row: (row.need not in needs, order[row.originator_id], -row.pk)
    ):
        claim = claims.active(referral, at=at)
        own = claim is not None and claim.holder_id == referral.originator_id
        reached = bool(active_channels(referral.public_id, at=at))
        if own and reached and open_of(referral) is None:
            handoffs.offer(
                by=referral.originator,
                at=at,
                referral=referral,
                kind="product",
                receiver=world.people["Marta"],
                note=NOTE,
            )
            return
