"""Nobody but the seller meets a guess: every address x every role, exports, journal, logs, copies.

The planted row holds a marker where the step would be. A spy counts who opens what: a request of
anybody else opens nothing of Marta's, whatever it shows.
"""

import json
import logging
import sqlite3
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection, connections
from django.test import Client as Browser
from django.urls import reverse

from polecam.actions import courage, officer
from polecam.asking import courage as own
from polecam.asking.models import Ask, Guess
from polecam.journal.models import Event
from polecam.people.models import Role
from polecam.store import crypto
from tests.cast import person
from tests.house.law import PACKAGE, code_files, tree
from tests.support.world import every_address

pytestmark = pytest.mark.django_db
MARKER = "zgadywanka-4711"


@pytest.fixture
def planted(world, marta, at) -> Guess:
    """A guess of Marta's at the ask of the world, sealed with the marker inside."""
    guess = Guess(seller=marta, at=at, ask=Ask.objects.get(public_id=world.samples["ask"]))
    guess.said_sealed = crypto.seal_for(
        f"courage:{marta.public_id}", f"{MARKER}:{'c' * 15}", own.PLACE.format(guess.public_id)
    )
    guess.save()
    return guess


@pytest.fixture
def opened(monkeypatch) -> list[str]:
    """Owners whose rows were opened, one by one."""
    seen: list[str] = []
    real = crypto.unseal_for

    def spy(owner: str, sealed: str, place: str) -> str:
        seen.append(owner)
        return real(owner, sealed, place)

    monkeypatch.setattr(crypto, "unseal_for", spy)
    return seen


def traces(guess: Guess) -> list[bytes]:
    return [MARKER.encode(), guess.said_sealed.encode(), guess.public_id.encode()]


def body(answer) -> bytes:
    whole = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return whole + repr(sorted(answer.headers.items())).encode()


def test_no_address_gives_it_to_anybody_else(world, planted, opened, marta, branch, at):
    """Every address for every role and for strangers; a colleague presses every button, too."""
    browser = Browser(raise_request_exception=False)
    visits = [(role, "get") for role in (*Role.values, None)] + [(Role.SELLER, "post")]
    for number, (role, method) in enumerate(visits):
        visitor = person(branch, role, f"Ola{number}", "Pietrzak", "f", at=at) if role else None
        browser.logout()
        for name, pattern in every_address():
            path = reverse(name, kwargs=world.arguments(name, pattern))
            if visitor and "_auth_user_id" not in browser.session:
                browser.force_login(visitor)
            said = body(getattr(browser, method)(path, world.typed.get(name, {})))
            for trace in traces(planted):
                assert trace not in said, f"{method} {name} as {role}"
    assert f"courage:{marta.public_id}" not in opened
    assert Guess.objects.filter(pk=planted.pk).exists(), "and nobody made it go away"


def test_the_sellers_own_pages_open_their_own_rows_alone(client, kamil, planted, opened, marta):
    client.force_login(kamil)
    assert client.get(reverse("courage:mine")).status_code == 200
    assert opened == []
    client.force_login(marta)
    assert client.get(reverse("courage:mine")).status_code == 200
    assert set(opened) == {f"courage:{marta.public_id}"}


def test_no_event_no_log_line_no_export_holds_it(planted, marta, anna, irena, at, caplog):
    caplog.set_level(logging.DEBUG)
    courage.guess(by=marta, at=at, client=anna, percent=90)
    own.heard(marta)
    told = json.dumps(officer.export(by=irena, at=at, party=anna.party), default=str)
    events = json.dumps(list(Event.objects.values("kind", "subject", "data")), default=str)
    for row in Guess.objects.all():
        for trace in traces(row):
            for place in (told, events, caplog.text):
                assert trace.decode() not in place


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_a_copy_of_the_database_tells_nothing_without_that_sellers_key(planted, kamil, tmp_path):
    copy = tmp_path / "copy.sqlite3"
    connection.ensure_connection()
    with sqlite3.connect(copy) as target:
        connection.connection.backup(target)
    assert MARKER.encode() not in copy.read_bytes()
    with sqlite3.connect(copy) as target:
        [(sealed, ident)] = target.execute("SELECT said_sealed, public_id FROM asking_guess")
    with pytest.raises(crypto.Unreadable):
        crypto.unseal_for(f"courage:{kamil.public_id}", sealed, own.PLACE.format(ident))


def test_no_table_but_its_own_holds_a_trace(planted):
    """Invariant 21: no figure is made of guesses, so no two of them can be subtracted."""
    for alias in connections:
        with connections[alias].cursor() as cursor:
            for table in connections[alias].introspection.table_names(cursor):
                if table == Guess._meta.db_table:
                    continue
                cursor.execute(f'SELECT * FROM "{table}"')
                rows = repr(cursor.fetchall()).encode()
                assert not [trace for trace in traces(planted) if trace in rows], table


def test_nothing_in_the_house_points_at_a_guess():
    pointing = [
        model._meta.label
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if getattr(field, "related_model", None) is Guess and not field.auto_created
    ]
    assert not pointing


def test_one_module_alone_seals_and_opens():
    """`said_sealed`, and the keys of single owners, are words of asking.courage only."""
    allowed = {"asking/courage.py", "asking/models/courage.py", "store/crypto.py"}
    found = []
    for path in code_files():
        where = path.relative_to(PACKAGE).as_posix()
        if where in allowed or "/migrations/" in where:
            continue
        text = Path(path).read_text(encoding="utf-8")
        assert tree(path)
        found += [
            f"{where}: {word}"
            for word in (".said_sealed", "said_sealed=", "seal_for(", "import Guess", "Guess.")
            if word in text and where != "asking/models/__init__.py"
        ]
    assert not found
