"""The pages of shares: typed percent, the answer of who loses, the history, the blind request."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from polecam.actions import notices, proposals
from polecam.claims.models import CreditShare, Extra, ShareProposal
from polecam.organisation.models import Setting
from polecam.people.models import Person
from polecam.web.ui.waits import waiting
from tests.cast import person
from tests.referrals.growing import consented
from tests.shares.support import in_force, shared, split
from tests.shares.test_proposals import both as both

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def kasia(anna, plan, at):
    return consented(anna, at=at - 3 * DAY, plan=plan.pk)


def body(page) -> str:
    return page.content.decode().partition("<main")[2]


def typed(kamil, first: str, second: str, **more: str) -> dict[str, str]:
    """Marta's row, then a colleague's."""
    return {
        "percent_0": first, "role_0": "introducer",
        "person_1": kamil.public_id, "percent_1": second, "role_1": "closer",
        "person_2": "", "percent_2": "", "role_2": "closer", "reason": "joint",
    } | more  # fmt: skip


@pytest.mark.parametrize(("first", "second"), [("66,67", "33,33"), ("66.67 %", "33.33%")])
def test_percent_are_typed_with_comma_or_dot(client, kasia, marta, kamil, first, second):
    client.force_login(marta)
    url = reverse("shares:propose", args=[kasia.public_id])
    assert client.get(url).status_code == 200
    answer = client.post(url, typed(kamil, first, second))
    assert answer.headers["Location"] == reverse("shares:one", args=[kasia.public_id])
    assert in_force(kasia) == {"Marta": 6_667, "Kamil": 3_333}


@pytest.mark.parametrize(
    ("first", "second"),
    [("70", "29,99"), ("70", "-30"), ("66,667", "33,333"), ("70", "abc"), ("170", "30"), ("", "")],
)
def test_what_is_no_split_is_told_and_stays_typed(client, kasia, marta, kamil, first, second):
    client.force_login(marta)
    url = reverse("shares:propose", args=[kasia.public_id])
    answer = client.post(url, typed(kamil, first, second, note="Za rozmowę"))
    assert answer.status_code == 422
    assert "Za rozmowę" in body(answer)
    assert f'value="{second}"' in body(answer) or not second
    assert in_force(kasia) == {"Marta": 10_000}
    assert not ShareProposal.objects.exists()


def test_a_colleague_twice_or_without_a_part_is_told(client, kasia, marta, kamil):
    client.force_login(marta)
    url = reverse("shares:propose", args=[kasia.public_id])
    twice = typed(kamil, "50", "25", person_2=kamil.public_id, percent_2="25")
    assert client.post(url, twice).status_code == 422
    nobody = typed(kamil, "100", "", person_1=kamil.public_id)
    assert client.post(url, nobody).status_code == 422
    gone = person(kasia.branch, "seller", "Jan", "Odszedł", "m", at=kasia.captured_at)
    Person.objects.filter(pk=gone.pk).update(is_active=False)
    assert client.post(url, typed(gone, "70", "30")).status_code == 422
    assert not ShareProposal.objects.exists()


def test_whoever_loses_answers_on_the_page(client, anna, plan, marta, kamil, at):
    referral = shared(anna, at - DAY, (marta, 6_000), (kamil, 4_000), plan=plan.pk)
    made = proposals.propose(
        by=kamil, at=at, referral=referral, parts=split((marta, 5_000), (kamil, 5_000)),
        note="Byłem na spotkaniu",
    )  # fmt: skip
    (wait,) = [w for w in waiting(marta, at) if w.icon == "split"]
    assert wait.url == reverse("shares:one", args=[referral.public_id])
    client.force_login(marta)
    page = body(client.get(wait.url))
    assert "Byłem na spotkaniu" in page
    assert reverse("shares:agree", args=[made.public_id]) in page
    client.force_login(kamil)
    page = body(client.get(wait.url))
    assert reverse("shares:agree", args=[made.public_id]) not in page
    assert reverse("shares:withdraw", args=[made.public_id]) in page
    assert client.post(reverse("shares:agree", args=[made.public_id])).status_code == 403
    client.force_login(marta)
    client.post(reverse("shares:agree", args=[made.public_id]))
    assert in_force(referral) == {"Marta": 5_000, "Kamil": 5_000}
    assert not [w for w in waiting(marta, at) if w.icon == "split"]
    history = body(client.get(wait.url))
    assert history.count("<li class") >= 3, "every set stays readable"


def test_an_expired_answer_is_told_and_changes_nothing(client, anna, plan, marta, kamil, at):
    early = at - 9 * DAY
    referral = shared(anna, early, (marta, 6_000), (kamil, 4_000), plan=plan.pk)
    made = proposals.propose(
        by=kamil, at=early, referral=referral, parts=split((marta, 5_000), (kamil, 5_000))
    )
    client.force_login(marta)
    said = client.post(reverse("shares:agree", args=[made.public_id]), follow=True)
    assert said.status_code == 200
    assert in_force(referral) == {"Marta": 6_000, "Kamil": 4_000}


@pytest.mark.parametrize("who", ["tomek", "kamil"])
def test_somebody_elses_shares_are_not_found(client, kasia, marta, who, request, at):
    client.force_login(request.getfixturevalue(who))
    for name in ("one", "propose", "ask"):
        assert client.get(reverse(f"shares:{name}", args=[kasia.public_id])).status_code == 404


def test_neither_side_of_a_blind_request_learns_who_the_other_is(client, both, marta, kamil, at):
    led, second = both
    url = reverse("shares:ask", args=[second.public_id])
    client.force_login(kamil)
    assert client.get(url).status_code == 302, "the notice is opened first, and journalled"
    notices.read(by=kamil, at=datetime.now(UTC), referral=second)  # holds for that day
    page = body(client.get(url))
    assert "Marta" not in page
    assert client.post(url, {"share": "12,5"}).status_code == 303
    assert "Marta" not in body(client.get(url))
    assert client.get(reverse("shares:one", args=[led.public_id])).status_code == 404
    client.force_login(marta)
    asked = body(client.get(reverse("shares:one", args=[led.public_id])))
    told = body(client.get(reverse("referrals:one", args=[led.public_id])))
    (wait,) = [w for w in waiting(marta, at + DAY) if w.icon == "split"]
    for text in (asked, told, wait.title, wait.sub):
        assert "Kamil" not in text
        assert "Duda" not in text
    made = ShareProposal.objects.get()
    client.post(reverse("shares:agree", args=[made.public_id]))
    assert in_force(led) == {"Marta": 8_750, "Kamil": 1_250}
    assert "Kamil" in body(client.get(reverse("shares:one", args=[led.public_id])))
    client.force_login(kamil)
    assert "Marta" in body(client.get(reverse("shares:one", args=[led.public_id])))


def test_the_boss_gives_an_extra_from_the_page(client, kasia, marta, kamil, tomek, branch, at):
    from polecam.actions import sales

    for key, value in (("extra_month_grosze", 20_000), ("extra_each_grosze", 5_000)):
        Setting.objects.create(key=key, value=value, valid_from=at - DAY, set_at=at - DAY)
    sales.report(
        by=marta, at=at, referral=kasia, value_grosze=900_000, margin_grosze=90_000,
        sold_on=at.date(),
    )  # fmt: skip
    client.force_login(tomek)
    url = reverse("shares:give", args=[kasia.public_id])
    assert url in body(client.get(reverse("shares:extras")))
    refused = client.post(url, {"person": marta.public_id, "role": "mentor"})
    assert refused.status_code == 422
    assert not Extra.objects.exists()
    assert client.post(url, {"person": kamil.public_id, "role": "mentor"}).status_code == 303
    assert Extra.objects.get().person == kamil
    client.force_login(kamil)
    mine = body(client.get(reverse("money:mine")))
    assert "50" in mine
    assert CreditShare.objects.count() == 1, "the sellers' shares stay as they are"
    client.force_login(marta)
    assert client.get(reverse("shares:extras")).status_code == 403
