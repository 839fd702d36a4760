"""The path from consent to sale under any order of acts: invariants 7, 15 and "never oneself"."""

from contextlib import suppress
from datetime import timedelta

from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from polecam.actions import meetings, referrals_work, sales
from polecam.bonuses.models import Account, CreditedFact, Entry, LedgerTransaction, Line
from polecam.claims.models import Claim
from polecam.journal.models import Event
from polecam.kit.errors import Refused
from polecam.kit.periods import day_of
from polecam.referrals import states
from polecam.referrals.models import Contact, Meeting, Referral, StageTally
from polecam.sales.models import Sale
from tests.referrals.growing import consented

ACTS = (
    "reach", "no_answer", "by_email", "meet_ahead", "meet_past", "hold", "miss", "step", "lose",
    "report", "confirm_sale", "confirm_meeting", "friend_confirms", "void", "complain", "uphold",
)  # fmt: skip
PEOPLE = ("marta", "kamil", "tomek", "ada")
STEPS = st.tuples(st.sampled_from(ACTS), st.sampled_from(PEOPLE), st.integers(0, 72))


class Path:
    """One referral and everyone who may try something with it."""

    def __init__(self, referral: Referral, people: dict, at) -> None:
        self.referral, self.people, self.at = referral, people, at

    def fresh(self) -> Referral:
        return Referral.objects.get(pk=self.referral.pk)

    def meeting(self) -> Meeting | None:
        return Meeting.objects.filter(referral=self.referral).order_by("-pk").first()

    def sale(self) -> Sale | None:
        return Sale.objects.filter(referral=self.referral).first()

    def act(self, name: str, by) -> None:
        work, at, referral = referrals_work, self.at, self.fresh()
        meeting, sale = self.meeting(), self.sale()
        contact = {"reach": "reached", "no_answer": "no_answer", "by_email": "reached"}
        if name in contact:
            channel = "email" if name == "by_email" else "phone"
            work.log_contact(by=by, at=at, referral=referral, channel=channel, result=contact[name])
        elif name in ("meet_ahead", "meet_past"):
            hours = 30 if name == "meet_ahead" else -1
            when = at + timedelta(hours=hours)
            work.set_meeting(by=by, at=at, referral=referral, meeting_at=when)
        elif name == "step":
            work.plan_step(by=by, at=at, referral=referral, step="call", on=at.date())
        elif name == "lose":
            work.lose(by=by, at=at, referral=referral, reason="not_now")
        elif name == "report":
            sales.report(
                by=by,
                at=at,
                referral=referral,
                value_grosze=10_000_000,
                margin_grosze=436_000,
                sold_on=day_of(at, "Europe/Warsaw"),
            )
        elif meeting and name in ("hold", "miss", "confirm_meeting", "friend_confirms"):
            self.of_meeting(name, by, meeting)
        elif sale and name in ("confirm_sale", "void", "complain", "uphold"):
            self.of_sale(name, by, sale)

    def of_meeting(self, name: str, by, meeting: Meeting) -> None:
        acts = {
            "hold": (referrals_work.hold_meeting, by),
            "miss": (referrals_work.miss_meeting, by),
            "confirm_meeting": (meetings.confirm, by),
            "friend_confirms": (meetings.confirm, None),
        }
        act, who = acts[name]
        act(by=who, at=self.at, meeting=meeting)

    def of_sale(self, name: str, by, sale: Sale) -> None:
        if name == "confirm_sale":
            sales.confirm(by=by, at=self.at, sale=sale)
        elif name == "void":
            sales.void(by=by, at=self.at, sale=sale, reason="mistake")
        elif name == "complain":
            sales.record_complaint(by=by, at=self.at, sale=sale, ground="service")
        else:
            complaint = sale.complaint_set.filter(decided_at=None).first()
            if complaint:
                sales.decide_complaint(
                    by=by, at=self.at, complaint=complaint, upheld=True, decision="Tak."
                )


def picture(referral: Referral) -> tuple:
    """Everything an act might have written."""
    return (
        Event.objects.count(),
        Contact.objects.count(),
        list(Meeting.objects.values_list()),
        list(Sale.objects.values_list()),
        list(Referral.objects.values_list()),
        list(Claim.objects.values_list()),
        CreditedFact.objects.count(),
        Entry.objects.count(),
        list(StageTally.objects.values_list()),
    )


def check(path: Path, marta) -> None:
    """What is true after every act, allowed or refused."""
    referral, sale = path.fresh(), path.sale()
    facts = CreditedFact.objects.filter(referral=referral.public_id, reverses=None)
    running = Claim.objects.filter(referral=referral, ended_at=None).count()
    assert running == (1 if referral.state in states.WORKABLE or _reported(sale) else 0)
    assert not Contact.objects.exclude(by=marta).exists()
    assert not Contact.objects.exclude(channel="phone").exists()
    for meeting in Meeting.objects.exclude(confirmed_at=None):
        assert meeting.held_at
        assert meeting.confirmed_by_id != marta.pk
    assert facts.filter(kind="meeting").count() == min(
        1, Meeting.objects.exclude(confirmed_at=None).count()
    )
    sold = facts.filter(kind="sale")
    assert sold.count() == (1 if sale and sale.confirmed_at else 0)
    if sale and sale.confirmed_at:
        assert sale.confirmed_by_id not in (None, marta.pk)
    tally = StageTally.objects.first()
    counted = 1 if sale and sale.state in ("confirmed", "retained") else 0
    assert (tally.sales if tally else 0) == counted
    assert (tally.meetings if tally else 0) == min(1, Meeting.objects.exclude(held_at=None).count())
    money(marta)


def money(marta) -> None:
    """Invariants 1 and 2, and that the balance is the sum of lines that count."""
    for transaction_ in LedgerTransaction.objects.all():
        assert sum(entry.amount for entry in transaction_.entry_set.all()) == 0
    for account in Account.objects.all():
        assert account.balance == sum(entry.amount for entry in account.entry_set.all())
    pending = Account.objects.filter(person=marta, kind="pending").first()
    lines = Line.objects.filter(person=marta, state="pending")
    assert (pending.balance if pending else 0) == sum(line.amount_grosze for line in lines)


def _reported(sale: Sale | None) -> bool:
    return sale is not None and sale.state == "reported"


@settings(max_examples=25)
@given(st.lists(STEPS, max_size=14))
def test_no_order_of_acts_breaks_the_path(anna, marta, kamil, tomek, ada, plan, at, steps):
    people = {"marta": marta, "kamil": kamil, "tomek": tomek, "ada": ada}
    with transaction.atomic():
        start = at - timedelta(days=60)
        referral = consented(anna, at=start, plan=plan.pk)
        path = Path(referral, people, start)
        state = "consented"
        for name, who, hours in steps:
            path.at += timedelta(hours=hours)
            before = picture(referral)
            refused = True
            with suppress(Refused), transaction.atomic():
                path.act(name, people[who])
                refused = False
            if refused:
                assert picture(referral) == before
            now = path.fresh().state
            assert now == state or states.may_move(state, now)
            state = now
            check(path, marta)
        transaction.set_rollback(True)
