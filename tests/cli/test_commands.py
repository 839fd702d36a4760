"""The command line: one clear line and code 2 for every trouble."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from polecam.cli.commands import COMMANDS, run
from polecam.organisation.models import Branch, Organisation
from polecam.people.models import Welcome

SECRETS = {
    "POLECAM_HOSTS": "polecam.example",
    **{f"POLECAM_{name}_KEY{s}": f"{one}{'x' * 40}" for name, s, one in (
        ("SECRET", "", ""), ("INDEX", "", ""), ("CONTACT", "S", "1:"), ("SIGNING", "S", "")
    )},
}  # fmt: skip
"""What production asks for, made up."""


@pytest.fixture
def polecam(tmp_path):
    """`polecam ARGS` as a process in a home of its own."""

    def call(*arguments: str, **environment: str) -> subprocess.CompletedProcess:
        given = {key: value for key, value in os.environ.items() if "POLECAM" not in key}
        given |= {"POLECAM_ENV": "development", "POLECAM_HOME": str(tmp_path), "DATABASE_URL": ""}
        return subprocess.run(
            [sys.executable, "-m", "polecam.cli", *arguments],
            env={**given, **environment},
            capture_output=True, text=True, timeout=300, check=False,
        )  # fmt: skip

    return call


def test_help_names_every_command(capsys):
    assert run(["--help"]) == 0
    out = capsys.readouterr().out
    assert all(word in out for word in ("init", "serve", "demo", "import", "verify", "work"))


@pytest.mark.parametrize("arguments", [["nonsense"], ["importing"], ["-x"]])
def test_an_unknown_command_gets_the_list(arguments, capsys):
    assert run(arguments) == 2
    assert "usage: polecam COMMAND" in capsys.readouterr().err


def test_every_command_is_a_module():
    folder = Path(sys.modules["polecam.cli"].__file__).parent
    assert all((folder / f"{name}.py").exists() for name in COMMANDS)


@pytest.mark.sqlite  # a process with a database of its own
def test_fresh_secrets_need_no_settings_and_are_strong(polecam):
    done = polecam("init", "--keys", POLECAM_ENV="production")
    assert done.returncode == 0, done.stderr
    lines = dict(line.split("=", 1) for line in done.stdout.splitlines())
    needed = ("SECRET_KEY", "INDEX_KEY", "CONTACT_KEYS", "SIGNING_KEYS", "BACKUP_KEY")
    assert set(lines) == {f"POLECAM_{name}" for name in needed}
    assert all(len(value) >= 64 for value in lines.values())
    assert polecam("init", "--keys").stdout != done.stdout


@pytest.mark.sqlite  # a process with a database of its own
def test_production_refuses_the_default_secret_in_one_line(polecam):
    done = polecam("verify", POLECAM_ENV="production", POLECAM_HOSTS="polecam.example")
    assert done.returncode == 2
    assert done.stderr.startswith("polecam verify: Production needs its own POLECAM_SECRET_KEY")
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.sqlite  # a process with a database of its own
def test_a_database_without_tables_says_what_to_do(polecam):
    done = polecam("verify")
    assert done.returncode == 2
    assert "Run `polecam init` first." in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.sqlite  # a process with a database of its own
def test_a_demo_never_meets_real_people(polecam):
    done = polecam("demo")
    assert (done.returncode, "POLECAM_ENV=demo" in done.stderr) == (2, True)


@pytest.mark.sqlite  # a process with a database of its own
def test_init_prints_a_link_to_set_the_firm_up_in_the_browser(polecam):
    lost = polecam("init", "--name", "Bank Olszyna")
    assert (lost.returncode, "go together" in lost.stderr) == (2, True)
    done = polecam("init")
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("http") == 1
    assert "http://localhost:8000/start/" in done.stdout
    homeless = polecam("init", POLECAM_ENV="production", POLECAM_URL="", **SECRETS)
    assert (homeless.returncode, "Set POLECAM_URL first" in homeless.stderr) == (2, True)
    assert "/start/" not in homeless.stdout
    odd = polecam(
        "init", "--name", "B", "--branch", "P", "--admin-email", "a@o.example", "--currency", "XXX"
    )
    assert odd.returncode == 2


@pytest.mark.sqlite  # a process with a database of its own
def test_init_sets_up_and_repeats_quietly(polecam):
    done = polecam(
        "init", "--name", "Bank Olszyna", "--branch", "Podgórze", "--admin-email", "ada@o.example"
    )
    assert done.returncode == 0, done.stderr
    assert "http://localhost:8000/welcome/" in done.stdout
    again = polecam("init")
    assert again.returncode == 0, again.stderr
    assert "welcome" not in again.stdout
    verified = polecam("verify")
    assert verified.returncode == 0, verified.stdout + verified.stderr
    assert "Everything holds." in verified.stdout


@pytest.mark.django_db
def test_a_refusal_is_a_sentence_too(firm, monkeypatch, capsys):
    from polecam.cli import verify
    from polecam.kit.errors import Refused

    def refuse(options) -> int:
        raise Refused("organisation_exists")

    monkeypatch.setattr(verify, "run", refuse)
    assert run(["verify"]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert not Branch.objects.exists()
    assert Organisation.objects.count() == 1
    assert not Welcome.objects.exists()
