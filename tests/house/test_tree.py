"""What is committed: no path of a machine, no address of a registry, each dependency with a why."""

import re
import subprocess
import tomllib

from tests.house.law import ROOT

# Written backwards, so that this file does not find itself.
FORBIDDEN = [
    word[::-1] for word in "/krow/ /pmt/ /toor/ /tpo/ gro.ipyp detsohnohtyp sjmpn.yrtsiger".split()
]
BINARY = {".png", ".jpg", ".woff2", ".xlsx", ".ico", ".mo"}


def committed() -> list[str]:
    done = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [name for name in done.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_no_machine_and_no_registry_is_named():
    found = [
        f"{name}: {word}"
        for name in committed()
        if not name.endswith(tuple(BINARY))
        for word in FORBIDDEN
        if word in (ROOT / name).read_text(encoding="utf-8", errors="replace")
    ]
    assert not found


def test_every_dependency_has_a_why_and_a_locked_hash():
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    config = tomllib.loads(text)
    locked = (ROOT / "requirements-dev.lock").read_text(encoding="utf-8").lower()
    wanted = config["project"]["dependencies"] + config["dependency-groups"]["dev"]
    for requirement in wanted:
        assert re.search(rf'"{re.escape(requirement)}", # \w', text), f"{requirement}: why?"
        name = re.match(r"[\w-]+", requirement)[0].lower()
        pinned = rf"(?m)^{name}(\[[\w,]+\])?==\S+( ;[^\n]*)? \\\n    --hash=sha256:"
        assert re.search(pinned, locked), f"{requirement}: make lock"


def test_runtime_lock_agrees_with_the_development_lock():
    def pins(name: str) -> set[str]:
        lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
        return {line.split()[0] for line in lines if "==" in line}

    assert pins("requirements.lock") <= pins("requirements-dev.lock")
