"""Joint sales: counted, celebrated by those who agreed, told to both, paid to both to the grosz."""

from datetime import timedelta

import pytest
from django.urls import reverse

from polecam.actions import people, proposals, recognition, sales, setup
from polecam.bonuses.models import Line
from polecam.bonuses.verify import problems
from polecam.insights import joint, tallies
from polecam.insights.team import of_branch
from tests.bonuses.support import balances
from tests.cast import person
from tests.referrals.growing import consented
from tests.shares.support import shared, split

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
ZONE = "Europe/Warsaw"


@pytest.fixture
def sold(anna, marta, kamil, tomek, plan, at):
    """Marta brought, Kamil closed: 66.67 / 33.33, a margin that does not divide."""
    referral = consented(anna, at=at - 3 * DAY, plan=plan.pk)
    proposals.propose(
        by=marta, at=at - 2 * DAY, referral=referral, reason="joint",
        parts=split((marta, 6_667), (kamil, 3_333, "closer")),
    )  # fmt: skip
    sale = sales.report(
        by=marta, at=at - DAY, referral=referral, value_grosze=900_000, margin_grosze=87_654,
        sold_on=(at - DAY).date(),
    )  # fmt: skip
    return sales.confirm(by=tomek, at=at, sale=sale)


def test_it_pays_both_to_the_grosz(sold, marta, kamil):
    lines = {row.person.first_name: row for row in Line.objects.filter(fact__kind="sale")}
    whole = 10_957  # 12.5% of 876.54, rounded half up
    assert {row.whole_grosze for row in lines.values()} == {whole}
    assert lines["Marta"].amount_grosze + lines["Kamil"].amount_grosze == whole
    for name, share in (("Marta", 6_667), ("Kamil", 3_333)):
        assert abs(lines[name].amount_grosze - whole * share / 10_000) < 1
    assert balances(marta)["pending"] == lines["Marta"].amount_grosze
    assert balances(kamil)["pending"] == lines["Kamil"].amount_grosze
    assert list(problems()) == []


def test_the_tally_stays_the_originators(sold):
    assert not [p for p in tallies.problems(ZONE) if p.startswith(("sales", "margin"))]


def test_both_read_who_did_what(client, sold, marta, kamil, tomek):
    url = reverse("referrals:one", args=[sold.referral.public_id])
    for reader, words in (
        (marta, "Wspólna sprzedaż: Ty przyniosłaś, Kamil domknął."),
        (kamil, "Wspólna sprzedaż: Marta przyniosła, Ty domknąłeś."),
    ):
        client.force_login(reader)
        page = client.get(url, headers={"Accept-Language": "pl"}).content.decode()
        assert words in page.replace("\u00a0", " ")
    alone = client.get(reverse("shares:one", args=[sold.referral.public_id]))
    assert alone.status_code == 200


def test_the_branch_counts_joint_sales_of_a_quarter(sold, branch, anna, marta, tomek, plan, at):
    assert joint.of_branch(branch.pk, at) == 1
    assert joint.of_branch(branch.pk, at + 91 * DAY) == 0
    alone = consented(anna, at=at - 3 * DAY, plan=plan.pk, phone="+48600100207")
    sale = sales.report(
        by=marta, at=at, referral=alone, value_grosze=900_000, margin_grosze=90_000,
        sold_on=at.date(),
    )  # fmt: skip
    sales.confirm(by=tomek, at=at, sale=sale)
    assert joint.of_branch(branch.pk, at) == 1
    sales.void(by=tomek, at=at, sale=sold, reason="mistake")
    assert joint.of_branch(branch.pk, at) == 0


def test_a_small_team_is_told_no_total(sold, branch, marta, at):
    assert of_branch(marta, branch.pk, at, ZONE).joint is None
    for number, name in enumerate(("Ala", "Ela", "Iza")):
        person(branch, "seller", name, f"Nowa{number}", "f", at=at)
    assert of_branch(marta, branch.pk, at, ZONE).joint == 1


def agree_to_be_named(person_, at) -> None:
    people.acknowledge_notice(by=person_, at=at - 29 * DAY)
    recognition.join_feed(by=person_, at=at - 20 * DAY)


def test_good_news_name_both_only_if_both_agreed(sold, firm, branch, marta, kamil, tomek, at):
    early = at - 30 * DAY
    setup.announce_monitoring(by=None, at=early, on=early.date(), rule="Regulamin pracy")

    def news():
        found = of_branch(tomek, branch.pk, at, ZONE).news
        return [(n.kind, n.person.first_name, [p.first_name for p in n.partners]) for n in found]

    assert news() == []
    agree_to_be_named(marta, at)
    assert news() == [("sale", "Marta", [])], "Kamil did not agree, so he is not named"
    agree_to_be_named(kamil, at)
    assert news() == [("joint", "Marta", ["Kamil"])]
    recognition.leave_feed(by=marta, at=at)
    assert news() == []


def test_one_who_lost_all_shares_has_no_part_in_it(anna, marta, kamil, tomek, plan, branch, at):
    referral = shared(anna, at - 3 * DAY, (marta, 7_000), (kamil, 3_000), plan=plan.pk)
    proposals.propose(by=kamil, at=at - 2 * DAY, referral=referral, parts=split((marta, 10_000)))
    sale = sales.report(
        by=marta, at=at, referral=referral, value_grosze=900_000, margin_grosze=90_000,
        sold_on=at.date(),
    )  # fmt: skip
    sales.confirm(by=tomek, at=at, sale=sale)
    assert joint.of_branch(branch.pk, at) == 0
    assert "pending" not in balances(kamil)
