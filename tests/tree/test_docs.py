"""docs/permissions.md says what the code permits; `POLECAM_SNAPSHOT=write` writes its table."""

import os
from pathlib import Path

from polecam.organisation.models import Level
from polecam.people.models import Role
from polecam.people.permissions import Permission, as_deputy, permits, reach

DOC = Path(__file__).parents[2] / "docs" / "permissions.md"
HEAD = "|---|---|---|---|---|---|---|---|---|"
COLUMNS = (
    (permits(Role.SELLER, Level.BRANCH), reach(Role.SELLER, Level.BRANCH)),
    (permits(Role.MANAGER, Level.BRANCH), reach(Role.MANAGER, Level.BRANCH)),
    (permits(Role.MANAGER, Level.REGION), reach(Role.MANAGER, Level.REGION)),
    (as_deputy(Level.BRANCH), as_deputy(Level.BRANCH)),
    (as_deputy(Level.REGION), as_deputy(Level.REGION)),
    *((permits(role, Level.BRANCH), reach(role, Level.BRANCH)) for role in ("admin", "dpo")),
    (permits(Role.PAYROLL, Level.BRANCH), reach(Role.PAYROLL, Level.BRANCH)),
)


def mark(permission: Permission, here: frozenset[str], below: frozenset[str]) -> str:
    return "x" if permission in below else "o" if permission in here else ""


def row(permission: Permission) -> str:
    marks = " | ".join(mark(permission, *column) for column in COLUMNS)
    return " ".join(f"| {str(permission).replace('_', ' ')} | {marks} |".split())


def test_the_table_says_what_the_code_permits():
    intro, _head, found = DOC.read_text(encoding="utf-8").rpartition(HEAD)
    rows = [row(one) for one in Permission]
    if os.environ.get("POLECAM_SNAPSHOT") == "write":
        DOC.write_text(f"{intro}{HEAD}\n" + "\n".join(rows) + "\n", encoding="utf-8")
        found = "\n".join(rows)
    assert found.strip().splitlines() == rows


def test_an_office_reaches_alike_from_every_level():
    for role in (Role.ADMIN, Role.DPO, Role.PAYROLL):
        for level in Level.values:
            assert reach(role, level) == permits(role, level) == permits(role, Level.BRANCH)
