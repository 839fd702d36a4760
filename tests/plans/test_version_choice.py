"""One referral by a newer version: both sums shown, what is credited stays, nobody else loses."""

from datetime import timedelta

import pytest
from django.core.cache import cache

from polecam.actions import bonuses, plan_assignments, plan_choices, plans
from polecam.bonuses.models import CreditedFact, Line, Plan, PlanVersion, VersionChoice
from polecam.bonuses.planning.draft import DraftComponent, DraftVersion
from polecam.insights.version_choice import offer
from polecam.journal.models import Event
from polecam.kit.errors import Refused
from tests.bonuses.support import referral_of, sale_of

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
DEARER = (
    DraftComponent("meeting", amount_grosze=5_000),
    DraftComponent("sale", base="margin", rate_bp=1_400, floor_grosze=12_000),
)


@pytest.fixture(autouse=True)
def forget():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def referral(anna, marta, plan, at):
    """Captured ten days ago, under the first version; the consent is credited."""
    made = referral_of(anna, marta, plan, at - 10 * DAY)
    bonuses.credit(kind="consent", referral=made, source=made, at=at - 10 * DAY)
    return made


@pytest.fixture
def newer(plan, at) -> PlanVersion:
    draft = DraftVersion(at - DAY, DEARER)
    return plans.publish_plan(at=at - DAY, name="", draft=draft)


def seen(person, referral, at) -> tuple[int, int]:
    found = offer(person, referral, at)
    return found.before_grosze, found.after_grosze


def test_both_sums_are_shown_step_by_step(referral, newer, plan, marta, at):
    found = offer(marta, referral, at)
    assert (found.before, found.after, found.refusal) == (plan, newer, "")
    # P(meeting) 55%, P(sale) 45% of it, of a margin of 4,360 zl: evidence.md
    assert [(line.kind, line.before_grosze, line.after_grosze) for line in found.lines] == [
        ("meeting", 2_200, 2_750),
        ("sale", 13_489, 15_107),
    ]
    assert (found.before_grosze, found.after_grosze) == (15_689, 17_857)


def test_taken_it_holds_for_what_comes_and_what_is_credited_stays(
    referral, newer, plan, marta, tomek, at
):
    choice = plan_choices.take_version(
        by=marta, at=at, referral=referral, seen=seen(marta, referral, at)
    )
    assert (choice.before, choice.after, choice.after_grosze) == (plan, newer, 17_857)
    referral.refresh_from_db()
    assert referral.plan_version_id == newer.pk
    event = Event.objects.get(kind="referral.version_taken")
    assert (event.data["before"], event.data["after"], event.by_id) == (1, 2, marta.pk)
    sale = sale_of(referral, marta, at, margin=100_000)
    bonuses.credit(
        kind="sale", referral=referral, source=sale, at=at, base_grosze=100_000, by=tomek
    )
    assert list(CreditedFact.objects.order_by("id").values_list("kind", "version")) == [
        ("consent", plan.pk),
        ("sale", newer.pk),
    ]
    assert list(Line.objects.order_by("id").values_list("amount_grosze", flat=True)) == [
        1_000,
        14_000,
    ]
    with pytest.raises(Refused, match="version_none_newer"):
        plan_choices.take_version(by=marta, at=at, referral=referral, seen=(0, 0))


def test_a_reported_sale_is_compared_by_its_own_margin(referral, newer, marta, at):
    referral.state = "won"
    referral.save()
    sale = sale_of(referral, marta, at, margin=50_000, state="reported")
    assert seen(marta, referral, at) == (6_250, 12_000)
    sale.state, sale.confirmed_at = "confirmed", at
    sale.save()
    assert offer(marta, referral, at).refusal == "version_sale_confirmed"
    with pytest.raises(Refused, match="version_sale_confirmed"):
        plan_choices.take_version(by=marta, at=at, referral=referral, seen=(6_250, 12_000))


def test_who_has_no_share_and_who_looked_at_other_sums(referral, newer, marta, kamil, at):
    with pytest.raises(Refused, match="version_no_share"):
        plan_choices.take_version(by=kamil, at=at, referral=referral, seen=(0, 0))
    with pytest.raises(Refused, match="version_sums_changed"):
        plan_choices.take_version(by=marta, at=at, referral=referral, seen=(1, 2))
    assert not VersionChoice.objects.exists()


def test_a_closed_referral_keeps_its_version(referral, newer, marta, at):
    referral.state = "lost"
    referral.save()
    assert offer(marta, referral, at).refusal == "version_not_open"


def test_several_share_it_so_nobody_else_may_lose(anna, marta, kamil, plan, newer, at):
    both = referral_of(anna, marta, plan, at - 10 * DAY, {marta: 7_000, kamil: 3_000})
    assert offer(kamil, both, at).refusal == ""
    poorer = DraftVersion(at, (DraftComponent("sale", base="margin", rate_bp=1_000),))
    plans.publish_plan(at=at, name="", draft=poorer)
    assert offer(kamil, both, at).refusal == "version_others_lose"
    with pytest.raises(Refused, match="version_others_lose"):
        plan_choices.take_version(by=kamil, at=at, referral=both, seen=seen(kamil, both, at))


def test_the_newer_one_is_that_of_the_persons_own_plan(referral, plan, newer, marta, ada, at):
    """An assigned plan is the person's; an older version of it is no newer one."""
    own = Plan.objects.create(name="Nowi", covers_all=False, created_at=at)
    version = PlanVersion(
        plan=own,
        number=1,
        valid_from=plan.valid_from,
        published_at=plan.valid_from,
        hold_days=30,
        clawback_days=90,
    )
    version.save()
    plan_assignments.assign(by=ada, at=at, plan=own, since=at, person=marta)
    assert offer(marta, referral, at) is None
    assert offer(marta, referral, at - timedelta(seconds=1)).after == newer


def test_no_plan_at_capture_no_choice(anna, marta, newer, at):
    assert offer(marta, referral_of(anna, marta, None, at), at) is None
