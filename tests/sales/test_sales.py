"""From "won" to money: reported, confirmed by someone else, disputed, voided."""

from datetime import timedelta

import pytest

from polecam.actions import bonuses, sales, sales_file
from polecam.asking.models import Moment
from polecam.bonuses.models import Account, CreditedFact, Line
from polecam.claims.models import Claim
from polecam.clients.models import Client
from polecam.journal.models import Event
from polecam.kit.errors import NotAllowed, Refused
from polecam.kit.periods import day_of
from polecam.referrals.models import StageTally
from polecam.sales.models import Complaint, Sale
from tests.cast import client
from tests.referrals.growing import consented

ZONE = "Europe/Warsaw"


@pytest.fixture
def kasia(anna, plan, at):
    """Katarzyna, who agreed to a call twenty days ago."""
    return consented(anna, at=at - timedelta(days=20), plan=plan.pk)


def report(referral, by, at, **more):
    figures = {
        "value_grosze": 25_000_000,
        "margin_grosze": 640_000,
        "sold_on": day_of(at, ZONE),
        "contract": "U/2026/4000",
    }
    return sales.report(by=by, at=at, referral=referral, **(figures | more))


def test_won_makes_money_probable_only(kasia, marta, at):
    sale = report(kasia, marta, at)
    kasia.refresh_from_db()
    assert (kasia.state, sale.state, kasia.erase_at) == ("won", "reported", None)
    assert not CreditedFact.objects.exists()
    assert not Client.objects.filter(party=kasia.party).exists()
    assert not StageTally.objects.exists()


def test_the_same_report_twice_is_one(kasia, marta, at):
    assert report(kasia, marta, at) == report(kasia, marta, at)
    assert Event.objects.filter(kind="sale.reported").count() == 1
    corrected = report(kasia, marta, at, margin_grosze=650_000)
    assert Sale.objects.get() == corrected
    assert Event.objects.filter(kind="sale.reported").count() == 2
    assert Event.objects.filter(kind="referral.won").count() == 1


def test_days_and_amounts(kasia, marta, at):
    for more, code in [
        ({"sold_on": day_of(at, ZONE) + timedelta(days=1)}, "sale_in_future"),
        ({"sold_on": day_of(at, ZONE) - timedelta(days=8)}, "sale_backdated"),
        ({"sold_on": day_of(at, ZONE) - timedelta(days=90)}, "sale_before_referral"),
        ({"margin_grosze": 26_000_000}, "sale_margin"),
        ({"value_grosze": 0}, "sale_value"),
    ]:
        with pytest.raises(Refused, match=code):
            report(kasia, marta, at, **more)
    late = {"sold_on": day_of(at, ZONE) - timedelta(days=8), "late_reason": "papers"}
    assert report(kasia, marta, at, **late).late_reason == "papers"


def test_only_the_holder_reports(kasia, kamil, tomek, ada, irena, pawel, at):
    for other in (kamil, tomek, ada, irena, pawel):
        with pytest.raises(NotAllowed):
            report(kasia, other, at)


def test_a_contract_counts_once(kasia, anna, marta, plan, at):
    report(kasia, marta, at)
    other = consented(
        anna, at=at - timedelta(days=9), first="Julia", phone="+48600100201", plan=plan.pk
    )
    with pytest.raises(Refused, match="contract_taken"):
        report(other, marta, at)


def test_confirmed_by_the_boss(kasia, anna, marta, tomek, at):
    sale = report(kasia, marta, at)
    sales.confirm(by=tomek, at=at, sale=sale)
    sales.confirm(by=tomek, at=at, sale=sale)
    sale.refresh_from_db()
    assert (sale.state, sale.confirmed_via, sale.confirmed_by) == ("confirmed", "person", tomek)
    fact = CreditedFact.objects.get()
    assert (fact.kind, fact.person, fact.base_grosze) == ("sale", marta, 640_000)
    assert Line.objects.get().amount_grosze == 80_000  # 12.5% of 6,400 zł
    tally = StageTally.objects.get()
    assert (tally.sales, tally.margin_grosze, tally.seller) == (1, 640_000, marta)
    assert not Claim.objects.filter(ended_at=None).exists()


def test_a_won_referral_makes_a_client_who_remembers(kasia, anna, marta, tomek, at):
    sale = report(kasia, marta, at)
    sales.confirm(by=tomek, at=at, sale=sale)
    sale.refresh_from_db()
    made = Client.objects.get(party=kasia.party)
    assert (made.owner, made.introduced_by, sale.client) == (marta, anna, made)
    moment = Moment.objects.get(client=made)
    assert moment.kind == "delivered"
    assert moment.on == sale.sold_on + timedelta(days=21)


def test_somebody_who_was_a_client_stays_as_they_are(kasia, anna, kamil, marta, tomek, at):
    before = client(anna.branch, kamil, "Katarzyna", "Bielak", at=at)
    before.party.set_phone("+48600100200")
    before.party.save()
    sale = report(kasia, marta, at)
    sales.confirm(by=tomek, at=at, sale=sale)
    sale.refresh_from_db()
    before.refresh_from_db()
    assert sale.client == before
    assert (before.owner, before.introduced_by) == (kamil, None)


def test_never_confirmed_by_oneself(branch, tomek, ada, marta, kasia, plan, at):
    own = consented(
        client(branch, tomek, "Ewa", "Polak", at=at), at=at - timedelta(days=3), plan=plan.pk
    )
    sale = report(own, tomek, at)
    with pytest.raises(Refused, match="own_confirmation"):
        sales.confirm(by=tomek, at=at, sale=sale)
    row = sales_file.Matched(sale, 25_000_000, 640_000, "U/2026/4000")
    with pytest.raises(Refused, match="own_confirmation"):
        sales_file.confirm_from_file(by=tomek, at=at, rows=[row])
    with pytest.raises(NotAllowed):
        sales.confirm(by=marta, at=at, sale=sale)
    assert not CreditedFact.objects.exists()
    sales.confirm(by=ada, at=at, sale=sale)
    assert CreditedFact.objects.get().person == tomek


def test_confirmed_by_a_file_with_its_figures(kasia, marta, tomek, at):
    sale = report(kasia, marta, at, contract="")
    row = sales_file.Matched(sale, 25_627_400, 662_342, "U/2026/4000")
    done, left = sales_file.confirm_from_file(by=tomek, at=at, rows=[row])
    assert (done, left) == ([sale], [])
    sale.refresh_from_db()
    assert (sale.margin_grosze, sale.contract, sale.confirmed_via) == (
        662_342,
        "U/2026/4000",
        "file",
    )
    assert Line.objects.get().amount_grosze == 82_793
    assert sales_file.confirm_from_file(by=tomek, at=at, rows=[row]) == ([], [sale])


def test_voiding_takes_everything_back(kasia, marta, tomek, at):
    sale = report(kasia, marta, at)
    sales.confirm(by=tomek, at=at, sale=sale)
    for reason, by, error in [("whim", tomek, Refused), ("mistake", marta, NotAllowed)]:
        with pytest.raises(error):
            sales.void(by=by, at=at, sale=sale, reason=reason)
    sales.void(by=tomek, at=at, sale=sale, reason="cancelled")
    sales.void(by=tomek, at=at, sale=sale, reason="cancelled")
    kasia.refresh_from_db()
    tally = StageTally.objects.get()
    assert (kasia.state, kasia.lost_reason) == ("lost", "sale_void")
    assert (tally.sales, tally.margin_grosze) == (0, 0)
    assert Line.objects.get().state == "void"
    assert not Account.objects.exclude(balance=0).exists()
    assert not Moment.objects.filter(closed_at=None).exists()


def test_the_seller_takes_an_unconfirmed_slip_back(kasia, marta, kamil, at):
    sale = report(kasia, marta, at)
    with pytest.raises(NotAllowed):
        sales.void(by=kamil, at=at, sale=sale, reason="mistake")
    sales.void(by=marta, at=at, sale=sale, reason="mistake")
    with pytest.raises(Refused, match="sale_state"):
        sales.confirm(by=_boss(sale), at=at, sale=sale)


def _boss(sale):
    from polecam.people.models import Membership

    other = Membership.objects.filter(branch=sale.branch, role="manager").first()
    if other:
        return other.person
    from tests.cast import person

    return person(sale.branch, "manager", "Olga", "Rataj", "f", at=sale.reported_at)


def test_an_open_complaint_holds_and_an_upheld_one_voids(kasia, marta, tomek, kamil, at):
    sale = report(kasia, marta, at)
    with pytest.raises(Refused, match="sale_state"):
        sales.record_complaint(by=tomek, at=at, sale=sale, ground="pressure")
    sales.confirm(by=tomek, at=at, sale=sale)
    with pytest.raises(NotAllowed):
        sales.record_complaint(by=kamil, at=at, sale=sale, ground="pressure")
    complaint = sales.record_complaint(
        by=tomek, at=at, sale=sale, ground="pressure", note="Klientka czuła nacisk."
    )
    with pytest.raises(Refused, match="complaint_open"):
        sales.record_complaint(by=tomek, at=at, sale=sale, ground="service")
    assert bonuses.vest_due(at=at + timedelta(days=31)) == 0
    with pytest.raises(Refused, match="complaint_words"):
        sales.decide_complaint(by=tomek, at=at, complaint=complaint, upheld=True, decision=" ")
    sales.decide_complaint(
        by=tomek, at=at, complaint=complaint, upheld=True, decision="Rozmowa z klientką."
    )
    assert Line.objects.get().state == "void"
    with pytest.raises(Refused, match="complaint_decided"):
        sales.decide_complaint(by=tomek, at=at, complaint=complaint, upheld=False, decision="x")
    assert Event.objects.get(kind="complaint.upheld").commitment


def test_a_rejected_complaint_lets_the_line_vest(kasia, marta, tomek, at):
    sale = report(kasia, marta, at)
    sales.confirm(by=tomek, at=at, sale=sale)
    complaint = sales.record_complaint(by=tomek, at=at, sale=sale, ground="service")
    sales.decide_complaint(
        by=tomek, at=at, complaint=complaint, upheld=False, decision="Dotyczyło kogo innego."
    )
    assert bonuses.vest_due(at=at + timedelta(days=31)) == 1
    assert Complaint.objects.get().upheld is False


def test_nobody_judges_the_own_sale(branch, tomek, ada, plan, at):
    own = consented(
        client(branch, tomek, "Ewa", "Polak", at=at), at=at - timedelta(days=3), plan=plan.pk
    )
    sale = report(own, tomek, at)
    sales.confirm(by=ada, at=at, sale=sale)
    with pytest.raises(Refused, match="own_confirmation"):
        sales.record_complaint(by=tomek, at=at, sale=sale, ground="service")
