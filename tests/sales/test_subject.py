"""What the rooms of referrals and sales hold about one person: exported whole, erased for good."""

from datetime import timedelta

from polecam.actions import referrals_work, sales
from polecam.kit.periods import day_of
from polecam.referrals import subject as of_referrals
from polecam.referrals.models import Referral
from polecam.sales import subject as of_sales
from polecam.sales.models import Complaint, Sale
from tests.referrals.growing import captured, consented


def test_export_and_erasure(anna, marta, tomek, plan, at):
    kasia = consented(anna, at=at - timedelta(days=9), plan=plan.pk, need="home")
    referrals_work.log_contact(by=marta, at=at, referral=kasia, channel="phone", result="reached")
    sale = sales.report(
        by=marta,
        at=at,
        referral=kasia,
        value_grosze=10_000_000,
        margin_grosze=436_000,
        sold_on=day_of(at, "Europe/Warsaw"),
        contract="U/2026/1",
    )
    sales.confirm(by=tomek, at=at, sale=sale)
    complaint = sales.record_complaint(
        by=tomek, at=at, sale=sale, ground="service", note="Długie czekanie."
    )
    party = kasia.party
    (told,) = of_referrals.export(party)["referrals"]
    assert told["source"] == "Anna Kowalczyk"
    assert told["contacts"][0]["result"] == "reached"
    sold = of_sales.export(party)
    assert sold["sales"][0]["contract"] == "U/2026/1"
    assert sold["complaints"][0]["note"] == "Długie czekanie."

    of_sales.erase(party, at)
    of_referrals.erase(party, at)
    sale, kasia = Sale.objects.get(), Referral.objects.get()
    complaint = Complaint.objects.get(pk=complaint.pk)
    assert (sale.contract, sale.margin_grosze) == ("", 436_000)
    assert (complaint.note, complaint.nonce) == ("", "")
    assert (kasia.party, kasia.need, kasia.erased_at, kasia.state) == (None, "", at, "won")


def test_an_open_referral_ends_with_its_person(anna, at):
    piotr = captured(anna, at=at)
    of_referrals.erase(piotr.party, at)
    piotr.refresh_from_db()
    assert (piotr.state, piotr.party, piotr.erase_at) == ("expired", None, None)
