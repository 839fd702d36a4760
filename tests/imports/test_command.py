"""`polecam import FILE` does in the foreground what the page does."""

import pytest

from polecam.cli import commands
from polecam.clients.models import Client
from polecam.imports.models import Import
from tests.imports.support import CLIENTS


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "klienci.csv"
    path.write_bytes(CLIENTS.encode("cp1250"))
    return path


def test_the_whole_way(file, branch, marta, kamil, capsys):
    assert commands.run(["import", str(file), "--language", "en"]) == 1
    said = capsys.readouterr()
    assert "new 4, updated 0, unchanged 1, rejected 2" in said.out
    assert "row 7: Client since: There is no such date." in said.out
    assert "7 of 7 rows" in said.err
    assert Client.objects.count() == 4


def test_rehearsal_and_polish(file, branch, marta, tmp_path, capsys):
    target = tmp_path / "odrzucone.csv"
    options = ["--dry-run", "--language", "pl", "--rejected", str(target)]
    assert commands.run(["import", str(file), *options]) == 1
    assert "Nie ma takiej daty." in capsys.readouterr().out
    assert "Joanna Bielak" in target.read_text(encoding="utf-8-sig")
    assert not Client.objects.exists()


def test_owner_column_by_its_heading(tmp_path, branch, marta, kamil, capsys):
    path = tmp_path / "k.csv"
    path.write_text("Klient;Kto dzwoni\nAnna Nowak;Duda Kamil\n", encoding="utf-8")
    assert commands.run(["import", str(path), "--owner-column", "kto dzwoni"]) == 0
    assert Client.objects.get().owner == kamil


def test_trouble_is_one_line(tmp_path, branch, marta, capsys):
    path = tmp_path / "k.pdf"
    path.write_bytes(b"%PDF-1.7")
    assert commands.run(["import", str(path), "--language", "pl"]) == 2
    assert commands.run(["import", str(path), "--branch", "Nowhere"]) == 2
    assert commands.run(["import", str(tmp_path / "none.csv")]) == 2
    assert capsys.readouterr().err.count("\n") == 3
    assert not Import.objects.exists()
