"""An administrator with the signing key rewrites history. The roots held outside catch it.

He does everything right: changes the events, hands the referral to a colleague, signs every receipt
anew and seals every day again. Inside the house nothing is wrong any more, `polecam verify` finds
nothing. What left the house before does not fit.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polecam.actions import journal, roots
from polecam.claims import papers, signing
from polecam.claims.models import CreditShare, Receipt
from polecam.claims.slip import commitment, halves
from polecam.claims.slip_check import Verdict, check
from polecam.cli.commands import run
from polecam.insights.proofs import prove
from polecam.journal.models import Event, Seal
from polecam.journal.proof import root, seal_digest
from polecam.journal.seals import leaves_between, pack
from polecam.messages import mail
from polecam.organisation.models import Organisation
from polecam.people.models import Person
from polecam.referrals import tally
from polecam.referrals.models import Referral
from polecam.store import triggers
from polecam.store.clock import injected
from tests.receipts.support import DAY, bring, outside, receipt_of, shown

pytestmark = pytest.mark.django_db

START = datetime(2026, 9, 1, 8, tzinfo=UTC)
NIGHTS = 4


@pytest.fixture
def lived(firm, marta, kamil, anna, plan, settings, tmp_path) -> Referral:
    """Four days in September; Marta brings Piotr on the first and keeps the roots."""
    settings.MAIL_ROOT = tmp_path / "mail"
    settings.EMAIL_BACKEND = "polecam.messages.mail.FileBackend"
    Organisation.objects.update(created_at=START)
    with injected():
        roots.keep(by=marta, at=START)
        found = bring(marta, anna, START + timedelta(hours=1))
        for day in range(1, NIGHTS):
            bring(marta, anna, START + day * DAY, name="Ewa" + "abcd"[day])
            journal.seal_due(at=START + day * DAY)
            roots.send_due(at=START + day * DAY)
        journal.seal_due(at=START + NIGHTS * DAY)
        roots.send_due(at=START + NIGHTS * DAY)
    return found


def mails() -> list[str]:
    """What lies in Marta's mailbox, the oldest first."""
    return [filed.body for filed in mail.newest()][::-1]


class Administrator:
    """Holds the database and the signing key."""

    def __init__(self) -> None:
        self.keys = signing.of_the_house()

    def give(self, referral: Referral, thief: Person) -> None:
        """Let it look as if `thief` had brought the referral from the start."""
        triggers.drop()
        old = referral.originator
        for event in Event.objects.filter(subject=referral.public_id):
            event.by_id = thief.pk if event.by_id == old.pk else event.by_id
            event.save()
        Referral.objects.filter(pk=referral.pk).update(originator=thief)
        CreditShare.objects.filter(referral=referral).update(person=thief)
        Receipt.objects.filter(referral=referral.public_id).update(person=thief)
        tally.bump(referral.branch_id, old.pk, "2026-09", referrals=-1)
        tally.bump(referral.branch_id, thief.pk, "2026-09", referrals=1)
        self.seal_everything_again()
        triggers.install()

    def seal_everything_again(self) -> None:
        """Day by day: receipts carry on from the forged seal before, then the day is sealed."""
        previous, begins = "", 0
        for seal in Seal.objects.order_by("day"):
            of_the_day = Receipt.objects.filter(
                event_id__gt=begins, event_id__lte=seal.last_event_id
            )
            for receipt in of_the_day.select_related("person").order_by("number"):
                self.sign_again(receipt, previous if receipt.previous else "")
            leaves = list(leaves_between(seal.first_event_id, seal.last_event_id))
            seal.root = root([digest for _ident, digest in leaves]).hex()
            seal.leaves, seal.previous = pack(leaves), previous
            seal.digest = previous = seal_digest(
                seal.day, seal.first_event_id, seal.last_event_id, seal.events, seal.root, previous
            )
            seal.save()
            begins = seal.last_event_id

    def sign_again(self, receipt: Receipt, previous: str) -> None:
        """With the house's own key, so that the signature is right."""
        import base64

        opening = papers.opening_of(receipt, receipt.person.public_id)
        assert opening is not None
        slip = replace(
            papers.slip_of(receipt),
            previous=previous,
            commitment=commitment(receipt.kind, opening),
        )
        slip = replace(slip, signature=self.keys.private.sign(slip.signed))
        receipt.previous, receipt.commitment = slip.previous, slip.commitment
        receipt.signature = base64.b64encode(slip.signature).decode()
        receipt.save()
        event = Event.objects.get(pk=receipt.event_id)
        event.data = {"number": slip.number, "digest": halves(slip.digest)}
        event.save()


def test_roots_held_outside_catch_a_rewritten_history(lived, kamil, client, tmp_path, capsys):
    keys = signing.of_the_house().known
    kept = outside(receipt_of(lived))
    first_mail = mails()[0]
    assert check(kept, keys, first_mail).verdict == Verdict.CONFIRMED

    Administrator().give(lived, kamil)

    proofs = {proof.name: proof.problems for proof in prove(START + NIGHTS * DAY)}
    for name in ("guards", "journal", "shares", "receipts", "tallies"):
        assert proofs[name] == [], "inside the house the forgery is perfect"
    forged = Receipt.objects.select_related("person").get(number=1)
    assert forged.person == kamil
    his = outside(forged)
    assert check(his, keys).verdict == Verdict.INCLUDED, "even the signature and the path fit"

    assert check(his, keys, first_mail).verdict == Verdict.OTHER_ROOT
    hers = check(kept, keys, first_mail)
    assert hers.verdict == Verdict.CONFIRMED
    assert hers.opening is not None
    assert hers.opening.person == lived.originator.public_id
    assert papers.house_root(hers.day) != hers.root

    client.cookies["language"] = "en"
    page = shown(client.post("/verify/", {"text": kept, "root": first_mail}))
    assert "True, and unchanged since" in page
    assert "root of that day is a different one today" in page
    page = shown(client.post("/verify/", {"text": his, "root": first_mail}))
    assert "Not under the root you pasted" in page

    file = tmp_path / "receipt.txt"
    file.write_text(his)
    root_of_the_mail = hers.root
    assert run(["verify-receipt", str(file), "--root", root_of_the_mail]) == 1
    assert "ANOTHER ROOT" in capsys.readouterr().out
    file.write_text(kept)
    assert run(["verify-receipt", str(file), "--root", root_of_the_mail]) == 0
    assert capsys.readouterr().out.startswith("TRUE")


def test_every_later_root_changes_with_it(lived, kamil):
    """Each seal carries the one before: later mails do not fit either, as receipts show."""
    before = dict(Seal.objects.values_list("day", "digest"))
    Administrator().give(lived, kamil)
    after = dict(Seal.objects.values_list("day", "digest"))
    assert all(before[day] != after[day] for day in before)


def test_a_receipt_taken_from_the_house_is_missed(lived, client):
    """Deleting it with its event and sealing again leaves the holder with proof of the deed."""
    kept, first_mail = outside(receipt_of(lived)), mails()[0]
    receipt = receipt_of(lived)
    triggers.drop()
    Event.objects.filter(pk=receipt.event_id).update(kind="branch.created", data={})
    Receipt.objects.filter(pk=receipt.pk).delete()
    Administrator().seal_everything_again()
    triggers.install()
    client.cookies["language"] = "en"
    alone = kept.partition("POLECAM-PROOF")[0]
    assert "does not hold this receipt" in shown(client.post("/verify/", {"text": alone}))
    page = shown(client.post("/verify/", {"text": kept, "root": first_mail}))
    assert "True, and unchanged since" in page
    assert "is a different one today" in page


@given(st.data())
def test_whatever_is_changed_the_mailed_root_does_not_fit(lived, data):
    """Any event of a sealed day, any field: sealed again, its root is another."""
    mailed = {seal.day: seal.root for seal in Seal.objects.all()}
    sealed = Event.objects.filter(pk__lte=Seal.objects.latest("day").last_event_id)
    event = sealed.order_by("id")[data.draw(st.integers(0, sealed.count() - 1))]
    field = data.draw(st.sampled_from(["by_id", "branch_id", "subject", "kind", "at"]))
    old = getattr(event, field)
    new = {
        "by_id": 987_654,
        "branch_id": 987_654,
        "subject": "x" * 15,
        "kind": "branch.created",
        "at": event.at + timedelta(seconds=1),
    }[field]
    triggers.drop()
    Event.objects.filter(pk=event.pk).update(**{field: new})
    seal = Seal.objects.get(first_event_id__lte=event.pk, last_event_id__gte=event.pk)
    leaves = list(leaves_between(seal.first_event_id, seal.last_event_id))
    changed = root([digest for _ident, digest in leaves]).hex()
    Event.objects.filter(pk=event.pk).update(**{field: old})
    triggers.install()
    assert (changed != mailed[seal.day]) == (new != old)
