"""The notebook is its seller's alone; a repair keeps everybody from asking until it is done."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client as Browser
from django.urls import reverse

from polecam.actions import clients, notebook, repairs
from polecam.asking import setbacks
from polecam.asking.models import Moment, Repair, Setback
from polecam.insights import today as suggestions
from polecam.journal.models import Event
from polecam.kit.errors import NotAllowed, Refused
from polecam.web.ui.waits import waiting

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
SECRET = "Trzasnął drzwiami i było mi przykro"


@pytest.fixture
def page(marta, at) -> Setback:
    return notebook.write(
        by=marta,
        at=at,
        kind="harsh",
        what=SECRET,
        when_next="Gdy ktoś trzaśnie drzwiami",
        then_do="policzę do trzech",
    )


def test_nothing_readable_is_stored_and_the_journal_is_silent(page):
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM asking_setback")
        stored = str(cursor.fetchall())
    assert "drzwi" not in stored
    assert not Event.objects.exists()
    assert setbacks.of(page.seller).get().what == SECRET


def test_no_role_opens_anyone_elses_page(page, kamil, tomek, ada, irena, pawel):
    for other in (kamil, tomek, ada, irena, pawel):
        assert not setbacks.of(other).exists()
        with pytest.raises(NotAllowed):
            notebook.close(by=other, at=page.noted_at, setback=page)
        browser = Browser()
        browser.force_login(other)
        for name in ("page", "close", "tear_out"):
            address = reverse(f"notebook:{name}", args=[page.public_id])
            assert browser.post(address, {"kind": "other", "what": "x"}).status_code in (403, 404)
        shown = browser.get(reverse("notebook:mine"))
        assert SECRET not in shown.content.decode()
    assert Setback.objects.get().what == SECRET


def test_a_page_is_changed_closed_and_torn_out(page, marta, at):
    notebook.write(by=marta, at=at, kind="other", what="Inaczej", setback=page)
    notebook.close(by=marta, at=at + DAY, setback=page)
    again = notebook.close(by=marta, at=at + 2 * DAY, setback=page)
    assert (again.what, again.closed_at) == ("Inaczej", at + DAY)
    notebook.tear_out(by=marta, at=at + DAY, setback=page)
    assert not Setback.objects.exists()


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ({"kind": "harsh", "what": "  "}, "setback_empty"),
        ({"kind": "nope", "what": "x"}, "unknown_setback"),
        ({"kind": "harsh", "what": "x" * 601}, "words_too_long"),
        ({"kind": "harsh", "what": "zadzwoń 601 673 417"}, "words_with_contact"),
    ],
)
def test_bad_input_is_refused_and_stays_in_the_form(marta, at, typed, code):
    with pytest.raises(Refused) as refused:
        notebook.write(by=marta, at=at, **typed)
    assert refused.value.code == code
    browser = Browser()
    browser.force_login(marta)
    shown = browser.post(reverse("notebook:mine"), typed)
    assert shown.status_code == 422
    assert typed["what"].strip() in shown.content.decode()
    assert not Setback.objects.exists()


def test_nobody_asks_a_client_who_reacted_badly(anna, marta, plan, at):
    Moment.objects.create(client=anna, kind="praise", on=at.date(), noted_by=marta, noted_at=at)
    assert suggested(marta, at)
    repair = repairs.begin(by=marta, at=at, client=anna, reason="annoyed")
    assert repairs.begin(by=marta, at=at, client=anna, reason="too_often") == repair
    assert not suggested(marta, at)
    assert about("Anna Kowalczyk", waiting(marta, at))
    repairs.finish(by=marta, at=at + DAY, repair=repair)
    assert not about("Anna Kowalczyk", waiting(marta, at + DAY))
    assert not suggested(marta, at + DAY), "the rest after a complaint has only begun"


def test_what_is_to_be_put_right_goes_to_the_new_owner_with_the_client(anna, marta, kamil, ada, at):
    repair = repairs.begin(by=marta, at=at, client=anna, reason="annoyed")
    clients.assign(by=ada, at=at + DAY, client=anna, owner=kamil)
    assert not about("Anna Kowalczyk", waiting(marta, at + DAY))
    assert about("Anna Kowalczyk", waiting(kamil, at + DAY))
    with pytest.raises(NotAllowed):
        repairs.finish(by=marta, at=at + DAY, repair=repair)
    repairs.finish(by=kamil, at=at + DAY, repair=repair)
    assert not about("Anna Kowalczyk", waiting(kamil, at + DAY))


def about(name, waits):
    return [wait for wait in waits if name in wait.title]


def suggested(person, at):
    return suggestions.for_(
        person, at=at, branch=person.memberships.get().branch, zone="Europe/Warsaw", language="pl"
    ).suggestions


def test_only_the_owner_puts_it_right(anna, marta, kamil, at):
    with pytest.raises(NotAllowed):
        repairs.begin(by=kamil, at=at, client=anna, reason="annoyed")
    with pytest.raises(Refused) as refused:
        repairs.begin(by=marta, at=at, client=anna, reason="dunno")
    assert refused.value.code == "repair_reason"
    repair = repairs.begin(by=marta, at=at, client=anna, reason="annoyed")
    with pytest.raises(NotAllowed):
        repairs.finish(by=kamil, at=at, repair=repair)
    assert Repair.objects.get().done_at is None
