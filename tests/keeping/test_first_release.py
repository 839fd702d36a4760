"""The first release's own database is upgraded: everything holds, pages open, the same tables."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from django.db.backends.base.base import BaseDatabaseWrapper

from polecam.cli import elsewhere
from polecam.keeping import copies, copying, schema
from tests.keeping.conftest import opened, standing_in

FIRST = Path(__file__).parent / "first_release" / "0.1.0.copy"


def as_it_was(url: str, home: Path) -> None:
    """The database of 0.1.0 with the tables of 0.1.0."""
    with standing_in(url) as other, copies.opened(FIRST) as reader:
        copying.receive(reader, copying.opened(reader), other, files=home / "uploads")


def test_the_first_release_becomes_this_one_and_can_be_restored(scratch, capfd):
    url, home = scratch
    as_it_was(url, home)
    demo = {"POLECAM_HOME": str(home), "POLECAM_ENV": "test"}
    code = elsewhere.run(["upgrade", "--to", str(home / "copies")], url, **demo)
    said = capfd.readouterr()
    assert code == 0, said
    assert "Everything holds." in said.out
    assert len(list((home / "copies").glob("*-upgrade.copy"))) == 1

    other = opened(url)
    with other.cursor() as cursor:
        # what hung on `parent` hangs there with a date (organisation/0002)
        cursor.execute("SELECT count(*) FROM organisation_placement")
        assert cursor.fetchone() == (2,)
        cursor.execute("SELECT level FROM organisation_branch ORDER BY id")
        assert [level for (level,) in cursor.fetchall()] == ["branch", "region", "branch", "team"]
    upgraded = shape(other)
    other.close()
    walked = subprocess.run(
        [sys.executable, str(Path(__file__).parent / "walk.py")],
        env={**elsewhere.surroundings(url, **demo), "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert walked.returncode == 0, walked.stdout + walked.stderr[-3000:]

    # the drill: copied, restored into a fresh database, every table compared, verified clean
    code = elsewhere.run(["backup", "--to", str(home / "copies"), "--drill"], url, **demo)
    said = capfd.readouterr()
    assert code == 0, said
    assert "The drill held" in said.out
    other = opened(url)
    with other.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM keeping_backup WHERE tried_at IS NOT NULL")
        assert cursor.fetchone() == (1,)
    other.close()

    with elsewhere.scratch() as (fresh_url, _home), standing_in(fresh_url) as fresh:
        schema.make(fresh, schema.known())
        made = shape(fresh)
    assert upgraded == made  # the way there and the tables made at once lead to the same


def shape(other: BaseDatabaseWrapper) -> dict[str, object]:
    """Columns, constraints and indexes of every table of ours, by name."""
    found: dict[str, object] = {}
    with other.cursor() as cursor:
        for model in schema.models_of(schema.known(), "default"):
            name = model._meta.db_table
            columns = other.introspection.get_table_description(cursor, name)
            found[name] = (
                sorted(
                    (c.name, c.type_code, c.null_ok, c.collation, c.display_size) for c in columns
                ),
                sorted(str(c) for c in constraints(other, cursor, name)),
            )
    return found


def constraints(other: BaseDatabaseWrapper, cursor, table: str) -> list[object]:
    """Those of a table, without names that hold a hash."""
    rows = other.introspection.get_constraints(cursor, table).values()
    return [{k: v for k, v in row.items() if k != "definition"} for row in rows]


def test_a_copy_stays_readable(tmp_path):
    kept = tmp_path / FIRST.name
    shutil.copy(FIRST, kept)
    opening, closing = copies.look(kept)
    assert (opening.version, closing.rows > 4000, len(closing.files)) == ("0.1.0", True, 1)
