"""`polecam verify-receipt` on a machine that has nothing of the house: no database, no settings."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from polecam.claims import signing
from polecam.claims.slip_check import check
from polecam.claims.slip_keys import spoken
from polecam.cli.commands import run
from tests.receipts.support import outside, seal

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(receipt, at, tmp_path) -> tuple[Path, str, str]:
    """What Marta has at home: a file, a root from a mail, the house's public key."""
    seal(at)
    file = tmp_path / "receipt.txt"
    file.write_text(outside(receipt), encoding="utf-8")
    keys = signing.of_the_house()
    root = check(file.read_text(), keys.known).root
    return file, root, spoken(keys.known[keys.current])


def alone(*arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    """The command in an empty environment, where any database would be missed."""
    return subprocess.run(
        [sys.executable, "-m", "polecam.cli", "verify-receipt", *arguments],
        input=typed,
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": os.environ["PATH"], "POLECAM_HOME": "/nowhere"},
    )


def test_a_kept_receipt_is_true_without_any_database(kept):
    file, root, key = kept
    done = alone(str(file), "--root", root, "--key", key)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("TRUE")
    assert root in done.stdout


def test_it_reads_what_is_piped(kept):
    file, root, key = kept
    done = alone("--root", f"Root: {root}", "--key", key, typed=file.read_text())
    assert (done.returncode, done.stdout[:4]) == (0, "TRUE")


def test_without_a_key_it_says_where_to_find_one(kept):
    done = alone(str(kept[0]))
    assert done.returncode == 2
    assert "public key with --key" in done.stderr


def test_another_root_a_forgery_and_junk_are_no(kept, capsys, tmp_path):
    file, _root, key = kept
    assert run(["verify-receipt", str(file), "--root", "0" * 64, "--key", key]) == 1
    assert "ANOTHER ROOT" in capsys.readouterr().out
    lines = file.read_text().splitlines()
    lines[2] = lines[2][::-1]
    forged = tmp_path / "forged.txt"
    forged.write_text("\n".join(lines))
    assert run(["verify-receipt", str(forged), "--key", key]) == 1
    assert "ALTERED OR FORGED" in capsys.readouterr().out
    forged.write_bytes(os.urandom(3_000))
    assert run(["verify-receipt", str(forged), "--key", key]) == 1
    assert "no whole receipt" in capsys.readouterr().out
    other = "ed25519:" + "A" * 43
    assert run(["verify-receipt", str(file), "--key", other]) == 1
    assert "not known here" in capsys.readouterr().out


def test_a_root_without_a_proof_is_not_taken_for_proof(kept, capsys, tmp_path):
    file, root, _key = kept
    bare = tmp_path / "bare.txt"
    bare.write_text(file.read_text().partition("POLECAM-PROOF")[0])
    assert run(["verify-receipt", str(bare)]) == 0
    assert run(["verify-receipt", str(bare), "--root", root]) == 1
    assert "Nothing was compared" in capsys.readouterr().out


def test_what_cannot_be_tried_says_why(kept, capsys):
    file, _root, _key = kept
    assert run(["verify-receipt", str(file), "--root", "short"]) == 2
    assert run(["verify-receipt", str(file), "--key", "short"]) == 2
    assert run(["verify-receipt", str(file) + ".missing"]) == 2
    said = capsys.readouterr().err.splitlines()
    assert ["64 digits" in said[0], "43 characters" in said[1], len(said)] == [True, True, 3]


def test_it_prints_the_house_s_keys(capsys):
    assert run(["verify-receipt", "--keys"]) == 0
    keys = signing.of_the_house()
    assert capsys.readouterr().out.split() == [keys.current, spoken(keys.known[keys.current])]
