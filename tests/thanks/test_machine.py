"""In whatever order: thanks never hang on a sale, budgets never run below nothing."""

from contextlib import suppress
from datetime import timedelta

from django.db import transaction
from django.db.models import Sum
from hypothesis import given, settings
from hypothesis import strategies as st

from polecam.actions import meetings, referrals_work, reward_grants, rewards, sales
from polecam.actions import thanks as acts
from polecam.journal.models import Event
from polecam.kit.errors import Refused
from polecam.kit.periods import day_of
from polecam.privacy.queries import may_tell
from polecam.sales.models import Sale
from polecam.store import clock
from polecam.thanks import queries
from polecam.thanks.models import Reward, RewardBudget, RewardGrant, Thanks
from polecam.worker.readers import rewards as reward_reader
from polecam.worker.readers import thanks as reader
from tests.cast import client
from tests.referrals.growing import consented
from tests.thanks import support
from tests.thanks.support import DAY, a_reward, allowed, chosen, switch_on

ACTS = ("reach", "meet", "hold", "allow", "report", "confirm", "void")
SALES = {"report", "confirm", "void"}


def read_all(at) -> None:
    for event in Event.objects.order_by("id"):
        for one in (reader, reward_reader):
            if event.kind in one.KINDS:
                one.handle(event, at)


def act(name: str, referral, marta, tomek, at) -> None:
    referral.refresh_from_db()
    meeting = referral.meeting_set.order_by("-pk").first()
    sale = Sale.objects.filter(referral=referral).first()
    if name == "reach":
        referrals_work.log_contact(
            by=marta, at=at, referral=referral, channel="phone", result="reached"
        )
    elif name == "meet":
        referrals_work.set_meeting(by=marta, at=at, referral=referral, meeting_at=at)
    elif name == "hold" and meeting:
        meetings.confirm(by=None, at=at, meeting=meeting)
    elif name == "allow" and not may_tell(referral.public_id):
        allowed(referral, at)
        support.told(referral, "telling.given", at)
    elif name == "report":
        sales.report(
            by=marta, at=at, referral=referral, value_grosze=10_000_000, margin_grosze=436_000,
            sold_on=day_of(at, "Europe/Warsaw"),
        )  # fmt: skip
    elif sale and name == "confirm":
        sales.confirm(by=tomek, at=at, sale=sale)
    elif sale and name == "void":
        sales.void(by=tomek, at=at, sale=sale, reason="mistake")


def story(steps, anna, marta, tomek, at) -> tuple[list, list]:
    """What a story of (act, hours since the act before) leaves behind: acts done, thanks owed."""
    referral, done = consented(anna, at=at), []
    support.told(referral, "referral.captured", at)
    for name, hours in steps:
        at += timedelta(hours=hours)
        with suppress(Refused), transaction.atomic():
            act(name, referral, marta, tomek, at)
            if name not in SALES and name != "wait":
                done.append((name, at))
    read_all(at)
    read_all(at)
    rows = Thanks.objects.filter(referral=referral).order_by("occasion")
    return done, [(row.occasion, row.due_on) for row in rows]


@settings(max_examples=25)
@given(steps=st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 40)), max_size=9))
def test_the_same_story_without_its_sales_owes_the_same_thanks(steps, anna, marta, tomek, plan, at):
    """A sale creates no thanks and moves none: the other story lets only its hours pass."""
    begin = at - 30 * DAY
    bare = [("wait" if name in SALES else name, hours) for name, hours in steps]
    found = []
    for one in (steps, bare):
        with clock.injected(), transaction.atomic():
            found.append(story(one, anna, marta, tomek, begin))
            transaction.set_rollback(True)
    (done, owed), (done_without, owed_without) = found
    assert owed[0] == owed_without[0]  # the recommendation
    if done == done_without:  # a sale that runs may refuse a talk; then there is none to thank for
        assert owed == owed_without
    assert len(owed) <= 2


GRANT_ACTS = ("ask", "approve", "refuse", "give", "cancel", "restock", "budget")
MOVES = st.tuples(st.sampled_from(GRANT_ACTS), st.integers(0, 5), st.integers(0, 12_000))


@settings(max_examples=25)
@given(moves=st.lists(MOVES, max_size=14))
def test_budget_stock_and_books_agree_after_every_move(
    moves, anna, ada, tomek, marta, branch, plan, at
):
    year = day_of(at, "Europe/Warsaw").year
    with transaction.atomic():
        switch_on(at, reward_person_year_grosze=9_000)
        rewards.set_budget(by=ada, at=at, branch=branch, year=year, grosze=10_000)
        reward = a_reward(ada, at, stock=4, side="both", value_grosze=1_500)
        clients = [anna, client(branch, marta, "Jan", "Nowak", at=at)]
        stocked = 4
        for number, (name, which, value) in enumerate(moves):
            grants = list(RewardGrant.objects.order_by("id"))
            with suppress(Refused), transaction.atomic():
                if name == "ask":
                    chosen(clients[which % 2], reward, at)
                    support.asked(clients[which % 2], at, first=f"Ola{number}")
                elif name == "restock":
                    rewards.restock(by=ada, at=at, reward=reward, stock=which)
                    stocked = which + _taken()
                elif name == "budget":
                    rewards.set_budget(by=ada, at=at, branch=branch, year=year, grosze=value)
                elif grants:
                    _move(name, grants[which % len(grants)], tomek, at)
            _check(reward, stocked)
        transaction.set_rollback(True)


def _move(name: str, grant: RewardGrant, tomek, at) -> None:
    doing = getattr(reward_grants, name)
    doing(by=tomek, at=at, grant=grant, **({} if name == "give" else {"why": "Powód."}))


def _taken() -> int:
    return RewardGrant.objects.filter(state__in=["approved", "given"]).count()


def _check(reward: Reward, stocked: int) -> None:
    reward.refresh_from_db()
    budget = RewardBudget.objects.get()
    promised = RewardGrant.objects.filter(state__in=["approved", "given"])
    worth = promised.aggregate(sum=Sum("value_grosze"))["sum"] or 0
    assert 0 <= budget.used_grosze == worth <= budget.grosze
    assert reward.stock == stocked - _taken() >= 0
    for party in set(promised.values_list("party", flat=True)):
        year = promised.filter(party=party).aggregate(sum=Sum("value_grosze"))["sum"]
        assert year <= 9_000


TAPS = st.lists(
    st.tuples(st.sampled_from(["name", "words", "card", "skip", "reopen"]), st.integers(0, 4)),
    max_size=12,
)


@settings(max_examples=25)
@given(taps=TAPS)
def test_every_thank_you_is_owed_given_or_skipped_and_nothing_else(taps, anna, marta, at):
    with transaction.atomic():
        named = 0
        for name, which in taps:
            rows = list(Thanks.objects.order_by("id"))
            if name == "name":
                support.named(anna, at, first=f"Piotr{named}")
                named += 1
            elif rows:
                row = rows[which % len(rows)]
                with suppress(Refused), transaction.atomic():
                    if name in ("words", "card"):
                        acts.give(by=marta, at=at, thanks=row, way=name)
                    else:
                        getattr(acts, name)(by=marta, at=at, thanks=row)
            rows = list(Thanks.objects.all())
            owed = set(queries.owed(marta))
            assert len(rows) == named
            for row in rows:
                done, skipped = row.done_at is not None, row.skipped_at is not None
                assert (row in owed) + done + skipped == 1
                assert bool(row.way) == done
        transaction.set_rollback(True)
