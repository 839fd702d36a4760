"""What the tests of the bonus stand on: referrals with shares, sales, balances."""

from polecam.bonuses.models import Account
from polecam.claims.models import CreditShare
from polecam.referrals.models import Referral
from polecam.sales.models import Sale


def referral_of(client, seller, version, at, shares=None):
    """A consented referral of `client` through `seller`, shared as `shares` (person -> bp)."""
    made = Referral.objects.create(
        client=client,
        originator=seller,
        branch_id=client.branch_id,
        kind="spontaneous",
        state="consented",
        plan_version_id=version.pk if version else None,
        captured_at=at,
        state_at=at,
        consented_at=at,
    )
    for person, share in (shares or {seller: 10_000}).items():
        CreditShare.objects.create(referral=made, number=1, person=person, share_bp=share, at=at)
    return made


def sale_of(referral, seller, at, margin=436_000, state="confirmed"):
    """A sale from a referral."""
    return Sale.objects.create(
        referral=referral,
        seller=seller,
        branch_id=referral.branch_id,
        value_grosze=margin * 20,
        margin_grosze=margin,
        sold_on=at.date(),
        state=state,
        reported_at=at,
        confirmed_at=at if state == "confirmed" else None,
    )


def balances(person) -> dict[str, int]:
    """What the accounts of a seller hold, by kind; an empty one says nothing."""
    rows = Account.objects.filter(person=person).exclude(balance=0)
    return dict(rows.values_list("kind", "balance"))
