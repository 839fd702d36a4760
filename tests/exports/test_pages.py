"""What one may take along is what one may see, and not a row more."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.test import Client as Browser
from django.urls import reverse
from python_calamine import CalamineWorkbook

from polecam.actions import exports
from polecam.asking.models import Ask, Moment
from polecam.insights.export_rows import Scene
from polecam.insights.exports import counted, sheets_for
from polecam.journal.models import Event
from polecam.kit.errors import NotAllowed
from polecam.organisation.models import Branch
from polecam.parties.models import Party
from polecam.recognition.models import Praise
from polecam.referrals.models import Referral
from tests import cast

ZONE = "Europe/Warsaw"
SECRET = "Tajemnica"


@pytest.fixture
def planted(branch, marta, kamil, anna, at):
    """What Kamil alone may see, and a branch nobody here belongs to: each says SECRET."""
    other = Branch.objects.create(name=f"{SECRET} oddział", created_at=at)
    zofia = cast.person(other, "seller", "Zofia", SECRET, "f", at=at)
    theirs = cast.client(branch, kamil, "Jan", f"{SECRET}k", at=at, product=SECRET)
    far = cast.client(other, zofia, "Ewa", f"{SECRET}z", at=at)
    for who, client in ((kamil, theirs), (zofia, far)):
        Moment.objects.create(client=client, kind="praise", on=at.date(), noted_at=at)
        ask = Ask.objects.create(
            client=client, seller=who, branch=client.branch, asked_at=at, outcome="declined"
        )
        friend = Party(created_at=at)
        friend.set_name(SECRET, "Nowak")
        friend.save()
        Referral.objects.create(
            client=client, party=friend, originator=who, branch=client.branch, ask=ask,
            kind="asked", state="captured", captured_at=at, state_at=at,
        )  # fmt: skip
    Praise.objects.create(giver=zofia, receiver=kamil, branch=other, text=SECRET, nonce="n", at=at)
    anna.party.set_phone("+48601602603")
    anna.party.save()
    Ask.objects.create(client=anna, seller=marta, branch=branch, asked_at=at, outcome="later")
    return SECRET


def taken(person, what="all", form="csv", language="pl"):
    browser = Browser()
    browser.force_login(person)
    browser.cookies["language"] = language
    return browser.post(reverse("exports:file"), {"what": what, "form": form})


def everything(person) -> str:
    """Every CSV of the ZIP, as one text."""
    content = b"".join(taken(person).streaming_content)
    if not content.startswith(b"PK"):
        return content.decode()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "".join(archive.read(name).decode() for name in archive.namelist())


def keys(person):
    return {sheet.key for sheet in sheets_for(person)}


def test_a_seller_takes_their_own_and_nobody_elses(planted, marta):
    said = everything(marta)
    assert "Kowalczyk" in said
    assert "może później" in said
    assert planted not in said
    assert "nie tym razem" not in said


def test_no_contact_data_leave_in_a_list(planted, marta, tomek):
    for person in (marta, tomek):
        assert "601602603" not in everything(person).replace(" ", "")


def test_a_manager_takes_names_and_no_answers(planted, tomek, marta):
    """The branch's names, as on the list; another's answers, friends and products never."""
    scene = Scene(tomek, marta.created_at, ZONE)
    read = {sheet.key: list(sheet.read(scene)) for sheet in sheets_for(tomek)}
    assert {row[0] for row in read["clients"]} == {"Kowalczyk", f"{planted}k"}
    assert {row[3] for row in read["clients"]} == {""}
    assert read["asks"] == read["referrals"] == read["moments"] == []
    told = everything(tomek)
    assert "nie tym razem" not in told
    assert "może później" not in told
    assert f"{planted}z" not in told


def test_others_take_what_their_pages_show(planted, ada, irena, pawel):
    assert keys(pawel) == {"amounts"}
    assert keys(irena) == {"requests"}
    assert keys(ada) == {"people", "settings", "imports"}
    for person in (irena, pawel):
        assert planted not in everything(person)
    assert "marta.zielinska@olszyna.example" in everything(ada)
    assert "zofia" not in everything(ada)


def test_nobody_takes_a_list_that_is_not_theirs(marta, pawel, at):
    assert taken(marta, "people").status_code == 404
    assert taken(pawel, "clients").status_code == 404
    with pytest.raises(NotAllowed):
        exports.made(by=pawel, at=at, sheets=["clients"], form="csv", rows=1)


def test_it_is_written_down_without_contents(planted, marta):
    list(taken(marta, "asks").streaming_content)
    event = Event.objects.get(kind="export.made")
    assert (event.by_id, event.subject) == (marta.pk, marta.public_id)
    assert event.data == {"form": "csv", "rows": 1, "sheets": ["asks"]}


def test_looking_writes_nothing(marta):
    browser = Browser()
    browser.force_login(marta)
    assert browser.get(reverse("exports:exports")).status_code == 200
    assert browser.get(reverse("exports:file")).status_code == 405
    assert not Event.objects.filter(kind="export.made").exists()


def test_a_workbook_in_english(planted, marta):
    answer = taken(marta, form="xlsx", language="en")
    assert "marta" not in answer["Content-Disposition"].lower()
    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer.streaming_content)))
    assert "My asks" in book.sheet_names
    rows = book.get_sheet_by_name("My asks").to_python()
    assert rows[0][0] == "Asked on"
    assert rows[1][5] == "maybe later"


def test_so_many_an_hour(marta, monkeypatch):
    answers = [taken(marta, "praise").status_code for _ in range(21)]
    assert answers[:20] == [200] * 20
    assert answers[20] == 429


def test_a_long_list_is_counted_and_read_once_more(branch, marta, at, monkeypatch):
    from polecam.insights import exports as insight

    for n in range(5):
        cast.client(branch, marta, "Anna", f"Kowal{chr(97 + n)}", at=at)
    monkeypatch.setattr(insight, "KEPT", 2)
    sheet = next(one for one in sheets_for(marta) if one.key == "clients")
    count, rows = counted(sheet, Scene(marta, at + timedelta(minutes=1), ZONE))
    assert (count, len(list(rows))) == (5, 5)
