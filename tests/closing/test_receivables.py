"""Nothing is taken from anybody's money without their own word."""

import pytest

from polecam.actions import receivables
from polecam.bonuses.closing import figures as reads
from polecam.bonuses.models import NettingConsent, Settlement
from polecam.bonuses.verify import problems
from polecam.kit.errors import NotAllowed, Refused
from polecam.kit.periods import next_month
from tests.bonuses.support import balances
from tests.closing.support import START, close, day, identity, pay, sold, statement, vest, void

pytestmark = pytest.mark.django_db
SECOND = next_month(START)
THIRD = next_month(SECOND)
BONUS = 54_500


@pytest.fixture
def owing(anna, marta, plan, pawel, ada):
    """Marta was paid 545 zł for a sale that was voided later, and has 250 zł payable."""
    sale = sold(anna, marta, plan, day(START, 5))
    close(START, pawel, ada)
    pay(START, pawel)
    vest(SECOND)
    close(SECOND, pawel, ada)
    sold(anna, marta, plan, day(THIRD, 1), margin=200_000)
    pay(SECOND, pawel)
    void(sale, day(THIRD, 20))
    vest(next_month(THIRD), 10)
    close(THIRD, pawel, ada, number=12)
    pay(THIRD, pawel, number=12)
    return day(next_month(THIRD), 15)


def refused(**more) -> str:
    with pytest.raises(Refused) as error:
        receivables.settle(**{"why": "ustalone", **more})
    return error.value.code


def test_netting_needs_the_persons_own_consent(owing, marta, kamil, pawel, tomek, ada):
    given = {"by": pawel, "at": owing, "person": marta, "way": "netted"}
    assert balances(marta)["receivable"] == -BONUS
    assert refused(**given, amount_grosze=100) == "netting_without_consent"
    receivables.agree(by=kamil, at=owing, limit_grosze=BONUS)
    assert refused(**given, amount_grosze=100) == "netting_without_consent"
    consent = receivables.agree(by=marta, at=owing, limit_grosze=20_000)
    assert consent.wording == "employment-1"
    assert refused(**given, amount_grosze=20_001) == "netting_over_limit"
    receivables.settle(**given, amount_grosze=15_000, why="zgoda z maja")
    assert refused(**given, amount_grosze=5_001) == "netting_over_limit"
    assert balances(marta)["payable"] == 10_000
    month = next_month(THIRD)
    draft = reads.figures_of(marta, month)
    assert draft.payout.amount == 10_000
    assert draft.payout.others == -15_000
    assert ("netted", 0, 15_000) in [(m.kind, m.amount, m.moved) for m in draft.movements]
    receivables.disagree(by=marta, at=owing)
    assert refused(**given, amount_grosze=1) == "netting_without_consent"
    close(month, pawel, ada)
    pay(month, pawel)
    assert statement(marta, month).payment is not None
    assert balances(marta)["paid"] == BONUS + 10_000
    assert "payable" not in balances(marta)
    assert identity(marta)
    assert list(problems()) == []


def test_netting_never_takes_more_than_the_statement_pays(owing, marta, pawel):
    receivables.agree(by=marta, at=owing, limit_grosze=BONUS)
    given = {"by": pawel, "at": owing, "person": marta, "way": "netted"}
    assert refused(**given, amount_grosze=25_001) == "netting_over_payout"
    receivables.settle(**given, amount_grosze=25_000, why="całość")
    draft = reads.figures_of(marta, next_month(THIRD))
    assert (draft.payout.amount, draft.payout.why) == (0, "nothing_due")


def test_paid_back_or_let_go(owing, marta, pawel):
    given = {"by": pawel, "at": owing, "person": marta, "why": "przelew 15 czerwca"}
    receivables.settle(**given, way="repaid", amount_grosze=30_000)
    assert balances(marta)["receivable"] == -24_500
    assert balances(marta)["paid"] == BONUS - 30_000
    assert identity(marta)
    receivables.settle(**given, way="waived", amount_grosze=24_500)
    assert "receivable" not in balances(marta)
    assert identity(marta)
    assert refused(**{**given, "way": "waived"}, amount_grosze=1) == "settle_more_than_owed"
    assert list(problems()) == []
    assert Settlement.objects.count() == 2


def test_who_and_what_is_refused(owing, marta, tomek, ada, pawel):
    given = {
        "at": owing,
        "person": marta,
        "way": "repaid",
        "amount_grosze": 1,
        "why": "tak po prostu",
    }
    for person in (marta, tomek, ada):
        with pytest.raises(NotAllowed):
            receivables.settle(by=person, **given)
    assert refused(by=pawel, **{**given, "way": "gone"}) == "choice_unknown"
    assert refused(by=pawel, **{**given, "why": " "}) == "settle_reason"
    assert refused(by=pawel, **{**given, "amount_grosze": 0}) == "settle_amount"
    assert refused(by=pawel, **{**given, "person": pawel}) == "settle_oneself"
    with pytest.raises(Refused):
        receivables.agree(by=marta, at=owing, limit_grosze=0)


def test_a_new_agreement_takes_the_place_of_the_old_one(owing, marta):
    receivables.agree(by=marta, at=owing, limit_grosze=100)
    receivables.agree(by=marta, at=owing, limit_grosze=200)
    assert NettingConsent.objects.filter(person=marta).count() == 2
    assert receivables.disagree(by=marta, at=owing)
    assert not receivables.disagree(by=marta, at=owing)
