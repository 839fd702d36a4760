"""What every test stands on: the environment, the database, time for property tests.

`POLECAM_TEST_DB=sqlite|postgres` chooses the database; `tools/test.py` runs the suite on both.
"""

import atexit
import gc
import os
import shutil
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import django
import pytest
from django.db.backends.base.base import BaseDatabaseWrapper
from hypothesis import HealthCheck, settings

# Set before Django reads its settings. A home of its own for each run: several may run at once.
DATABASE = os.environ.get("POLECAM_TEST_DB", "sqlite")
HOME = Path(tempfile.mkdtemp(prefix="polecam-test-"))
(HOME / "static").mkdir()  # WhiteNoise warns where it is missing
atexit.register(shutil.rmtree, HOME, ignore_errors=True)
os.environ.update(
    DJANGO_SETTINGS_MODULE="polecam.settings",
    POLECAM_ENV="test",
    POLECAM_HOME=str(HOME),
    # Playwright's loop runs in the thread of the test; the ORM calls beside it are meant.
    DJANGO_ALLOW_ASYNC_UNSAFE="true",
)
for name in ("SECRET_KEY", "CONTACT_KEYS", "INDEX_KEY", "SIGNING_KEYS", "DEBUG"):
    os.environ.pop(f"POLECAM_{name}", None)
if DATABASE == "postgres":
    server = os.environ.get("POLECAM_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432")
    os.environ["DATABASE_URL"] = f"{server.rstrip('/')}/polecam_{os.getpid()}"
elif DATABASE == "sqlite":
    os.environ["DATABASE_URL"] = ""
else:
    raise pytest.UsageError(f"POLECAM_TEST_DB must be sqlite or postgres, not {DATABASE!r}")

django.setup()
pytest_plugins = ["tests.support.browser", "tests.support.world", "tests.cast"]

COMMON = {
    "deadline": None,  # the machine is shared; slow is not wrong
    "database": None,
    "suppress_health_check": [HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
}
settings.register_profile("test", derandomize=True, max_examples=50, **COMMON)
settings.register_profile("soak", max_examples=2000, print_blob=True, **COMMON)
settings.load_profile(os.environ.get("POLECAM_HYPOTHESIS", "test"))

gc.set_threshold(50_000, 20, 50)  # a quarter of a million objects stay for good: look seldom

DATABASE_FIXTURES = {"db", "transactional_db", "live_server", "django_db_reset_sequences"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Open the side database wherever the main one is open; skip what the database cannot mean.

    Where the suite runs on both databases side by side (`tools/test.py`), they share out what is
    looked at in a browser and what asks no database, or nothing that depends on which one: a page
    looks the same over either, and what an action does is tested on both without one.
    """
    if os.environ.get("POLECAM_SHARE_BROWSER"):
        left = [item for item in items if _shared(item) and _share(item) != DATABASE]
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if not _shared(item) or _share(item) == DATABASE]
    other = "sqlite" if DATABASE == "postgres" else "postgres"
    for item in items:
        if _asks_a_database(item):
            marker = item.get_closest_marker("django_db")
            arguments = {**(marker.kwargs if marker else {}), "databases": "__all__"}
            item.add_marker(pytest.mark.django_db(**arguments), append=False)
        if item.get_closest_marker(other):
            item.add_marker(pytest.mark.skip(reason=f"has a meaning on {other} only"))
        if item.get_closest_marker("soak") and settings().max_examples < 1000:
            item.add_marker(pytest.mark.skip(reason="long; `make soak` runs it"))


ON_EITHER = tuple(
    f"tests/{place}"
    for place in (
        *("house/", "ui/", "tools/", "kit_money/", "doors/", "start/test_first_day.py"),
        *("words/test_texts.py", "sso/test_identity.py", "tree/test_access.py"),
        *("tree/test_measure.py", "start/", "keeping/", "soak/", "imports/test_scale_killed.py"),
        *(f"imports/test_{name}.py" for name in (
            "letters", "vcards", "workbooks", "exports_of_programs", "never_garbage",
            "people_in_cells", "cells", "readers", "scale_bombs",
        )),
    )
)  # fmt: skip
"""Code, words, files being read, walks past every door; and what starts whole processes, most of it
over both databases in one test. One run each is enough; alone, a suite runs all of them."""


def _asks_a_database(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    return bool(item.get_closest_marker("django_db") or DATABASE_FIXTURES & fixtures)


def _shared(item: pytest.Item) -> bool:
    in_browser = "browser" in getattr(item, "fixturenames", ())
    return in_browser or not _asks_a_database(item) or item.nodeid.startswith(ON_EITHER)


def _share(item: pytest.Item) -> str:
    """Which database a shared test runs on; fewer on SQLite, which has long ones of its own."""
    for name in ("sqlite", "postgres"):
        if item.get_closest_marker(name):
            return name
    return "sqlite" if zlib.crc32(item.nodeid.encode()) % 100 < 45 else "postgres"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(request: pytest.FixtureRequest) -> None:
    """The tables of the tests are made at once, as `polecam init` makes a new database: the way
    through all migrations costs a minute, and tests/keeping proves that it ends in the same ones.
    """
    from django.core.management.commands import migrate
    from django.db import connections

    from polecam.keeping import schema

    step_by_step = migrate.Command.handle

    def at_once(command: migrate.Command, *args: object, **options: object) -> object:
        connection = connections[options["database"]]
        if not connection.introspection.table_names():
            schema.make(connection, schema.known())
        return step_by_step(command, *args, **options)

    if not request.config.getoption("nomigrations"):
        pytest.MonkeyPatch().setattr(migrate.Command, "handle", at_once)


@pytest.fixture(autouse=True)
def an_empty_mailbox() -> None:
    """What a test before this one "sent" is none of its business."""
    shutil.rmtree(HOME / "mail", ignore_errors=True)


@pytest.fixture(scope="session", autouse=True)
def flush_past_the_guards() -> Iterator[None]:
    """Let the flush between tests empty append-only tables; nothing else may lift their guards."""
    from django.db import connections
    from django.test import TransactionTestCase

    from polecam.store import triggers

    def emptied(case: TransactionTestCase) -> None:
        with triggers.lifted() if DATABASE == "sqlite" else nullcontext():
            for alias in connections:
                empty_tables(connections[alias])

    patch = pytest.MonkeyPatch()
    patch.setattr(TransactionTestCase, "_fixture_teardown", emptied)
    yield
    patch.undo()


def empty_tables(connection: BaseDatabaseWrapper) -> None:
    """DELETE while foreign keys (and PostgreSQL's triggers) sleep: Django's flush takes seconds."""
    asleep, awake = {
        "postgresql": (
            "SET session_replication_role = replica",
            "SET session_replication_role = DEFAULT",
        ),
        "sqlite": ("PRAGMA foreign_keys = OFF", "PRAGMA foreign_keys = ON"),
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(asleep)
        for table in connection.introspection.django_table_names(only_existing=True):
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")
        cursor.execute(awake)
