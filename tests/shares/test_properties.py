"""Any sequence of proposals, answers and credits: the sum, the floors, the grosze (5, 6, 13)."""

from contextlib import contextmanager
from datetime import timedelta
from itertools import pairwise

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from polecam.actions import bonuses, proposals
from polecam.bonuses.models import Line
from polecam.bonuses.verify import problems as money_problems
from polecam.claims import queries
from polecam.claims.models import CreditShare, ProposedShare, ShareProposal
from polecam.claims.rules import Part, check_parts
from polecam.claims.shares import rules
from polecam.claims.verify import problems
from polecam.kit.errors import NotAllowed, Refused
from polecam.kit.money import WHOLE_BP, allocate, share_of
from polecam.kit.percents import basis_points
from polecam.store import clock
from polecam.store.tx import action, lock
from tests.cast import person
from tests.referrals.growing import consented

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def cuts(count: int) -> st.SearchStrategy[list[int]]:
    """So many parts above zero that make the whole."""
    inner = st.lists(st.integers(1, WHOLE_BP - 1), min_size=count - 1, max_size=count - 1)
    return inner.filter(lambda found: len(set(found)) == len(found)).map(
        lambda found: [
            end - start
            for start, end in zip([0, *sorted(found)], [*sorted(found), WHOLE_BP], strict=True)
        ]
    )


STEPS = st.lists(
    st.one_of(
        st.tuples(
            st.just("propose"),
            st.integers(0, 2),
            st.integers(1, 3).flatmap(cuts),
            st.permutations([0, 1, 2]),
        ),
        st.tuples(st.just("answer"), st.integers(0, 2), st.booleans()),
        st.tuples(st.just("withdraw"), st.integers(0, 2)),
        st.tuples(st.just("wait"), st.integers(1, 200)),
        st.tuples(st.just("credit"), st.sampled_from(["consent", "meeting", "sale"])),
    ),
    min_size=3,
    max_size=14,
)


@given(steps=STEPS)
def test_no_order_of_proposals_breaks_a_split(one_case, steps):
    with one_case() as world:
        for step in steps:
            world.at += HOUR
            try:
                world.do(*step)
            except (Refused, NotAllowed):
                continue
            world.check()
        assert list(problems()) == []
        assert list(money_problems()) == []


class World:
    """One referral of Marta's, two colleagues, a plan, a clock."""

    def __init__(self, referral, people, at) -> None:
        self.referral, self.people, self.at = referral, people, at

    def do(self, verb, *how) -> None:
        getattr(self, verb)(*how)

    def propose(self, who, parts, order) -> None:
        split = [Part(self.people[index].pk, bp) for index, bp in zip(order, parts, strict=False)]
        proposals.propose(by=self.people[who], at=self.at, referral=self.referral, parts=split)

    def answer(self, who, agrees) -> None:
        waiting = ShareProposal.objects.filter(state="open").first()
        if waiting:
            proposals.answer(by=self.people[who], at=self.at, proposal=waiting, agrees=agrees)

    def withdraw(self, who) -> None:
        waiting = ShareProposal.objects.order_by("-id").first()
        if waiting:
            proposals.withdraw(by=self.people[who], at=self.at, proposal=waiting)

    def wait(self, hours) -> None:
        self.at += hours * HOUR
        proposals.close_due(at=self.at)

    def credit(self, kind) -> None:
        """What is confirmed now is paid by the set in force now, to the grosz."""
        shares = {row.person_id: row.share_bp for row in queries.shares(self.referral, at=self.at)}
        with action():
            facts = bonuses.credit(
                kind=kind, referral=lock(self.referral), source=self.referral, at=self.at,
                base_grosze=436_007 if kind == "sale" else 0,
            )  # fmt: skip
        if not facts:
            return
        whole = {"consent": 1_000, "meeting": 4_000, "sale": share_of(436_007, 1_250)}[kind]
        paid = dict(Line.objects.filter(fact__in=facts).values_list("person", "amount_grosze"))
        exact = {key: part for key, part in allocate(whole, shares).items() if part}
        assert {key: part for key, part in paid.items() if part} == exact
        assert sum(paid.values()) == whole

    def check(self) -> None:
        """Every set sums; whoever fell from one to the next had said yes to that very set."""
        sets = queries.share_sets(self.referral)
        for rows in sets:
            assert sum(row.share_bp for row in rows) == WHOLE_BP
        for before, after in pairwise(sets):
            then = {row.person_id: row.share_bp for row in after}
            for row in before:
                if then.get(row.person_id, 0) < row.share_bp:
                    said = ProposedShare.objects.get(
                        proposal__public_id=after[0].source, person=row.person_id
                    )
                    assert said.agreed is True
                    assert said.share_bp == then.get(row.person_id, 0)
        newest = {row.person_id for row in sets[-1]}
        assert all(row.floor_bp <= row.share_bp for row in sets[-1])
        assert len(newest) == len(sets[-1])


@pytest.fixture
def one_case(branch, anna, marta, kamil, plan, at):
    ola = person(branch, "seller", "Ola", "Pietrzak", "f", at=at)
    begun = at - timedelta(days=300)
    referral = consented(anna, at=begun, plan=plan.pk)
    CreditShare.objects.bulk_create(
        [
            CreditShare(
                referral=referral, number=2, person=marta, share_bp=WHOLE_BP, floor_bp=3_000,
                at=begun,
            )
        ]
    )  # fmt: skip

    @contextmanager
    def case():
        with clock.injected(), transaction.atomic():
            save = transaction.savepoint()
            yield World(referral, [marta, kamil, ola], begun)
            transaction.savepoint_rollback(save)

    return case


# --- pure rules ---

sets = st.integers(1, 5).flatmap(
    lambda n: st.tuples(st.lists(st.integers(1, 99), min_size=n, max_size=n, unique=True), cuts(n))
)


@given(found=sets, asked=st.integers(-5, WHOLE_BP + 5))
def test_room_for_one_more_is_made_in_proportion(found, asked):
    before = [Part(who, bp) for who, bp in zip(*found, strict=True)]
    if not 0 < asked < WHOLE_BP:
        with pytest.raises(Refused, match="share_asked"):
            rules.with_room(before, 100, asked)
        return
    after = rules.with_room(before, 100, asked)
    check_parts(after)
    for part in after[:-1]:
        old = next(one.share_bp for one in before if one.person_id == part.person_id)
        assert part.share_bp <= old
        assert abs(part.share_bp - old * (WHOLE_BP - asked) / WHOLE_BP) < 1
    assert after[-1] == Part(100, asked)


@given(
    bp=st.integers(0, WHOLE_BP), comma=st.sampled_from(",."), tail=st.sampled_from(["", "%", " %"])
)
def test_a_percentage_is_read_to_the_basis_point(bp, comma, tail):
    assert basis_points(f"{bp // 100}{comma}{bp % 100:02}{tail}") == bp


@pytest.mark.parametrize(
    "typed", ["", "-5", "33,333", "100,01", "1e2", "½", "3 0 0", "abc", ",5", "30,", "٣٠", "−3"]
)
def test_what_is_no_percentage_is_none(typed):
    assert basis_points(typed) is None
