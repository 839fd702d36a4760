"""Whatever happens in whatever order: money is conserved, locked months stay as they are.

Invariants 1, 2, 4, 10, 11, 12 and 14: of every step, by `problems` and by the bodies of statements.
"""

from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from polecam.actions import bonuses, closing, dispute_decisions, disputes, paying, receivables
from polecam.bonuses.closing import figures as reads
from polecam.bonuses.models import Line, PayrollMonth, Statement
from polecam.bonuses.verify import problems
from polecam.claims.models import RUNNING_DISPUTES, Dispute
from polecam.kit.errors import Refused
from polecam.kit.periods import month_of, next_month
from polecam.sales.models import Sale
from tests.bonuses.test_engine import undone
from tests.bonuses.test_ledger import check_invariants
from tests.cast import ZONE
from tests.closing.support import START, day, identity, void
from tests.disputes.support import ask, decide, earn, shared

pytestmark = pytest.mark.django_db
PICK = st.integers(0, 5)


class Payroll(RuleBasedStateMachine):
    """Two sellers who share what they sell, and a payroll that closes month by month."""

    cast: dict

    @initialize()
    def begin(self):
        self.undone = undone()
        self.undone.__enter__()
        self.at = day(START, 20)
        self.locked: dict[int, str] = {}
        self.marta, self.kamil = self.cast["marta"], self.cast["kamil"]

    def teardown(self):
        if hasattr(self, "undone"):
            self.undone.__exit__(None, None, None)

    @rule(days=st.sampled_from([1, 9, 31]))
    def time_passes(self, days):
        self.at += timedelta(days=days)
        bonuses.vest_due(at=self.at)

    @rule(margin=st.sampled_from([3, 80_011, 436_000]), bp=st.sampled_from([10_000, 6_667]))
    def sell(self, margin, bp):
        parts = {self.marta: bp} | ({self.kamil: 10_000 - bp} if bp < 10_000 else {})
        made = shared(self.cast["anna"], parts, at=self.at, plan=self.cast["plan"].pk)
        earn(made, "consent", at=self.at)
        earn(made, "sale", at=self.at, margin=margin)

    @rule(pick=PICK)
    def void(self, pick):
        sales = list(Sale.objects.order_by("id"))
        if sales:
            void(sales[pick % len(sales)], self.at)

    @rule(pick=PICK, claimed=st.sampled_from([4_000, 9_000]))
    def dispute(self, pick, claimed):
        sales = list(Sale.objects.select_related("referral").order_by("id"))
        if sales:
            with suppress(Refused):
                ask(self.kamil, sales[pick % len(sales)].referral, at=self.at, claimed_bp=claimed)

    @rule(pick=PICK, upheld=st.booleans())
    def settle_dispute(self, pick, upheld):
        running = list(Dispute.objects.filter(state__in=RUNNING_DISPUTES).order_by("id"))
        if not running:
            return
        one = running[pick % len(running)]
        with suppress(Refused):
            if not upheld:
                disputes.withdraw(by=self.kamil, at=self.at, dispute=one)
                return
            decide(self.cast["tomek"], one, "upheld", at=self.at)
            for person in (self.kamil, self.marta):
                dispute_decisions.accept(by=person, at=self.at, dispute=one)

    @rule(pays=st.booleans())
    def month_ends(self, pays):
        """On the third of the month after: what may be closed is, and is paid, or not yet."""
        self.pay()
        self.at = day(next_month(month_of(self.at, ZONE)), 3)
        bonuses.vest_due(at=self.at)
        while reads.next_to_close() and reads.next_to_close() < month_of(self.at, ZONE):
            month = reads.next_to_close()
            closing.ask(by=self.cast["pawel"], at=self.at, month=month)
            closing.close(by=self.cast["ada"], at=self.at, month=month)
            if pays or next_month(month) < month_of(self.at, ZONE):
                self.pay()

    @rule()
    def pay(self):
        for row in PayrollMonth.objects.filter(state="closed"):
            paying.pay(by=self.cast["pawel"], at=self.at, month=row.month)

    @rule(way=st.sampled_from(["netted", "repaid", "waived"]), part=st.sampled_from([1, 40]))
    def settle(self, way, part):
        receivables.agree(by=self.marta, at=self.at, limit_grosze=30_000)
        owed = receivables.receivables.owed(self.marta.pk)
        with suppress(Refused):
            receivables.settle(
                by=self.cast["pawel"],
                at=self.at,
                person=self.marta,
                way=way,
                amount_grosze=owed // part,
                why="ustalone",
            )

    @invariant()
    def money_is_conserved(self):
        if not hasattr(self, "at"):
            return
        check_invariants([self.marta, self.kamil])
        assert list(problems()) == []
        for person in (self.marta, self.kamil):
            assert identity(person)
        bodies = dict(Statement.objects.exclude(state="published").values_list("pk", "body"))
        assert self.locked.items() <= bodies.items(), "a locked statement changed"
        self.locked = bodies
        month = month_of(self.at, ZONE)
        for found in reads.figures([self.marta.pk, self.kamil.pk], month).values():
            for account, before in found.opening.items():
                moved = sum(
                    m.amount if account == "total" else m.accounts.get(account, 0)
                    for m in found.movements
                )
                assert before + moved == found.closing[account]


def test_any_life_of_a_payroll(anna, marta, kamil, tomek, pawel, ada, plan):
    Payroll.cast = {
        "anna": anna, "marta": marta, "kamil": kamil, "tomek": tomek, "pawel": pawel, "ada": ada,
        "plan": plan,
    }  # fmt: skip
    run_state_machine_as_test(Payroll, settings=settings(max_examples=6, stateful_step_count=14))
    assert not Line.objects.exists()
