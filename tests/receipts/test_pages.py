"""Receipts as pages, PDF and text; and the page on which anyone checks one."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from polecam.actions import roots
from polecam.claims import papers, signing
from polecam.claims.models import RootHolder
from polecam.claims.slip import Paper, code, read, text
from polecam.claims.slip_check import LONGEST, check
from polecam.claims.slip_keys import spoken
from polecam.journal.models import Seal
from polecam.parties.models import Party
from polecam.people.models import Person
from polecam.web.pages.verify import paper, words
from polecam.web.ui import typeset
from tests.privacy.friend import EMAIL, PHONE, say_yes
from tests.receipts.support import outside, plant, receipt_of, seal, shown

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in(client, marta):
    client.force_login(marta)
    client.cookies["language"] = "pl"
    return client


@pytest.fixture
def stranger(client):
    client.cookies["language"] = "en"
    return client


def address(name: str, receipt) -> str:
    return reverse(f"verify:{name}", args=[receipt.public_id])


# --- mine -----------------------------------------------------------------------------------------


def test_the_saved_page_leads_to_the_receipt(signed_in, referral, receipt):
    page = shown(signed_in.get(reverse("capture:receipt", args=[referral.public_id])))
    assert "nr 1" in page
    assert address("receipt", receipt) in page
    page = shown(signed_in.get(reverse("referrals:one", args=[referral.public_id])))
    assert address("receipt", receipt) in page


def test_the_list_and_the_slip(signed_in, receipt):
    assert "To polecenie jest Twoje" in shown(signed_in.get(reverse("verify:mine")))
    page = shown(signed_in.get(address("receipt", receipt)))
    assert "nr 1" in page
    assert "podpisane; zamknięcie dnia po północy" in page
    assert address("proof", receipt) not in page


def test_the_hub_leads_to_my_receipts(signed_in):
    assert reverse("verify:mine") in shown(signed_in.get(reverse("fair:fair")))


def test_after_the_night_the_slip_shows_its_root_and_gives_the_proof(signed_in, marta, receipt, at):
    seal(at)
    page = shown(signed_in.get(address("receipt", receipt)))
    whole = papers.whole(receipt, marta)
    found = check(text(whole), signing.of_the_house().known)
    assert found.root in page
    assert "w korzeniu dnia" in page
    answer = signed_in.get(address("proof", receipt))
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert read(answer.content.decode()) == whole


def test_the_page_says_how_many_hold_the_root(
    signed_in, marta, kamil, receipt, at, settings, tmp_path
):
    settings.MAIL_ROOT = tmp_path / "mail"
    settings.EMAIL_BACKEND = "polecam.messages.mail.FileBackend"
    roots.keep(by=kamil, at=at)
    seal(at)
    roots.send_due(at=at + timedelta(days=2))
    assert "1 osoba ma go w skrzynce" in shown(signed_in.get(address("receipt", receipt)))
    assert "ma u siebie 1 osoba" in shown(signed_in.get(reverse("proof:seals")))
    RootHolder.objects.update(since=at + timedelta(days=2))
    assert "0 osób ma go w skrzynkach" in shown(signed_in.get(address("receipt", receipt)))


def test_a_receipt_that_was_tampered_with_says_so(signed_in, receipt):
    plant("UPDATE claims_receipt SET at = '2026-01-01 00:00:00+00:00'")
    assert "już się nie zgadza" in shown(signed_in.get(address("receipt", receipt)))


def test_a_colleague_the_boss_and_the_admin_find_nothing(client, receipt, kamil, tomek, ada):
    for who, status in ((kamil, 404), (tomek, 404), (ada, 403)):
        client.force_login(who)
        for name in ("receipt", "pdf", "text", "proof"):
            assert client.get(address(name, receipt)).status_code == status


def test_nothing_that_leaves_names_anybody(signed_in, referral, marta, at, monkeypatch):
    """Text, proof, QR and PDF of both kinds: no name, number or address of anyone."""
    say_yes(referral.invitation, at)
    seal(at)
    said: list[str] = []
    real = paper.pdf

    def overheard(page: dict, qr: list[str]) -> bytes:
        said.extend([str(page), *qr])
        return real(page, qr)

    monkeypatch.setattr(paper, "pdf", overheard)
    for kind in ("capture", "claim"):
        receipt = receipt_of(referral, kind)
        for name in ("pdf", "text", "proof"):
            answer = signed_in.get(address(name, receipt))
            assert answer.status_code == 200
            if name != "pdf":
                said.append(answer.content.decode())
                proof = read(said[-1]).proof
                said.append(proof.event.decode() if proof else "")
        said.append("".join(words.qr_parts(receipt)))
    everything = "\n".join(said).casefold()
    people = [*Person.objects.all(), *Party.objects.all()]
    known = {PHONE, EMAIL, "601673417"}
    for who in people:
        known |= {who.first_name, who.last_name, who.email}
    known = {word.casefold() for word in known if word}
    assert {"marta", "piotr", "nowak", "anna", "kowalczyk", PHONE} <= known
    assert "receipt.issued" in everything
    assert [word for word in known if word in everything] == []


def test_the_pdf_is_one_and_takes_text_as_text(signed_in, receipt):
    answer = signed_in.get(address("pdf", receipt))
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    hostile = dict.fromkeys(("title", "lead", "how", "text", "foot"), '#panic("x") *a* $b$ \\')
    made = paper.pdf(hostile | {"lang": "pl", "rows": [["#x", "*y*"]], "qr_says": "z"}, ["A" * 247])
    assert made.startswith(b"%PDF-")


def test_the_product_s_own_faces_are_in_it():
    """Else Polish letters would come in another face."""
    fonts = typeset.typst.Fonts(include_system_fonts=False, font_paths=[typeset.FONTS])
    assert {"Onest", "Poltawski Nowy"} <= set(fonts.families())


# --- anyone ---------------------------------------------------------------------------------------


def post(browser, pasted: str, root: str = "") -> str:
    answer = browser.post("/verify/", {"text": pasted, "root": root})
    assert answer.status_code == 200
    return shown(answer)


def test_the_page_needs_no_script_and_shows_the_keys(stranger):
    page = shown(stranger.get("/verify/"))
    assert "<script" not in page
    keys = signing.of_the_house()
    assert all(spoken(public) in page for public in keys.known.values())


def test_what_the_page_says(stranger, receipt, marta, at):
    alone = text(Paper(papers.slip_of(receipt)))
    assert "the day is not sealed yet" in post(stranger, alone)
    seal(at)
    whole = outside(receipt)
    found = check(whole, signing.of_the_house().known)
    assert "it stands in the root of" in post(stranger, whole)
    assert "root of that day is the same" in post(stranger, whole)
    assert "True, and unchanged" in post(stranger, whole, f"Root: {found.root.upper()}")
    assert marta.public_id in post(stranger, whole), "whom it is for, as an id"
    assert "Not under the root you pasted" in post(stranger, whole, "ab" * 32)
    assert "it stands in the root of" in post(stranger, alone), "the house adds the proof"
    assert "True, and unchanged" in post(stranger, alone, found.root)
    forged = replace(papers.slip_of(receipt), number=2)
    assert "Altered or forged" in post(stranger, text(Paper(forged)))
    assert "no whole receipt" in post(stranger, whole[:60])
    assert "no whole receipt" in post(stranger, "POLECAM")


def test_another_house_s_key_is_unknown(stranger, receipt, settings):
    pasted = text(Paper(papers.slip_of(receipt)))
    settings.SIGNING_KEYS = ["the secret of quite another house, and long"]
    assert "Signed with an unknown key" in post(stranger, pasted)


def test_a_scanned_code_is_answered_at_once(stranger, receipt, at):
    seal(at)
    scanned = "".join(words.qr_parts(receipt)).partition("/verify/")[2]
    page = shown(stranger.get(f"/verify/{scanned}"))
    assert "it stands in the root of" in page
    assert "POLECAM-PROOF v1" in page, "ready to be compared with a root"
    assert code(papers.slip_of(receipt)) in scanned


def test_what_has_its_proof_asks_the_database_for_the_house_s_own_root_only(stranger, receipt, at):
    seal(at)
    whole = outside(receipt)
    stranger.get("/verify/")
    with CaptureQueriesContext(connection) as asked:
        post(stranger, whole)
    tables = " ".join(query["sql"] for query in asked)
    assert "claims_receipt" not in tables
    assert "journal_event" not in tables
    assert tables.count('FROM "journal_seal"') == 1
    plant("DELETE FROM claims_receipt")
    plant("DELETE FROM journal_seal")
    page = post(stranger, whole, check(whole, signing.of_the_house().known).root)
    assert "True, and unchanged" in page
    assert "itself has no root of that day" in page


@given(st.text(max_size=300), st.text(max_size=100))
def test_no_junk_is_an_error(stranger, junk, root):
    for answer in (
        stranger.post("/verify/", {"text": junk, "root": root}),
        stranger.get("/verify/", {"r": junk}),
    ):
        assert answer.status_code in (200, 422, 429)


@pytest.mark.parametrize(
    ("typed", "root", "said"),
    [
        ("", "", "Paste the text of a receipt."),
        ("A" * (LONGEST + 1), "", "far too long for a receipt"),
        ("POLECAM-RECEIPT v1", "not a root", "A root has 64 digits"),
        ("POLECAM-RECEIPT v1", "a" * (LONGEST + 1), "far too long for a root"),
        ("x\0y", "", "Null characters"),
    ],
)
def test_bad_input_stays_in_the_form(stranger, typed, root, said):
    answer = stranger.post("/verify/", {"text": typed, "root": root})
    assert answer.status_code == 422
    page = shown(answer)
    assert said in page
    assert root in page


def test_whoever_knocks_too_often_waits(stranger, monkeypatch):
    from polecam.web import limits

    monkeypatch.setattr(limits, "count_hit", lambda *_args, **_more: 10_000)
    answer = stranger.post("/verify/", {"text": "x"})
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "3600")


# --- who keeps the roots --------------------------------------------------------------------------


def test_one_tap_keeps_and_one_tap_stops(signed_in, marta):
    seals = reverse("proof:seals")
    assert signed_in.post(reverse("proof:keep")).headers["Location"] == seals
    assert papers.keeps_roots(marta)
    assert "przychodzi do Twojej skrzynki" in shown(signed_in.get(seals))
    signed_in.post(reverse("proof:stop"))
    assert not papers.keeps_roots(marta)
    assert signed_in.get(reverse("proof:keep")).status_code == 405


def test_only_the_admin_sees_and_adds_outside_addresses(client, ada, marta):
    client.force_login(ada)
    client.cookies["language"] = "en"
    add = reverse("proof:outside")
    assert client.post(add, {"email": "audit@example.org"}).status_code == 303
    again = client.post(add, {"email": "audit@example.org"})
    assert (again.status_code, "mailed to this address already" in shown(again)) == (422, True)
    assert "audit@example.org" in shown(client.get(reverse("proof:seals")))
    holder = RootHolder.objects.get()
    client.force_login(marta)
    assert "audit@example.org" not in shown(client.get(reverse("proof:seals")))
    stop = reverse("proof:stop_outside", args=[holder.public_id])
    assert client.post(stop).status_code == 403
    client.force_login(ada)
    assert client.post(stop).status_code == 303
    assert not papers.outside_keepers().exists()


def test_no_seal_no_count(signed_in):
    assert not Seal.objects.exists()
    assert "ma u siebie" not in shown(signed_in.get(reverse("proof:seals")))
