"""The named points: every transaction passes them, they are for tests only, and cost nothing."""

import ast
import os
import subprocess
import sys
import timeit

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError

from polecam.actions.erasure import ran
from polecam.actions.journal import take_lease
from polecam.journal.models import Cursor
from polecam.store import faults
from polecam.store.faults import Fault
from tests.house.law import PACKAGE, code_files, place, tree

SAVEPOINTS = {
    PACKAGE / "actions/clients.py",  # a number that is taken: the INSERT alone is undone
    PACKAGE / "messages/outbox.py",  # a message that stands already: likewise
    PACKAGE / "store/triggers.py",  # after a migrate
    PACKAGE / "store/tx.py",
}


@pytest.fixture
def armed():
    yield faults.arm
    faults.arm(None)


def test_every_transaction_passes_the_points():
    """There is one way to begin one, and it has them."""
    begun = [
        place(path, node)
        for path in code_files()
        if path not in SAVEPOINTS
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and _name(node.func) == "atomic"
    ]
    assert not begun, "use store.tx.action"


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def test_an_action_is_known_by_its_name(firm, armed, at):
    armed(watch := Fault(faults.WATCH))
    ran(counts={"files": 1}, at=at)
    assert watch.seen == [
        (point, "erasure.ran")
        for point in (
            "action.enter",
            "action.begun",
            "journal.record",
            "action.before_commit",
            "action.committed",
        )
    ]


def test_a_fault_happens_at_its_passing_only(firm, armed, at):
    armed(faults.heard("gone:action.before_commit:journal.take_lease:2"))
    assert take_lease(reader="one", worker="w", at=at)
    with pytest.raises(OperationalError):
        take_lease(reader="two", worker="w", at=at)
    assert take_lease(reader="three", worker="w", at=at)
    assert set(Cursor.objects.values_list("reader", flat=True)) == {"one", "three"}


def test_what_the_variable_may_say():
    assert faults.heard("") is None
    assert faults.heard("kill") == Fault("kill")
    assert faults.heard("slow:journal.*") == Fault("slow", "journal.*")
    assert faults.heard("full:files.block::3+") == Fault("full", "files.block", "*", 3, True)
    for wrong in ("burn", "kill:a:b:c", "kill:a:b:1:more"):
        with pytest.raises(ValueError):
            faults.heard(wrong)


@pytest.mark.parametrize("where", ["production", "demo"])
def test_refused_where_people_work(where, monkeypatch):
    monkeypatch.setenv("POLECAM_ENV", where)
    with pytest.raises(ImproperlyConfigured):
        faults.arm(Fault("slow"))
    monkeypatch.setenv(faults.VARIABLE, "kill:action.enter")
    with pytest.raises(ImproperlyConfigured):
        faults._from_environment()


def test_a_killed_process_is_killed():
    code = "from polecam.store.faults import point; point('a'); print('alive'); point('b')"
    found = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "POLECAM_ENV": "test", faults.VARIABLE: "kill:b"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (found.returncode, found.stdout, found.stderr) == (-9, "alive\n", "")


def test_without_a_fault_a_point_costs_nanoseconds():
    """Ten of them cost less than asking the clock a hundred times: a comparison, not a time."""
    ten = min(timeit.repeat("point('a');" * 10, globals={"point": faults.point}, number=2_000))
    hundred = min(timeit.repeat("now();" * 100, "from time import monotonic as now", number=2_000))
    assert ten < hundred
