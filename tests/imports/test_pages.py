"""Upload, preview, progress, result: through the doors."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Web
from django.urls import reverse

from polecam.actions import imports
from polecam.clients.models import Client
from polecam.files import vault
from polecam.imports.models import Import, RejectedRow
from tests.imports.support import CLIENTS, now, workbook


@pytest.fixture
def web(tomek) -> Web:
    client = Web()
    client.force_login(tomek)
    return client


def send(web, branch, content, name="klienci.csv", kind="clients"):
    file = SimpleUploadedFile(name, content)
    return web.post(
        reverse("imports:list"), {"kind": kind, "branch": branch.public_id, "file": file}
    )


def test_from_file_to_result(web, branch, marta, kamil):
    answer = send(web, branch, CLIENTS.encode("cp1250"))
    assert answer.status_code == 303
    job = Import.objects.get()
    page = web.get(answer.url).content.decode()
    assert "Stanisław Solak" in page
    assert "ola pietrzak" in page
    chosen = {f"c{index}": field for index, field in job.mapping.items()}
    chosen |= {"owners": "column", "unknown": "spread", "who": ["ola pietrzak"]}
    chosen |= {"seller": [kamil.public_id]}
    answer = web.post(reverse("imports:start", args=[job.public_id]), chosen)
    assert answer.status_code == 303
    running = web.get(answer.url).content.decode()
    assert reverse("imports:progress", args=[job.public_id]) in running
    while imports.work_off(now(), 60):
        pass
    result = web.get(answer.url).content.decode()
    assert reverse("imports:rejected_csv", args=[job.public_id]) in result
    assert Client.objects.get(number="K3").owner == kamil
    bar = web.get(reverse("imports:progress", args=[job.public_id])).content.decode()
    assert "hx-get" not in bar


def test_the_user_corrects_columns(web, branch, marta):
    send(web, branch, b"a;b;c\nAnna Nowak;601223344;x\n")
    job = Import.objects.get()
    page = web.get(reverse("imports:one", args=[job.public_id])).content.decode()
    assert "disabled" in page
    chosen = {"c0": "full_name", "c1": "phone", "c2": "", "owners": "spread"}
    web.post(reverse("imports:adjust", args=[job.public_id]), chosen)
    job.refresh_from_db()
    assert job.mapping == {"0": "full_name", "1": "phone"}
    web.post(reverse("imports:rehearse", args=[job.public_id]), chosen)
    imports.work_off(now(), 60)
    assert not Client.objects.exists()
    web.post(reverse("imports:start", args=[job.public_id]))
    imports.work_off(now(), 60)
    assert Client.objects.get().party.full_name == "Anna Nowak"


def test_rejected_rows_come_back_in_the_users_language(web, branch, marta, tomek):
    text = "Klient;Telefon\n'=HYPERLINK(x) Nowak;12\nAnna Nowak;12\n"
    send(web, branch, text.encode())
    job = Import.objects.get()
    imports.start(by=tomek, at=now(), job=job)
    imports.work_off(now(), 60)
    assert RejectedRow.objects.count() == 2
    polish = web.get(reverse("imports:rejected_csv", args=[job.public_id])).content.decode(
        "utf-8-sig"
    )
    assert polish.splitlines()[0].startswith("Wiersz;Powód;")
    assert "Telefon: To nie jest numer telefonu." in polish
    assert "=HYPERLINK" in polish
    assert ";=HYPERLINK" not in polish
    web.cookies["language"] = "en"
    english = web.get(reverse("imports:rejected_csv", args=[job.public_id])).content.decode()
    assert "Phone: This is not a phone number." in english
    book = web.get(reverse("imports:rejected_xlsx", args=[job.public_id]))
    assert book.content.startswith(b"PK")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "wybierz|pust"),
        (b"%PDF-1.7 ...", "tabel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1...", "starego"),
        (b"PK\x03\x04 not a zip", "uszkodzon"),
        (b"\x00\x01\x02\x03", "tabel"),
    ],
)
def test_what_is_no_table_is_clearly_refused(web, branch, content, words, settings):
    from pathlib import Path

    answer = send(web, branch, content)
    assert answer.status_code == 422
    assert re.search(words, answer.content.decode().lower())
    assert not Import.objects.exists()
    assert not list(Path(settings.MEDIA_ROOT).glob("*"))


def test_a_file_beyond_the_limit_is_refused(web, branch, monkeypatch, settings):
    from pathlib import Path

    monkeypatch.setattr(vault.SealedWriter.__init__, "__kwdefaults__", {"limit": 1000})
    answer = send(web, branch, CLIENTS.encode() * 10)
    assert answer.status_code == 422
    assert "256" in answer.content.decode()
    assert not list(Path(settings.MEDIA_ROOT).glob("*"))


def test_rows_are_shown_to_whoever_uploaded_alone(web, branch, ada, tomek, marta):
    send(web, branch, CLIENTS.encode())
    job = Import.objects.get()
    other = Web()
    other.force_login(ada)
    page = other.get(reverse("imports:one", args=[job.public_id]))
    assert page.status_code == 200
    assert "Solak" not in page.content.decode()
    assert other.get(reverse("imports:rejected_csv", args=[job.public_id])).status_code == 404


def test_the_form_key_is_asked_for(branch, tomek):
    strict = Web(enforce_csrf_checks=True)
    strict.force_login(tomek)
    assert send(strict, branch, CLIENTS.encode()).status_code == 403
    assert not Import.objects.exists()


def test_a_workbook_goes_the_same_way(web, branch, marta):
    assert send(web, branch, workbook(CLIENTS), name="k.xlsx").status_code == 303
    assert Import.objects.get().total == 7
