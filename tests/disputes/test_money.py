"""A dispute conserves money (invariants 12 and 14), whatever happens in whatever order."""

from datetime import timedelta

import pytest
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from polecam.actions import bonuses, dispute_decisions, dispute_times, disputes
from polecam.bonuses.models import CreditedFact, Line, LineState, Suspense
from polecam.bonuses.verify import problems
from polecam.claims.models import RUNNING_DISPUTES, Dispute
from polecam.kit.errors import Refused
from polecam.sales.models import Sale
from polecam.store import clock
from polecam.store.tx import action
from tests.bonuses.test_engine import undone
from tests.bonuses.test_ledger import check_invariants, pay
from tests.disputes.support import ask, decide, earn, earned, has, now_shared, shared

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def lived_through():
    """Recorded when it happened, as in the history of a demo."""
    with clock.injected():
        yield


@pytest.fixture
def start(at):
    return at - timedelta(days=200)


@pytest.fixture
def theirs(anna, marta, kamil, tomek, ada, plan, start):
    """Marta 70, Kamil 30; the consent and a sale of 4 360 zł margin are credited."""
    made = shared(anna, {marta: 7_000, kamil: 3_000}, floors={marta: 3_000}, at=start, plan=plan.pk)
    earn(made, "consent", at=start)
    earn(made, "sale", at=start)
    return made


def test_only_the_contested_part_waits(theirs, marta, kamil, start):
    ask(kamil, theirs, at=start + DAY, claimed_bp=5_000)
    assert has(marta) == {"expense": -38_850, "pending": 27_750, "disputed": 11_100}
    assert has(kamil) == {"expense": -16_650, "pending": 16_650}
    check_invariants([marta, kamil])


def test_the_rest_vests_meanwhile(theirs, marta, kamil, start):
    ask(kamil, theirs, at=start + DAY, claimed_bp=5_000)
    assert bonuses.vest_due(at=start + 31 * DAY) == 4
    assert has(marta) == {"expense": -38_850, "payable": 27_750, "disputed": 11_100}
    check_invariants([marta, kamil])


def test_taken_back_it_flows_to_where_the_line_is(theirs, marta, kamil, start):
    dispute = ask(kamil, theirs, at=start + DAY, claimed_bp=5_000)
    bonuses.vest_due(at=start + 31 * DAY)
    disputes.withdraw(by=kamil, at=start + 32 * DAY, dispute=dispute)
    assert has(marta) == {"expense": -38_850, "payable": 38_850}
    check_invariants([marta, kamil])


def test_a_line_that_waits_as_a_whole_vests_later(anna, marta, kamil, tomek, plan, start):
    made = shared(anna, {marta: 10_000}, at=start, plan=plan.pk, holder=kamil)
    earn(made, "consent", at=start)
    dispute = ask(kamil, made, at=start + DAY, claimed_bp=10_000)
    assert has(marta) == {"expense": -1_000, "disputed": 1_000}
    assert bonuses.vest_due(at=start + 31 * DAY) == 0
    disputes.withdraw(by=kamil, at=start + 32 * DAY, dispute=dispute)
    assert has(marta) == {"expense": -1_000, "pending": 1_000}
    assert bonuses.vest_due(at=start + 33 * DAY) == 1
    check_invariants([marta, kamil])


def test_what_is_credited_meanwhile_waits_as_well(theirs, marta, kamil, start):
    ask(kamil, theirs, at=start + DAY, claimed_bp=5_000)
    earn(theirs, "meeting", at=start + 2 * DAY)
    assert has(marta)["disputed"] == 11_100 + 800
    check_invariants([marta, kamil])


def test_a_decision_moves_it_with_the_old_dates(theirs, marta, kamil, tomek, start):
    dispute = ask(kamil, theirs, at=start + DAY, claimed_bp=5_000)
    decide(tomek, dispute, "upheld", at=start + 2 * DAY)
    assert has(marta)["disputed"] == 11_100, "nothing moves before it is final"
    for person in (kamil, marta):
        dispute_decisions.accept(by=person, at=start + 3 * DAY, dispute=dispute)
    assert now_shared(theirs) == {"Marta": 5_000, "Kamil": 5_000}
    assert has(marta) == {"expense": -27_750, "pending": 27_750}
    assert has(kamil) == {"expense": -27_750, "pending": 27_750}
    second = CreditedFact.objects.filter(round=2, reverses=None)
    first = CreditedFact.objects.filter(round=1, reverses=None)
    for kind in ("consent", "sale"):
        dates = set(first.filter(kind=kind).values_list("confirmed_at", "vests_at", "base_grosze"))
        assert dates == set(
            second.filter(kind=kind).values_list("confirmed_at", "vests_at", "base_grosze")
        )
    assert bonuses.vest_due(at=start + 29 * DAY) == 0
    assert bonuses.vest_due(at=start + 31 * DAY) == 4
    check_invariants([marta, kamil])


def test_in_part(theirs, marta, kamil, tomek, start):
    dispute = ask(kamil, theirs, at=start + DAY, claimed_bp=5_000)
    decide(tomek, dispute, "partly", granted_bp=500, at=start + 2 * DAY)
    dispute_times.run_due(at=start + 9 * DAY)
    assert now_shared(theirs) == {"Marta": 6_500, "Kamil": 3_500}
    assert (earned(marta), earned(kamil)) == (36_075, 19_425)
    check_invariants([marta, kamil])


def test_what_was_payable_stays_payable(theirs, marta, kamil, tomek, start):
    bonuses.vest_due(at=start + 31 * DAY)
    dispute = ask(kamil, theirs, at=start + 32 * DAY, claimed_bp=5_000)
    assert has(marta) == {"expense": -38_850, "payable": 27_750, "disputed": 11_100}
    decide(tomek, dispute, "upheld", at=start + 33 * DAY)
    dispute_times.run_due(at=start + 40 * DAY)
    assert has(kamil) == {"expense": -27_750, "payable": 27_750}
    check_invariants([marta, kamil])


def test_what_was_paid_is_a_receivable_and_a_new_line(theirs, marta, kamil, tomek, start):
    bonuses.vest_due(at=start + 31 * DAY)
    for line in Line.objects.filter(person=marta):
        pay(line, start + 32 * DAY)
    dispute = ask(kamil, theirs, at=start + 33 * DAY, claimed_bp=5_000)
    assert has(marta) == {"expense": -38_850, "paid": 38_850}, "what is paid cannot wait"
    decide(tomek, dispute, "upheld", at=start + 34 * DAY)
    dispute_times.run_due(at=start + 41 * DAY)
    assert has(marta) == {
        "expense": -27_750,
        "payable": 27_750,
        "paid": 38_850,
        "receivable": -38_850,
    }
    assert has(kamil) == {"expense": -27_750, "payable": 27_750}
    check_invariants([marta, kamil])


def test_what_was_paid_long_ago_stays(theirs, marta, kamil, tomek, start):
    bonuses.vest_due(at=start + 31 * DAY)
    for line in Line.objects.all():
        pay(line, start + 32 * DAY)
    dispute = ask(kamil, theirs, at=start + 95 * DAY, claimed_bp=5_000)
    decide(tomek, dispute, "upheld", at=start + 96 * DAY)
    dispute_times.run_due(at=start + 104 * DAY)
    assert has(marta) == {"expense": -38_850, "paid": 38_850}
    assert now_shared(theirs) == {"Marta": 5_000, "Kamil": 5_000}, "from now on"
    check_invariants([marta, kamil])


def test_a_void_sale_waits_for_nothing(theirs, marta, kamil, tomek, start):
    sale = Sale.objects.get(referral=theirs)
    dispute = ask(kamil, theirs, at=start + DAY, claimed_bp=5_000)
    with action():
        bonuses.void(source=sale, at=start + 2 * DAY)
    assert has(marta) == {"expense": -700, "pending": 500, "disputed": 200}
    decide(tomek, dispute, "upheld", at=start + 3 * DAY)
    dispute_times.run_due(at=start + 11 * DAY)
    assert (earned(marta), earned(kamil)) == (500, 500)
    check_invariants([marta, kamil])


def test_what_earlier_shares_earned_is_not_touched(anna, marta, kamil, tomek, plan, start):
    """The consent was all Marta's; Kamil asks only about the shares agreed afterwards."""
    parts, since = {marta: 7_000, kamil: 3_000}, start + 5 * DAY
    made = shared(anna, parts, at=start, since=since, plan=plan.pk)
    earn(made, "consent", at=start)
    earn(made, "meeting", at=start + 6 * DAY)
    dispute = ask(kamil, made, at=start + 7 * DAY, claimed_bp=5_000, reason="split")
    assert has(marta)["disputed"] == 800
    disputes.withdraw(by=kamil, at=start + 8 * DAY, dispute=dispute)
    ask(kamil, made, at=start + 9 * DAY, claimed_bp=5_000, reason="brought")
    assert has(marta)["disputed"] == 800 + 500, "who brought it reaches back to the first fact"
    check_invariants([marta, kamil])


STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "consent", "meeting", "sale", "vest", "pay", "void", "wait", "raise", "raise",
                "decide", "decide", "accept", "appeal", "withdraw", "time", "settle", "settle",
            ]
        ),
        st.integers(0, 9_999),
    ),
    min_size=8,
    max_size=24,
)  # fmt: skip


class History:
    """One referral, three sellers, lived through step by step; what is refused changes nothing."""

    def __init__(self, referral, sellers, at, until):
        self.referral, self.sellers = referral, sellers
        self.at, self.until = at, until
        self.sources = []

    def step(self, what: str, number: int) -> None:
        if what == "wait":
            self.at = min(self.at + timedelta(hours=number % 500), self.until)
        elif what in ("consent", "meeting", "sale"):
            if not CreditedFact.objects.filter(kind=what).exists():
                self.sources.append(earn(self.referral, what, at=self.at, margin=number * 977 + 3))
        elif what == "vest":
            bonuses.vest_due(at=self.at)
        elif what == "pay":
            waiting = Suspense.objects.filter(ended_at=None).values("line")
            lines = Line.objects.filter(state=LineState.PAYABLE).exclude(pk__in=waiting)
            if line := lines.order_by("id").first():
                pay(line, self.at)
        elif what == "void":
            if self.sources and number % 4 == 0:
                with action():
                    bonuses.void(source=self.sources[number % len(self.sources)], at=self.at)
        elif what in ("time", "settle"):
            later = timedelta(days=8 if what == "settle" else 0)
            self.at = min(self.at + later, self.until)
            dispute_times.run_due(at=self.at)
        else:
            self.speak(what, number)

    def speak(self, what: str, number: int) -> None:
        dispute = Dispute.objects.filter(state__in=RUNNING_DISPUTES).first()
        seller = self.sellers[number % 3]
        reason = ("worked", "brought", "split", "amount", "client", "other")[number % 6]
        try:
            if what == "raise":
                claimed = 4_000 + number * 6 // 10
                ask(seller, self.referral, at=self.at, claimed_bp=claimed, reason=reason)
            elif dispute is None:
                return
            elif what == "decide":
                outcome = ("upheld", "partly", "rejected")[number % 3]
                granted = number % max(dispute.contested_bp, 1)
                decide(dispute.decider, dispute, outcome, granted_bp=granted, at=self.at)
            elif what == "accept":
                dispute_decisions.accept(by=seller, at=self.at, dispute=dispute)
            elif what == "appeal":
                words = "Somebody else should look at this again, please."
                dispute_decisions.appeal(by=seller, at=self.at, dispute=dispute, words=words)
            else:
                disputes.withdraw(by=seller, at=self.at, dispute=dispute)
        except Refused:
            pass

    def check(self) -> None:
        check_invariants(self.sellers)
        live = Line.objects.exclude(state=LineState.VOID)
        for row in live.values("fact__kind").annotate(total=Sum("amount_grosze")):
            whole = live.filter(fact__kind=row["fact__kind"]).first().whole_grosze
            assert row["total"] == whole, f"{row['fact__kind']} is no longer whole"
        running = Dispute.objects.filter(state__in=RUNNING_DISPUTES)
        waiting = Suspense.objects.filter(ended_at=None)
        assert not waiting.exclude(dispute__in=running).exists()
        for row in waiting.select_related("dispute", "line"):
            assert row.line.person_id != row.dispute.raised_by_id
        assert sum(now_shared(self.referral).values()) == 10_000
        assert now_shared(self.referral).get("Marta", 0) >= 2_000, "the agreed floor"


@settings(suppress_health_check=list(HealthCheck), max_examples=25)
@given(STEPS, st.integers(2_000, 9_000))
def test_no_history_of_disputes_makes_or_loses_money(
    anna, marta, kamil, tomek, ada, branch, plan, at, steps, first
):
    from tests.cast import person

    with undone():
        ola = person(branch, "seller", "Ola", "Pietrzak", "f", at=at)
        start = at - timedelta(days=180)
        parts = {marta: first, kamil: 10_000 - first - 500, ola: 500}
        referral = shared(anna, parts, floors={marta: 2_000}, at=start, plan=plan.pk)
        history = History(referral, [marta, kamil, ola], start, at)
        for what, number in [("sale", first), ("raise", 10_000 - first), *steps]:
            history.step(what, number)
            history.check()
        assert list(problems()) == []
