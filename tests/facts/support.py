"""What the tests of facts and of the pool stand on: a plan with what they need, sales confirmed."""

from datetime import timedelta

from polecam.actions import sales
from polecam.bonuses.models import Component, CreditedFact, Plan, PlanVersion
from polecam.sales.models import Sale
from polecam.store import clock
from tests.bonuses.support import referral_of

DAY = timedelta(days=1)


def version_of(at, *components, plan=None, **terms) -> PlanVersion:
    """A published version in force for 400 days; `components` as dicts, terms as given."""
    begin = at - timedelta(days=400)
    plan = plan or Plan.objects.create(name="Plan", created_at=begin)
    number = PlanVersion.objects.filter(plan=plan).count() + 1
    terms = {"hold_days": 30, "clawback_days": 90, "valid_from": begin} | terms
    version = PlanVersion.objects.create(plan=plan, number=number, **terms)
    for position, component in enumerate(components, start=1):
        Component.objects.create(version=version, position=position, **component)
    version.published_at = terms["valid_from"]
    version.save()
    return version


def count(kind: str, grosze: int, **more) -> dict:
    """So much for each fact of a kind."""
    return {"fact_kind": kind, "amount_grosze": grosze, **more}


SALE = {"fact_kind": "sale", "base": "margin", "rate_bp": 1_250}


def confirmed(client, seller, boss, version, at, *, margin=436_000, shares=None, handed=None):
    """A sale reported by `seller` and confirmed by `boss` at `at`, with the clock of then.

    `handed`: called with the referral before the sale is reported.
    """
    with clock.injected():
        referral = referral_of(client, seller, version, at - DAY, shares)
        if handed:
            handed(referral)
        sale = Sale.objects.create(
            referral=referral,
            seller=seller,
            branch_id=referral.branch_id,
            value_grosze=margin * 20,
            margin_grosze=margin,
            sold_on=at.date(),
            state="reported",
            reported_at=at,
        )
        sales.confirm(by=boss, at=at, sale=sale)
    sale.refresh_from_db()
    return sale


def kept(**which) -> list[CreditedFact]:
    """Facts that stand, oldest first."""
    return list(
        CreditedFact.objects.filter(reverses=None, reversal=None, **which).order_by("confirmed_at")
    )
