"""A mentor's or leader's extra: from the branch's budget, in the ledger, never from the shares."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polecam.actions import extras, people, sales
from polecam.bonuses.models import Account, ExtraPosting, LedgerTransaction
from polecam.bonuses.months import month_view
from polecam.bonuses.verify import problems
from polecam.claims.models import CreditShare, Extra, ExtraBudget
from polecam.insights.seller import my_money
from polecam.kit.errors import NotAllowed, Refused
from polecam.kit.periods import day_of, month_of
from polecam.organisation.models import Setting
from polecam.referrals.models import Referral
from tests.bonuses.support import balances
from tests.cast import person
from tests.referrals.growing import captured, consented
from tests.shares.support import shared
from tests.support.threads import together

pytestmark = pytest.mark.django_db
ZONE = "Europe/Warsaw"
DAY = timedelta(days=1)


@pytest.fixture
def purse(firm, at) -> None:
    """120 zł a month for mentors and leaders, 50 zł each."""
    for key, value in (("extra_month_grosze", 12_000), ("extra_each_grosze", 5_000)):
        Setting.objects.create(key=key, value=value, valid_from=at - 90 * DAY, set_at=at - 90 * DAY)


@pytest.fixture
def kasia(anna, plan, at, purse) -> Referral:
    return consented(anna, at=at - 3 * DAY, plan=plan.pk)


@pytest.fixture
def ola(branch, at):
    return person(branch, "seller", "Ola", "Pietrzak", "f", at=at)


def refused(code, **call) -> None:
    with pytest.raises(Refused, match=f"^{code}"):
        extras.give(**call)
    assert not Extra.objects.exists()
    assert not LedgerTransaction.objects.filter(kind="extra").exists()
    assert not ExtraBudget.objects.exclude(used_grosze=0).exists()


def test_an_extra_is_payable_at_once_and_nobodys_share(kasia, marta, kamil, tomek, at):
    made = extras.give(by=tomek, at=at, referral=kasia, person=kamil, role="mentor")
    assert made.amount_grosze == 5_000
    assert balances(kamil) == {"expense": -5_000, "payable": 5_000}
    assert [row.share_bp for row in CreditShare.objects.filter(referral=kasia)] == [10_000]
    budget = ExtraBudget.objects.get()
    assert (budget.month, budget.granted_grosze, budget.used_grosze) == (
        month_of(at, ZONE), 12_000, 5_000,
    )  # fmt: skip
    view = month_view(kamil.pk, month_of(at, ZONE))
    assert (view.opening, view.accrued, view.closing, view.payout) == (0, 5_000, 5_000, 5_000)
    assert list(problems()) == []


def test_it_stands_on_my_bonus(kasia, kamil, tomek, at):
    made = extras.give(by=tomek, at=at, referral=kasia, person=kamil, role="leader")
    month = month_of(at, ZONE)
    money = my_money(kamil, month, at=at, zone=ZONE, now=month)
    assert [row.extra for row in money.extras] == [made]
    assert my_money(tomek, month, at=at, zone=ZONE, now=month).extras == []


def test_the_budget_is_the_limit(kasia, anna, plan, kamil, tomek, ola, at):
    for helper in (kamil, ola):
        extras.give(by=tomek, at=at, referral=kasia, person=helper, role="mentor")
    with pytest.raises(Refused, match="extra_budget"):
        extras.give(by=tomek, at=at, referral=kasia, person=kamil, role="leader")
    assert ExtraBudget.objects.get().used_grosze == 10_000
    assert balances(kamil)["payable"] == 5_000


def test_without_a_budget_there_is_none(anna, plan, kamil, tomek, at):
    referral = consented(anna, at=at - 3 * DAY, plan=plan.pk)
    refused("extra_budget", by=tomek, at=at, referral=referral, person=kamil, role="mentor")


def test_an_extra_is_given_to_somebody_else(kasia, marta, kamil, tomek, irena, at):
    give = {"by": tomek, "at": at, "referral": kasia}
    refused("extra_oneself", **give, person=tomek, role="mentor")
    refused("extra_in_set", **give, person=marta, role="mentor")
    refused("share_stranger", **give, person=irena, role="mentor")
    refused("extra_role", **give, person=kamil, role="friend")
    people.Person.objects.filter(pk=kamil.pk).update(is_active=False)
    kamil.refresh_from_db()
    refused("person_left", **give, person=kamil, role="mentor")


def test_whoever_shares_the_credit_gets_no_extra(anna, plan, purse, marta, kamil, tomek, at):
    referral = shared(anna, at - DAY, (marta, 6_000), (kamil, 4_000), plan=plan.pk)
    refused("extra_in_set", by=tomek, at=at, referral=referral, person=kamil, role="mentor")


def test_there_must_be_something_to_help_with(anna, kasia, plan, kamil, tomek, at):
    early = captured(anna, at=at - DAY, plan=plan.pk)
    refused("referral_waits", by=tomek, at=at, referral=early, person=kamil, role="mentor")
    Referral.objects.filter(pk=kasia.pk).update(state="lost")
    refused("referral_ended", by=tomek, at=at, referral=kasia, person=kamil, role="mentor")


@pytest.mark.parametrize("who", ["marta", "ada", "irena", "pawel"])
def test_only_the_boss_gives(kasia, kamil, who, request, at):
    with pytest.raises(NotAllowed):
        extras.give(
            by=request.getfixturevalue(who), at=at, referral=kasia, person=kamil, role="mentor"
        )


def test_the_same_help_twice_is_refused(kasia, kamil, tomek, at):
    extras.give(by=tomek, at=at, referral=kasia, person=kamil, role="mentor")
    with pytest.raises(Refused, match="extra_twice"):
        extras.give(by=tomek, at=at, referral=kasia, person=kamil, role="mentor")
    assert Extra.objects.count() == 1


def test_a_void_sale_takes_the_extra_back(kasia, marta, kamil, tomek, ada, at):
    extras.give(by=tomek, at=at, referral=kasia, person=kamil, role="mentor")
    sale = sales.report(
        by=marta, at=at, referral=kasia, value_grosze=1_000_000, margin_grosze=100_000,
        sold_on=day_of(at, ZONE),
    )  # fmt: skip
    sales.confirm(by=tomek, at=at, sale=sale)
    sales.void(by=ada, at=at, sale=sale, reason="mistake")
    assert balances(kamil) == {}
    assert ExtraBudget.objects.get().used_grosze == 0
    assert ExtraPosting.objects.get().taking_back is not None
    assert list(problems()) == []
    view = month_view(kamil.pk, month_of(at, ZONE))
    assert (view.accrued, view.voided, view.closing) == (5_000, 5_000, 0)


def test_a_slip_in_the_report_leaves_it(kasia, marta, kamil, tomek, at):
    extras.give(by=tomek, at=at, referral=kasia, person=kamil, role="mentor")
    sale = sales.report(
        by=marta, at=at, referral=kasia, value_grosze=1_000_000, margin_grosze=100_000,
        sold_on=day_of(at, ZONE),
    )  # fmt: skip
    sales.take_back(by=marta, at=at, sale=sale)
    assert balances(kamil)["payable"] == 5_000


@pytest.mark.django_db(transaction=True)
def test_no_two_bosses_overdraw_a_budget(branch, anna, plan, purse, kamil, tomek, ola, at):
    """Invariant 13: four hands, two extras' worth of money."""
    kasia = consented(anna, at=at - 3 * DAY, plan=plan.pk)
    basia = consented(anna, at=at - 3 * DAY, plan=plan.pk, first="Basia", phone="+48600100201")
    gifts = [(kasia, kamil), (basia, kamil), (kasia, ola), (basia, ola)]

    def give(n: int) -> None:
        referral, helper = gifts[n]
        extras.give(by=tomek, at=at, referral=referral, person=helper, role="mentor")

    said = together(give)
    assert sorted(said) == ["done", "done", "extra_budget", "extra_budget"]
    assert ExtraBudget.objects.get().used_grosze == 10_000
    assert Account.objects.filter(kind="payable", balance__gt=0).count() in (1, 2)
    assert list(problems()) == []


@given(
    gifts=st.lists(
        st.tuples(st.sampled_from("kot"), st.sampled_from(["mentor", "leader"]), st.integers(0, 2)),
        max_size=8,
    )
)
def test_any_gifts_keep_budget_and_ledger(one_world, gifts):
    """Invariants 1, 2, 11, 12 and 13: whatever is given, to whomever, and taken back."""
    with one_world() as world:
        for who, role, which in gifts:
            try:
                extras.give(
                    by=world.tomek, at=world.at, referral=world.referrals[which],
                    person=world.people[who], role=role,
                )  # fmt: skip
            except Refused:
                continue
        given = sum(Extra.objects.values_list("amount_grosze", flat=True))
        budget = ExtraBudget.objects.first()
        assert given == (budget.used_grosze if budget else 0) <= 12_000
        assert list(problems()) == []
        month = month_of(world.at, ZONE)
        for helper in world.people.values():
            view = month_view(helper.pk, month)
            assert view.opening + view.accrued - view.voided - view.paid == view.closing
            kinds = balances(helper)
            assert -kinds.get("expense", 0) == kinds.get("payable", 0)


@pytest.fixture
def one_world(anna, plan, purse, kamil, ola, tomek, at):
    """Three referrals and their helpers; a case leaves nothing behind."""
    from contextlib import contextmanager
    from types import SimpleNamespace

    from django.db import transaction

    referrals = [
        consented(anna, at=at - 3 * DAY, plan=plan.pk, first=first, phone=f"+4860010020{n}")
        for n, first in enumerate(("Kasia", "Basia", "Ela"))
    ]
    world = SimpleNamespace(
        at=at, tomek=tomek, referrals=referrals, people={"k": kamil, "o": ola, "t": tomek}
    )

    @contextmanager
    def case():
        with transaction.atomic():
            save = transaction.savepoint()
            yield world
            transaction.savepoint_rollback(save)

    return case
