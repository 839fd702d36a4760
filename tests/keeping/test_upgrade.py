"""An upgrade that stops says where, and how to go back; the house opens again."""

from polecam.cli import commands, upgrade
from polecam.keeping.models import Backup
from polecam.store import pause


def test_it_stops_with_a_clear_line_and_the_way_back(house, monkeypatch, capsys):
    def broken() -> bool:
        raise OSError("the cable was pulled")

    monkeypatch.setattr(upgrade, "STEPS", [("migrate", broken)])
    assert commands.run(["upgrade", "--to", str(house)]) == 2
    said = capsys.readouterr().err
    row = Backup.objects.get(cause="upgrade")
    assert "Stopped at: migrate. the cable was pulled" in said
    assert f"polecam restore {house / row.name} --into " in said
    assert not pause.is_on()


def test_what_does_not_hold_stops_it_too(house, monkeypatch, capsys):
    monkeypatch.setattr(upgrade, "STEPS", [("verify", lambda: False)])
    assert commands.run(["upgrade", "--to", str(house)]) == 2
    assert "Stopped at: verify." in capsys.readouterr().err


def test_a_new_database_begins_otherwise(transactional_db, capsys):
    assert commands.run(["upgrade"]) == 2
    assert "polecam init" in capsys.readouterr().err
