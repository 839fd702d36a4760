"""The pool's pages: everyone reads the story, nobody a colleague's money, the boss divides."""

import pytest
from django.urls import reverse

from polecam.actions import engagements, pool
from polecam.bonuses.models import Coaching, PoolPayout
from polecam.insights.pool import story
from polecam.kit.periods import month_bounds, month_of, previous_month
from tests.cast import ZONE, person
from tests.facts.support import DAY, SALE, confirmed, version_of
from tests.pool.support import FLOW, held, vest

pytestmark = pytest.mark.django_db


def text(answer) -> str:
    return answer.content.decode().replace("\u202f", " ").replace("\u00a0", " ")


@pytest.fixture
def months_ago(at):
    """Days of two months that are over, in the middle of each."""
    last = previous_month(month_of(at, ZONE))
    return [month_bounds(m, ZONE)[0] + 14 * DAY for m in (previous_month(last), last)]


@pytest.fixture
def six(branch, at):
    """Six sellers."""
    names = ("Ola", "Ewa", "Nina", "Rafal", "Zuza", "Bartek")
    return [person(branch, "seller", name, "Nowak", "f", at=at) for name in names]


def open_as(client, who, name="pool:story", **query):
    client.force_login(who)
    return client.get(reverse(name), query)


def test_before_a_benchmark_it_says_who_enters_it(client, marta, tomek, plan):
    page = text(open_as(client, marta))
    assert "Wpisze ją szef oddziału albo administrator" in page
    assert reverse("evidence:parameter", args=["cost_of_client_grosze"]) in text(
        open_as(client, tomek)
    )


def test_a_plan_without_a_pool_says_so(client, marta, benchmark, at):
    version_of(at, SALE)
    assert reverse("money:plan") in text(open_as(client, marta))


def test_few_sellers_are_not_told_what_would_tell_a_bonus(
    client, anna, marta, kamil, tomek, branch, pooled, months_ago, at
):
    confirmed(anna, kamil, tomek, pooled, months_ago[0] - 31 * DAY)
    vest(months_ago[0])
    page = text(open_as(client, marta))
    for amount in ("912", "91,20", "545", "54 500"):
        assert amount not in page
    boss = text(open_as(client, tomek))
    assert "912 zł" in boss
    assert "91,20" in boss


def test_a_month_waits_until_five_earned_in_it(
    anna, marta, tomek, branch, pooled, six, months_ago, at
):
    first, second = months_ago
    for when, sellers in ((first, six[:3]), (second, six[2:5])):
        for seller in sellers:
            confirmed(anna, seller, tomek, pooled, when - 31 * DAY)
        vest(when)
    (period,) = story(marta, branch.pk, at=at, divides=False).periods
    assert period.months == [month_of(when, ZONE) for when in months_ago]
    assert (period.wins, period.into, period.left_end) == (6, 6 * FLOW, 6 * FLOW)
    assert len(story(tomek, branch.pk, at=at, divides=True).periods) == 2


def test_the_running_month_is_not_told(anna, marta, tomek, branch, pooled, six, at):
    for seller in six:
        confirmed(anna, seller, tomek, pooled, at - 31 * DAY)
    vest(at)
    found = story(marta, branch.pk, at=at, divides=False)
    assert (found.periods, found.untold, found.balance) == ([], True, None)


def test_a_seller_sees_the_own_part_only(client, anna, marta, kamil, tomek, branch, benchmark, at):
    version = version_of(at, SALE, pool_bp=1_000, pool_rule="part_time")
    engagements.engage(
        by=None, at=at, person=kamil, kind="civil", full_time_bp=5_000, since=at.date() - 60 * DAY
    )
    confirmed(anna, marta, tomek, version, at - 31 * DAY)
    vest(at)
    pool.share_out(by=tomek, at=at, branch=branch, amount_grosze=8_700, seen_grosze=held(branch))
    page = text(open_as(client, kamil))
    assert ">29 <small>" in page
    assert "58" not in page.split("h-paid")[1].split("h-rule")[0]
    assert "Zielinska" not in page
    boss = text(open_as(client, tomek))
    assert "58 zł" in boss
    assert "Kamil Duda" in boss


def test_the_boss_looks_first_and_then_divides(
    client, anna, marta, kamil, tomek, branch, pooled, at
):
    confirmed(anna, marta, tomek, pooled, at - 31 * DAY)
    vest(at)
    look = text(open_as(client, tomek, "pool:divide", amount="60,00"))
    assert look.count("30 zł") + look.count(">30") >= 2
    assert not PoolPayout.objects.exists()
    sent = {"amount": "60,00", "seen": str(FLOW)}
    answer = client.post(reverse("pool:divide"), sent)
    assert (answer.status_code, answer["Location"]) == (303, reverse("pool:story"))
    assert held(branch) == FLOW - 6_000
    again = client.post(reverse("pool:divide"), sent)
    assert again.status_code == 422
    assert PoolPayout.objects.count() == 1


@pytest.mark.parametrize("typed", ["", "zero", "0", "-5", "99999999"])
def test_a_wrong_amount_divides_nothing(client, anna, marta, tomek, branch, pooled, at, typed):
    confirmed(anna, marta, tomek, pooled, at - 31 * DAY)
    vest(at)
    client.force_login(tomek)
    sent = {"amount": typed, "seen": str(FLOW)}
    assert client.get(reverse("pool:divide"), {"amount": typed}).status_code == 200
    assert client.post(reverse("pool:divide"), sent).status_code == 422
    assert held(branch) == FLOW


def test_a_coaching_is_confirmed_on_its_page(client, marta, kamil, tomek, branch, plan):
    client.force_login(tomek)
    sent = {"mentor": marta.public_id, "colleague": kamil.public_id}
    assert client.post(reverse("pool:coaching"), sent).status_code == 303
    assert Coaching.objects.count() == 1
    assert client.post(reverse("pool:coaching"), sent).status_code == 422
    assert "Marta Zielinska" in text(client.get(reverse("pool:coaching")))


def test_sellers_neither_divide_nor_confirm(client, marta):
    for name in ("pool:divide", "pool:coaching"):
        assert open_as(client, marta, name).status_code == 403
