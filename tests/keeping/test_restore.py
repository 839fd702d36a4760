"""A copy comes back into an empty database, and whoever was forgotten meanwhile stays so."""

import io
from datetime import UTC, datetime

import pytest
from django.db import connection

from polecam.actions import keeping, objections, privacy
from polecam.cli import commands, elsewhere
from polecam.clients.models import Client
from polecam.files import vault
from polecam.files.models import Upload
from polecam.keeping import copies, copying, schema, tables
from polecam.keeping.models import Cause
from polecam.kit.errors import Refused
from polecam.messages.models import Message
from polecam.parties.models import Party
from polecam.privacy.models import Suppression
from polecam.store import crypto
from tests.keeping.conftest import everything_in, opened, standing_in


def test_it_comes_back_as_it_was_but_for_those_who_are_forgotten(house, scratch, at, settings):
    friend = Party.objects.get(first_name="Piotr", last_name="Nowak", erased_at=None)
    friend.set_email("piotr.nowak@poczta.example")
    friend.save()
    anna = Client.objects.get(party__first_name="Anna")
    waiting = Message.objects.create(
        kind="test", medium="email", subject="x", created_at=at, next_try_at=at
    )
    waiting.to = waiting.body = "ada@olszyna.example"
    waiting.save()
    name = "abcdefgh2345678"
    with vault.SealedWriter(name) as writer:
        writer.write(b"a file")
    Upload.objects.create(public_id=name, name="x.csv", size=6, digest=writer.digest, at=at)
    row = keeping.back_up(at=datetime.now(UTC), cause=Cause.ASKED, folder=house)
    privacy.erase(by=None, at=at, party=friend)
    objections.never_again("phone", "0123456789abcdef", at)

    url, home = scratch
    code = elsewhere.run(["restore", str(house / row.name)], url, POLECAM_HOME=str(home))
    assert code in {0, 1}  # 1: the hand-made world, as above
    other = opened(url)
    try:
        texts = list(everything_in(other))
        found = {(t, c) for t, c, text in texts if "Nowak" in text or "piotr.nowak" in text}
        assert not found
        assert crypto.email_index("piotr.nowak@poczta.example") not in {x for _, _, x in texts}
        assert any(text == "Kowalczyk" for _t, _c, text in texts)
        with other.cursor() as cursor:
            cursor.execute("SELECT kind FROM privacy_suppression WHERE kind = 'phone'")
            assert cursor.fetchall()
            cursor.execute("SELECT state, trouble FROM mail_message WHERE kind = 'test'")
            assert cursor.fetchall() == [("unsure", "restored")]
            cursor.execute("SELECT count(*) FROM journal_event WHERE kind = 'data.restored'")
            assert cursor.fetchone() == (1,)
            cursor.execute(
                "SELECT count(*) FROM clients_client WHERE public_id = %s", [anna.public_id]
            )
            assert cursor.fetchone() == (1,)
        with tables.snapshot(other) as source:
            same_as_before(house / row.name, source)
        assert (home / "uploads" / name).read_bytes() == vault.path_of(name).read_bytes()
    finally:
        other.close()
    assert Suppression.objects.filter(kind="phone").exists()
    with standing_in(url) as full, copies.opened(house / row.name) as reader:
        opening = copying.opened(reader)
        with pytest.raises(Refused, match="database_not_empty"):
            copying.receive(reader, opening, full, files=home)


def test_a_restore_that_fails_leaves_the_files_of_the_house_beside_it(house, scratch, at):
    with vault.SealedWriter("abcdefgh2345678") as writer:
        writer.write(b"a file")
    row = keeping.back_up(at=at, cause=Cause.ASKED, folder=house)
    with copies.opened(house / row.name) as reader:
        whole = io.BytesIO(reader.read(1 << 30)[:-100])  # its end is missing
    folder = vault.path_of("abcdefgh2345678").parent
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    with standing_in(scratch[0]) as empty, pytest.raises(Refused, match="copy_cut"):
        copying.receive(whole, copying.opened(whole), empty, files=folder)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def same_as_before(path, source) -> None:
    """Tables that neither forgetting nor restoring touches are equal to the manifest."""
    _opening, closing = copies.look(path)
    models = {m._meta.db_table: m for m in schema.models_of(schema.known(), "default")}
    for name in ("people_person", "sales_sale", "bonuses_entry", "organisation_branch"):
        assert tables.sum_of(source, tables.table_of(models[name])).said == closing.tables[name]


def test_ids_go_on_where_they_were(house, scratch, at):
    """An id that was given and is free again is not given to somebody else."""
    gone = Party.objects.create(created_at=at)
    last = gone.pk
    gone.delete()
    row = keeping.back_up(at=at, cause=Cause.ASKED, folder=house)
    _opening, closing = copies.look(house / row.name)
    assert closing.tables["parties_party"][0]
    with tables.snapshot(connection) as source:
        assert source.next_id(tables.table_of(Party)) == last


@pytest.mark.sqlite  # once is enough: it does not touch a database
def test_trouble_is_one_clear_line(house, at, capsys):
    house.mkdir()
    (house / "x.copy").write_bytes(b"PK\x03\x04")
    assert commands.run(["restore", str(house / "x.copy"), "--look"]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert commands.run(["restore", str(house / "none.copy"), "--look"]) == 2
