"""A branch's real kind of file: windows-1250, placeholders, a missing name, an impossible date."""

import pytest

from polecam.clients.models import Client
from polecam.imports.models import ImportState, RejectedRow
from polecam.imports.queries import cells_of
from polecam.journal.models import Event
from polecam.parties.models import Party
from polecam.store import crypto
from tests.imports.support import CLIENTS, bring, counts, upload, work, workbook

ENCODED = {
    "windows-1250": CLIENTS.replace("\n", "\r\n").encode("cp1250"),
    "utf-8": CLIENTS.encode(),
    "utf-8 with mark": CLIENTS.encode("utf-8-sig"),
    "utf-16": CLIENTS.encode("utf-16"),
    "iso-8859-2": CLIENTS.encode("iso8859-2"),
    "tabs": CLIENTS.replace(";", "\t").encode(),
    "commas": CLIENTS.replace(";", ",").encode("cp1250"),
    "xlsx": workbook(CLIENTS),
}


@pytest.mark.parametrize("content", ENCODED.values(), ids=ENCODED)
def test_every_form_of_the_file_says_the_same(content, branch, tomek, marta, kamil, at):
    job = bring(tomek, branch, content, at=at)
    assert (job.state, counts(job)) == (ImportState.DONE, (4, 0, 1, 2))
    lucja = Client.objects.get(number="K2")
    assert lucja.party.full_name == "Łucja Bąk"
    assert lucja.party.phone == "+48600627915"
    assert lucja.party.email == "lucja.bak@przyklad.pl"
    assert lucja.owner == kamil
    assert lucja.since.isoformat() == "2009-09-16"
    assert lucja.party.form == "f"


def test_placeholders_are_nothing(branch, tomek, marta, at):
    bring(tomek, branch, CLIENTS, at=at)
    halina = Client.objects.get(number="K3").party
    assert (halina.phone, halina.phone_index) == ("", "")
    assert Client.objects.get(number="K4").party.email == ""


def test_rejected_rows_say_line_reason_and_column(branch, tomek, marta, at):
    job = bring(tomek, branch, CLIENTS, at=at)
    rows = list(RejectedRow.objects.filter(job=job).order_by("line"))
    assert [(row.line, row.reason, row.column) for row in rows] == [
        (6, "missing", "full_name"),
        (7, "date_invalid", "since"),
    ]
    assert cells_of(rows[1])[1] == "Joanna Bielak"
    assert "Joanna" not in rows[1].row_sealed


def test_the_same_file_twice_changes_nothing(branch, tomek, marta, kamil, at):
    bring(tomek, branch, CLIENTS, at=at)
    before = (
        list(Client.objects.order_by("id").values()),
        list(Party.objects.order_by("id").values()),
    )
    again = bring(tomek, branch, CLIENTS.encode("cp1250"), at=at)
    assert counts(again) == (0, 0, 5, 2)
    assert before == (
        list(Client.objects.order_by("id").values()),
        list(Party.objects.order_by("id").values()),
    )


def test_unknown_owner_is_spread_or_rejected(branch, tomek, marta, kamil, at):
    job = bring(tomek, branch, CLIENTS, at=at, unknown="reject")
    assert RejectedRow.objects.filter(job=job, reason="owner_unknown").count() == 1
    assert not Client.objects.filter(number="K3").exists()
    bring(tomek, branch, CLIENTS, at=at, unknown="spread")
    assert Client.objects.get(number="K3").owner in (marta, kamil)


def test_an_owner_written_otherwise_is_told_once(branch, tomek, marta, kamil, at):
    job = upload(tomek, branch, CLIENTS, at=at)
    work(job, at=at, by=tomek, unknown="reject", aliases={"ola pietrzak": kamil.public_id})
    assert Client.objects.get(number="K3").owner == kamil


def test_spreading_is_even_and_keeps_owners(branch, tomek, marta, kamil, at):
    text = "Imię;Nazwisko;Telefon\n" + "".join(
        f"Anna;Kowalska{chr(97 + n)};60112233{n}\n" for n in range(8)
    )
    assert counts(bring(tomek, branch, text, at=at)) == (8, 0, 0, 0)
    assert Client.objects.filter(owner=marta).count() == 4
    assert Client.objects.filter(owner=kamil).count() == 4
    assert counts(bring(tomek, branch, text, at=at)) == (0, 0, 8, 0)


def test_rows_update_rather_than_duplicate(branch, tomek, marta, at):
    bring(
        tomek, branch, "Nr klienta;Klient;Telefon;E-mail\n;Anna Nowak;601223344;a@nowak.pl\n", at=at
    )
    party = Party.objects.get()
    by_phone = "Klient;Telefon;E-mail\nNowak Anna;+48 601 223 344;anna@nowak.pl\n"
    assert counts(bring(tomek, branch, by_phone, at=at)) == (0, 1, 0, 0)
    by_email = "Klient;Telefon;E-mail\nAnna Maria Nowak;602000111;anna@nowak.pl\n"
    assert counts(bring(tomek, branch, by_email, at=at)) == (0, 1, 0, 0)
    by_name = "Nr klienta;Klient\nK9;anna maria nowak\n"
    assert counts(bring(tomek, branch, by_name, at=at)) == (0, 1, 0, 0)
    party.refresh_from_db()
    assert Client.objects.get().number == "K9"
    assert (party.phone, party.email) == ("+48602000111", "anna@nowak.pl")
    assert party.phone_index == crypto.phone_index("+48602000111")


def test_spouses_who_share_a_phone_are_two(branch, tomek, marta, at):
    text = "Klient;Telefon\nAnna Nowak;601223344\nPiotr Nowak;601223344\n"
    assert counts(bring(tomek, branch, text, at=at)) == (2, 0, 0, 0)
    assert counts(bring(tomek, branch, text, at=at)) == (0, 0, 2, 0)


def test_a_name_alone_counts_only_when_unique_and_uncontradicted(branch, tomek, marta, at):
    two = "Nr klienta;Klient;Telefon\nK1;Anna Nowak;601223344\nK2;Anna Nowak;601223355\n"
    bring(tomek, branch, two, at=at)
    assert counts(bring(tomek, branch, "Klient\nAnna Nowak\nJan\n", at=at)) == (2, 0, 0, 0)
    other_phone = "Klient;Telefon\nEwa Lis;601999888\n"
    bring(tomek, branch, other_phone, at=at)
    contradicts = "Klient;Telefon\nEwa Lis;601999777\n"
    assert counts(bring(tomek, branch, contradicts, at=at)) == (1, 0, 0, 0)


def test_a_number_of_somebody_else_is_rejected(branch, tomek, marta, at):
    bring(tomek, branch, "Nr klienta;Klient;Telefon\nK1;Anna Nowak;601223344\n", at=at)
    job = bring(tomek, branch, "Nr klienta;Klient;Telefon\nK1;Piotr Zaręba;605000111\n", at=at)
    assert RejectedRow.objects.get(job=job).reason == "number_of_another"
    assert Party.objects.get().full_name == "Anna Nowak"


def test_a_file_that_contradicts_itself_is_heard_once(branch, tomek, marta, at):
    text = (
        "Nr klienta;Klient;Telefon;Produkt\n"
        "K1;Anna Nowak;601223344;konto\n"
        "K1;Anna Nowak;601223344;leasing\n"
        "K1;Anna Nowak;605000111;konto\n"
    )
    for expected in ((1, 0, 1, 1), (0, 0, 2, 1)):
        job = bring(tomek, branch, text, at=at)
        assert counts(job) == expected
        assert RejectedRow.objects.get(job=job).reason == "contradicts_earlier"


def test_a_dry_run_counts_and_writes_nothing(branch, tomek, marta, kamil, at):
    job = upload(tomek, branch, CLIENTS, at=at)
    work(job, at=at, by=tomek, dry_run=True)
    assert counts(job) == (4, 0, 1, 2)
    assert not Client.objects.exists()
    assert not Party.objects.exists()
    work(job, at=at, by=tomek)
    assert counts(job) == (4, 0, 1, 2)
    assert Client.objects.count() == 4


def test_the_journal_tells_chunks_without_personal_data(branch, tomek, marta, at):
    job = bring(tomek, branch, CLIENTS, at=at)
    events = Event.objects.filter(subject=job.public_id).order_by("id")
    assert [event.kind for event in events] == [
        "import.previewed",
        "import.requested",
        "import.applied",
        "import.finished",
    ]
    assert events[2].data["created"] == 4
    assert "Solak" not in str(list(events.values()))


def test_the_file_is_gone_when_done(branch, tomek, marta, at, settings):
    from pathlib import Path

    job = upload(tomek, branch, CLIENTS, at=at)
    kept = list(Path(settings.MEDIA_ROOT).iterdir())
    assert [path.name for path in kept] == [job.upload.public_id]
    assert b"Solak" not in kept[0].read_bytes()
    work(job, at=at, by=tomek)
    assert not kept[0].exists()
