"""One person handed out, and erased: parties, clients, imports, files."""

from polecam.clients import subject as of_client
from polecam.files import subject as of_files
from polecam.files import vault
from polecam.files.models import Upload
from polecam.imports import subject as of_imports
from polecam.imports.models import Import, RejectedRow
from polecam.parties import subject as of_party
from polecam.parties.matching import by_contact, same_person
from polecam.parties.models import Party
from polecam.parties.rules import compatible, words
from tests.imports.support import CLIENTS, bring, upload


def test_a_client_is_handed_out_with_the_source(branch, tomek, marta, at):
    bring(tomek, branch, CLIENTS, at=at)
    party = Party.objects.get(name_key="stanislaw solak")
    told = of_client.export(party)["client"]
    assert told["number"] == "K1"
    assert told["looked_after_by"] == "Marta Zielinska"
    assert told["source"].startswith("file imported ")
    assert of_party.export(party)["person"]["phone"] == "+48601673417"


def test_erasing_leaves_nothing_in_the_rooms(branch, tomek, marta, at):
    text = CLIENTS.replace("K6;Joanna Bielak", "K6;Stanisław Solak")
    job = bring(tomek, branch, text, at=at)
    waiting = upload(tomek, branch, text, at=at, name="Umowa Stanisław Solak.csv")
    other = upload(tomek, branch, "Klient;Telefon\nEwa Wilk;605000111\n", at=at)
    party = Party.objects.get(name_key="stanislaw solak")
    assert len(of_imports.export(party)["rejected_rows"]) == 1
    assert of_imports.erase(party, at) == 2
    assert of_files.erase(party, at) == 1
    assert of_client.erase(party, at) == 1
    of_party.erase(party, at)
    assert not RejectedRow.objects.filter(job=job, line=7).exists()
    assert RejectedRow.objects.filter(job=job).exists()
    waiting.refresh_from_db()
    assert (waiting.state, waiting.problem) == ("failed", "source_erased")
    assert not vault.path_of(waiting.upload.public_id).exists()
    assert vault.path_of(other.upload.public_id).exists()
    assert Upload.objects.get(pk=waiting.upload_id).name == ""
    party.refresh_from_db()
    assert not any((party.full_name, party.phone_index, party.email_index, party.name_key))
    assert Import.objects.get(pk=other.pk).state == "preview"


def test_contact_finds_a_person_again(branch, tomek, marta, at):
    bring(tomek, branch, CLIENTS, at=at)
    party = Party.objects.get(name_key="stanislaw solak")
    assert list(by_contact(party.phone_index, "")) == [party]
    assert list(by_contact("", party.email_index)) == [party]
    assert list(by_contact("", "")) == []
    assert same_person(party.phone_index, "", "Solak", "Stanislaw") == [party]
    assert same_person(party.phone_index, "", "Ewa", "Wilk") == []


def test_compatible_names():
    def fit(one, other):
        return compatible(words(*one), words(*other))

    assert fit(("Anna", "Kowalczyk"), ("kowalczyk", "ANNA"))
    assert fit(("Anna", "Kowalczyk"), ("Anna Maria", "Kowalczyk"))
    assert fit(("Anna", "Kowalczyk"), ("Anna", "Kowalczik"))
    assert fit(("Anna", "Kowalczyk"), ("", ""))
    assert not fit(("Anna", "Kowalczyk"), ("Piotr", "Kowalczyk"))
    assert not fit(("Anna", "Nowak"), ("Anna", "Lis"))
