"""My money, complete: rules that count months, differences, what is owed, months, pay-day."""

from datetime import timedelta

import pytest
from django.test import Client as Http
from django.urls import reverse

from polecam.actions import bonuses, receivables
from polecam.actions.setup import set_setting
from polecam.bonuses.closing.paydays import payday_for, payday_of
from polecam.bonuses.models import Line, NettingConsent
from polecam.bonuses.models.components import Band
from polecam.bonuses.rates import Step, Term
from polecam.insights.line_trace import pieces, scaled, standing
from polecam.insights.my_months import my_months
from polecam.kit.periods import month_of
from polecam.referrals.models import Meeting
from polecam.store import clock
from polecam.store.tx import action
from tests.bonuses.support import referral_of
from tests.cast import ZONE
from tests.closing.support import START, close, day, pay, sold, vest, void
from tests.money.conftest import confirmed
from tests.money.test_pages import text_of, visit

pytestmark = pytest.mark.django_db
EACH = 10_000


@pytest.fixture
def banded(plan, at):
    """Meetings: two for 40 zł each, from the third on 60 zł. The plan is published afterwards."""
    from polecam.bonuses.models import Component, PlanVersion

    version = PlanVersion.objects.create(
        plan=plan.plan, number=2, valid_from=at - timedelta(days=300), hold_days=30,
        clawback_days=90,
    )  # fmt: skip
    made = Component.objects.create(
        version=version, position=1, fact_kind="meeting", base="count", shape="marginal"
    )
    for lower, upper, amount in ((0, 2 * EACH, 4_000), (2 * EACH, None, 6_000)):
        Band.objects.create(component=made, lower=lower, upper=upper, amount_grosze=amount)
    PlanVersion.objects.filter(pk=version.pk).update(published_at=at - timedelta(days=300))
    return version


@pytest.fixture
def meetings(banded, anna, marta, at):
    """Three of Marta's meetings, the last one of them half hers."""
    with clock.injected():
        for number in range(3):
            moment = at + timedelta(seconds=number)
            referral = referral_of(anna, marta, banded, moment)
            meeting = Meeting.objects.create(
                referral=referral, at=moment, set_by=marta, held_at=moment, confirmed_at=moment
            )
            confirmed(referral, "meeting", meeting, moment)
    return list(Line.objects.filter(person=marta).order_by("fact__confirmed_at"))


def test_a_line_says_where_it_stands_in_its_month(meetings, marta):
    assert [line.amount_grosze for line in meetings] == [4_000, 4_000, 6_000]
    place = standing(meetings[2])
    assert (place.before, place.after, place.total) == (2 * EACH, 3 * EACH, 3 * EACH)
    assert [piece.step.amount_grosze for piece in place.pieces] == [6_000]
    text = text_of(visit(marta, reverse("money:line", args=[meetings[2].public_id])))
    for words in (
        "Numer kolejny",
        "nr 3",
        "próg od 3",
        "1 × po 60 zł",
        "w kolejności potwierdzenia",
    ):
        assert words in text, words
    english = text_of(visit(marta, reverse("money:line", args=[meetings[2].public_id]), "en"))
    assert "no. 3" in english


def test_pieces_of_bands():
    steps = (Step(0, 20_000, 100, 0), Step(20_000, None, 300, 0))
    term = Term("meeting", "count", "marginal", steps)
    assert [(p.step.amount_grosze, p.size) for p in pieces(term, 15_000, 25_000, 25_000)] == [
        (100, 5_000),
        (300, 5_000),
    ]
    whole = Term("meeting", "count", "whole", steps)
    assert [(p.step.amount_grosze, p.size) for p in pieces(whole, 0, 5_000, 30_000)] == [
        (300, 5_000)
    ]
    half = scaled(term, 5_000)
    assert [(step.lower, step.upper) for step in half.steps] == [(0, 10_000), (10_000, None)]


def test_a_difference_names_the_first_amount(meetings, marta, at):
    """The second meeting is taken back: the third one moves down a band."""
    gone = meetings[0].fact
    with clock.injected(), action():
        bonuses.void(source=Meeting.objects.get(public_id=gone.source), at=at)
    change = Line.objects.filter(person=marta, corrects__isnull=False).first()
    assert change is not None
    assert change.amount_grosze == -2_000
    text = text_of(visit(marta, reverse("money:mine")))
    assert "Korekta: Spotkanie" in text
    assert "pierwotnie naliczone" in text
    text = text_of(visit(marta, reverse("money:line", args=[change.public_id])))
    for words in ("Zaliczone wcześniej", "Różnica dla Ciebie, brutto", "Pierwsza kwota: 60 zł"):
        assert words in text, words
    first = text_of(visit(marta, reverse("money:line", args=[change.corrects.public_id])))
    assert "Późniejsze korekty" in first


@pytest.fixture
def owing(anna, marta, plan, pawel, ada):
    """Marta was paid 545 zł for a sale that was voided afterwards."""
    with clock.injected():
        sale = sold(anna, marta, plan, day(START, 5))
        close(START, pawel, ada)
        pay(START, pawel)
        vest("2025-04")
        close("2025-04", pawel, ada)
        pay("2025-04", pawel)
        void(sale, day("2025-05", 20))


def test_what_is_owed_and_the_own_consent(owing, marta, kamil):
    text = text_of(visit(marta, reverse("money:mine") + "?m=2025-05"))
    assert "545 zł brutto wypłacono" in text
    http = Http()
    http.force_login(marta)
    http.cookies["language"] = "pl"
    page = text_of(http.get(reverse("money:owed")))
    for words in (
        "545 zł do wyjaśnienia",
        "Bez Twojej pisemnej zgody nic nie zostanie potrącone.",
        "wynagrodzenie chroni prawo",
        "−545",
    ):
        assert words in page, words
    assert http.post(reverse("money:agree"), {"limit": "200"}).status_code == 422
    agreed = http.post(reverse("money:agree"), {"limit": "200,00", "agreed": "on"})
    assert agreed.status_code == 303
    assert NettingConsent.objects.get(withdrawn_at=None).limit_grosze == 20_000
    assert "Wycofaj zgodę" in text_of(http.get(reverse("money:owed")))
    http.post(reverse("money:withdraw"))
    assert not NettingConsent.objects.filter(withdrawn_at=None).exists()
    assert "Nic do wyjaśnienia" in text_of(visit(kamil, reverse("money:owed")))


def test_how_a_debt_was_settled_stands_there(owing, marta, pawel):
    with clock.injected():
        receivables.settle(
            by=pawel, at=day("2025-06", 3), person=marta, way="waived", amount_grosze=54_500,
            why="nasz błąd",
        )  # fmt: skip
    text = text_of(visit(marta, reverse("money:owed")))
    assert "Firma rezygnuje z tej kwoty" in text
    assert "nasz błąd" in text


def test_months_side_by_side(month, marta, kamil, at):
    now = month_of(at, ZONE)
    found = my_months(marta, now)
    assert [(one.month, one.earned, one.paid) for one in found] == [(now, 71_000, 0)]
    text = text_of(visit(marta, reverse("money:months")))
    assert "Miesiąc po miesiącu" in text
    assert "710 zł" in text
    assert "710 zł" not in text_of(visit(kamil, reverse("money:months")))


def test_pay_day(month, marta, at):
    assert payday_of("2026-11", 10).isoformat() == "2026-12-10"
    assert payday_of("2026-12", 28).isoformat() == "2027-01-28"
    vests = at + timedelta(days=30)
    assert payday_for(vests, 15, ZONE).day == 15
    set_setting(by=None, at=at, key="payday", value=15, why="")
    assert "wypłata 15" in text_of(visit(marta, reverse("money:mine")))
    line = Line.objects.filter(person=marta).first()
    page = text_of(visit(marta, reverse("money:line", args=[line.public_id])))
    assert "Wypłata" in page
