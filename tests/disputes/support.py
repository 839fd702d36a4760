"""What the tests of disputes stand on: a shared referral, what it earned, and who has how much."""

from datetime import datetime

from polecam.actions import bonuses, dispute_decisions, disputes
from polecam.bonuses.models import Account, Line, LineState
from polecam.claims.models import CreditShare, Dispute
from polecam.clients.models import Client
from polecam.people.models import Person
from polecam.referrals.models import Grant, Referral
from polecam.sales.models import Sale
from polecam.store.tx import action
from tests.referrals.growing import consented

WORDS = "The journal shows who called and who met the friend."


def shared(
    client: Client,
    shares: dict[Person, int],
    *,
    at: datetime,
    plan: int | None,
    since: datetime | None = None,
    floors: dict[Person, int] | None = None,
    **more: object,
) -> Referral:
    """A consented friend of `client`; the second set, in force from `since`, shares the credit."""
    made = consented(client, at=at, plan=plan, **more)
    for person, share in shares.items():
        CreditShare.objects.create(
            referral=made,
            number=2,
            person=person,
            share_bp=share,
            floor_bp=(floors or {}).get(person, 0),
            reason="handoff",
            at=since or at,
        )
        if person != made.originator:
            Grant.objects.create(referral=made, person=person, why="share", since=at)
    return made


def earn(referral: Referral, kind: str, *, at: datetime, margin: int = 436_000) -> object:
    """A confirmed consent, meeting or sale of the referral; what was confirmed."""
    source: object = referral
    if kind == "sale":
        source = Sale.objects.create(
            referral=referral,
            seller=referral.originator,
            branch_id=referral.branch_id,
            value_grosze=margin * 20 or 1,
            margin_grosze=margin,
            sold_on=at.date(),
            state="confirmed",
            reported_at=at,
            confirmed_at=at,
        )
    base = margin if kind == "sale" else 0
    with action():
        bonuses.credit(kind=kind, referral=referral, source=source, at=at, base_grosze=base)
    return source


def ask(by: Person, referral: Referral, *, at: datetime, **more: object) -> Dispute:
    """`by` raises a dispute: 60% should be theirs, because of their work."""
    given = {"reason": "worked", "claimed_bp": 6_000} | more
    return disputes.raise_dispute(by=by, at=at, referral=referral, **given)


def decide(by: Person, dispute: Dispute, outcome: str, *, at: datetime, **more: object) -> None:
    """`by` decides, by the rule of work."""
    given = {"rule": "work", "words": WORDS} | more
    dispute_decisions.decide(by=by, at=at, dispute=dispute, outcome=outcome, **given)


def has(person: Person) -> dict[str, int]:
    """Balances that are not zero, by kind of account."""
    rows = Account.objects.filter(person=person).exclude(balance=0)
    return dict(rows.values_list("kind", "balance"))


def earned(person: Person) -> int:
    """The sum of the seller's lines that were not taken back."""
    rows = Line.objects.filter(person=person).exclude(state=LineState.VOID)
    return sum(rows.values_list("amount_grosze", flat=True))


def now_shared(referral: Referral) -> dict[str, int]:
    """First name -> basis points of the set in force."""
    rows = CreditShare.objects.filter(referral=referral).order_by("-number")
    newest = rows[0].number
    return {row.person.first_name: row.share_bp for row in rows if row.number == newest}
