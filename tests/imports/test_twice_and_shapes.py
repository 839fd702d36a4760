"""The same person twice in a file is one client; a file like the last one is read like it."""

from datetime import timedelta

import pytest
from django.test import Client as Web
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from polecam.actions import imports
from polecam.clients.models import Client
from polecam.files import vault
from polecam.imports.models import Import, ImportState, RejectedRow, Shape
from polecam.kit.errors import Refused
from tests.imports.support import bring, counts, upload, work
from tests.imports.test_workbooks import book, several

TWICE = """\
Nr klienta;Klient;Telefon;E-mail
K1;Anna Żurek;600100200;
;Anna Żurek;600 100 200;anna@przyklad.pl
K1;Żurek Anna;;
;Ania Żurek;;anna@przyklad.pl
;Anna Żurek;600100299;anna@przyklad.pl
K2;Jan Lis;;
;Jan Lis;;
"""


def test_one_client_with_values_joined_and_contradictions_named(branch, tomek, marta, at):
    job = bring(tomek, branch, TWICE, at=at)
    assert Client.objects.count() == 2
    anna = Client.objects.get(number="K1").party
    assert (anna.full_name, anna.phone, anna.email) == (
        "Anna Żurek",
        "+48600100200",
        "anna@przyklad.pl",
    )
    assert job.repeated == 5
    rejected = RejectedRow.objects.get(job=job)
    assert (rejected.line, rejected.reason, rejected.column) == (6, "contradicts_earlier", "phone")


def test_the_preview_and_the_result_tell_it(branch, tomek, marta, at):
    job = upload(tomek, branch, TWICE, at=at)
    assert imports.forecast(job, at=at).repeated == 5
    web = Web()
    web.force_login(tomek)
    page = web.get(reverse("imports:one", args=[job.public_id])).content.decode()
    assert "5 wierszy mówi znów o kimś wymienionym wyżej" in page
    work(job, at=at, by=tomek)
    page = web.get(reverse("imports:one", args=[job.public_id])).content.decode()
    assert "5 wierszy mówiło znów o kimś" in page


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(order=st.permutations(range(4)), copies=st.lists(st.integers(0, 3), max_size=6))
def test_never_two_of_one_in_any_order(branch, tomek, marta, at, order, copies):
    rows = [
        f"K{n};Osoba{'abcd'[n]} Nazwisko{'efgh'[n]};60010020{n};o{n}@przyklad.pl" for n in range(4)
    ]
    Client.objects.all().delete()
    text = "\n".join(["Nr klienta;Klient;Telefon;E-mail", *[rows[n] for n in [*order, *copies]]])
    job = bring(tomek, branch, text, at=at)
    assert (Client.objects.count(), job.repeated) == (4, len(copies))


# --- shapes --------------------------------------------------------------------------------------

OWN = "a;b;c\nAnna Żurek;600100200;x\n"
CHOSEN = {"0": "full_name", "2": "phone"}


def test_a_shape_is_remembered_when_an_import_was_started(branch, tomek, marta, at):
    mapping = {"0": "full_name", "1": "phone"}
    first = upload(tomek, branch, OWN, at=at)
    assert first.mapping != mapping
    assert not Shape.objects.exists()
    work(first, at=at, by=tomek, mapping=mapping, owners="spread", dry_run=True)
    assert not Shape.objects.exists()
    work(first, at=at, by=tomek, mapping=mapping, owners="spread")
    again = upload(tomek, branch, "A;B;C\nJan Lis;600100201;y\n", at=at + timedelta(days=1))
    assert again.mapping == mapping
    shape = Shape.objects.get()
    assert again.options["shape"] == shape.pk
    assert "full_name" not in shape.headings
    other = upload(tomek, branch, "A;B;D\nJan Lis;600100201;y\n", at=at)
    assert other.options["shape"] is None


def test_the_preview_says_it_and_one_may_choose_anew(branch, tomek, marta, at):
    bring(tomek, branch, OWN, at=at, mapping={"0": "full_name", "1": "phone"})
    job = upload(tomek, branch, OWN, at=at)
    web = Web()
    web.force_login(tomek)
    page = web.get(reverse("imports:one", args=[job.public_id])).content.decode()
    assert "Przeczytany jak ostatnio" in page
    assert tomek.full_name in page
    web.post(reverse("imports:adjust", args=[job.public_id]), {"anew": "1", "owners": "spread"})
    job.refresh_from_db()
    assert job.options["shape"] is None
    assert job.mapping == {"1": "phone"}


def test_a_shape_knows_its_heading_row_below_a_title(branch, tomek, marta, at):
    text = "Raport;;\n{}\na;b;c\nAnna Żurek;600100200;x\n"
    job = upload(tomek, branch, text.format("z dnia 1.11.2026;;"), at=at)
    chosen = {"mapping": {"0": "full_name", "1": "phone"}, "owners": "spread", "unknown": "spread"}
    imports.adjust(by=tomek, at=at, job=job, aliases={}, choice=imports.Choice(header=3), **chosen)
    work(job, at=at, by=tomek, mapping=chosen["mapping"])
    again = upload(tomek, branch, "tytuł;;\n" + text.format("z dnia 2.11.2026;;"), at=at)
    assert (again.options["header"], again.mapping) == (4, chosen["mapping"])


# --- another way of reading ----------------------------------------------------------------------


def adjusted(job, by, at, mapping=None, **choice) -> Import:
    return imports.adjust(
        by=by,
        at=at,
        job=job,
        mapping=job.mapping if mapping is None else mapping,
        owners="spread",
        unknown="spread",
        aliases={},
        choice=imports.Choice(**choice),
    )


def test_letters_that_fit_twice_wait_for_a_word(branch, tomek, marta, at):
    content = "Klient;Telefon;X\nĆwik Jan;600100200;y\n".encode("cp852")
    job = upload(tomek, branch, content, at=at)
    with pytest.raises(Refused, match="letters_unsure"):
        imports.start(by=tomek, at=at, job=job)
    by_hand = job.mapping | {"2": "product"}
    job = adjusted(job, tomek, at, mapping=by_hand, letters="cp852")
    assert job.mapping == by_hand
    raw, former = job.options["raw"], Import.objects.get().upload.public_id
    assert vault.path_of(raw).exists()
    job = work(job, at=at, by=tomek, mapping=job.mapping)
    assert Client.objects.get().party.full_name == "Jan Ćwik"
    assert not vault.path_of(raw).exists()
    assert not vault.path_of(former).exists()


def test_a_sales_file_in_doubtful_letters_is_refused_and_keeps_no_original(branch, tomek, at):
    doubtful = "Nr umowy;Data;Klient;Marża\nU1;1.11.2026;Ćwik Jan;1\n".encode("cp852")
    doubtful = doubtful.replace("ż".encode("cp852"), b"z")
    with pytest.raises(Refused, match="letters_unsure"):
        upload(tomek, branch, doubtful, at=at, kind="sales")
    assert not list(vault.path_of("x").parent.glob("*"))
    certain = "Nr umowy;Data;Klient;Marża\nU1;1.11.2026;Świt Jan;1\n".encode("cp1250")
    assert "raw" not in upload(tomek, branch, certain, at=at, kind="sales").options


def test_another_sheet_is_another_table(branch, tomek, marta, at):
    job = upload(tomek, branch, book(several), at=at)
    assert (job.options["reading"]["sheet"], job.total) == ("Klienci", 1)
    job = adjusted(job, tomek, at, sheet="Notatki")
    assert job.options["reading"]["sheet"] == "Notatki"
    job = adjusted(job, tomek, at, sheet="Klienci")
    assert job.mapping == {"0": "full_name", "1": "phone", "2": "since"}
    imports.cancel(by=tomek, at=at, job=job)
    assert not list(vault.path_of("x").parent.glob("*"))


def test_another_heading_row_keeps_what_was_chosen_by_hand(branch, tomek, marta, at):
    text = "Spis klientów;;\nImię;Nazwisko;Uwagi\nAnna;Żurek;600100200\n"
    job = upload(tomek, branch, text, at=at)
    assert job.options["header"] == 2
    job = adjusted(job, tomek, at, mapping=job.mapping | {"2": "product"}, header=1)
    assert (job.options["header"], job.mapping["2"], job.total) == (1, "product", 2)
    job = adjusted(job, tomek, at, mapping=job.mapping, header=2)
    assert job.mapping == {"0": "first_name", "1": "last_name", "2": "phone"}


def test_a_file_of_another_kind_is_told_and_has_a_door(branch, tomek, marta, at):
    from tests.imports.support import SALES

    web = Web()
    web.force_login(tomek)
    sales = upload(tomek, branch, SALES, at=at)
    page = web.get(reverse("imports:one", args=[sales.public_id])).content.decode()
    assert reverse("confirm:file") in page
    referrals = (
        "Data;Kto polecił;Nr klienta;Polecony;Sprzedawca;Status\n12.08.2026;A B;K1;C D;E F;\n"
    )
    job = upload(tomek, branch, referrals, at=at)
    page = web.get(reverse("imports:one", args=[job.public_id])).content.decode()
    assert 'value="referrals"' in page
    web.post(
        reverse("imports:adjust", args=[job.public_id]), {"kind": "referrals", "owners": "column"}
    )
    job.refresh_from_db()
    assert (job.kind, job.state) == ("referrals", ImportState.PREVIEW)
    assert "seller" in job.mapping.values()


def test_a_refusal_keeps_the_choice(branch, tomek, marta, at):
    job = upload(tomek, branch, OWN, at=at)
    web = Web()
    web.force_login(tomek)
    chosen = {"c0": "full_name", "c1": "phone", "c2": "phone", "owners": "spread"}
    answer = web.post(reverse("imports:start", args=[job.public_id]), chosen)
    assert answer.status_code == 422
    assert answer.content.decode().count('value="phone" selected') == 2


def test_contact_cards_come_in_without_choosing(branch, tomek, marta, at):
    card = "BEGIN:VCARD\nVERSION:3.0\nN:Żurek;Anna;;;\nORG:Sosna\nTEL:600100200\nEND:VCARD\n"
    firm = "BEGIN:VCARD\nVERSION:3.0\nORG:Zakład Sosna\nTEL:12 345 67 89\nEND:VCARD\n"
    job = bring(tomek, branch, card + firm, at=at)
    assert counts(job) == (2, 0, 0, 0)
    assert job.total == 2
    assert {client.party.full_name for client in Client.objects.all()} == {
        "Anna Żurek",
        "Zakład Sosna",
    }
    assert Client.objects.get(party__first_name="Zakład Sosna").party.form == "n"
