"""docs/invariants.md tells the truth: its tests exist, on both databases, and one tries all."""

import ast
import re
from functools import cache

from tests.house.law import ROOT, tree

ROW = re.compile(r"^\| (\d+) \| (.+?) \| (.+?) \|$", re.MULTILINE)
NAMED = re.compile(r"`([\w/]+\.py)::(\w+)`")
LATER = {9, 10}
EVERY_CASE = {17}
"""Every address x every role there is: more than chance would try."""


@cache
def functions(file: str) -> dict[str, ast.FunctionDef]:
    """The tests of a file, by name."""
    found = ast.walk(tree(ROOT / "tests" / file))
    return {node.name: node for node in found if isinstance(node, ast.FunctionDef)}


def marks(file: str, name: str) -> str:
    """Everything that decorates a test."""
    return " ".join(map(ast.unparse, functions(file)[name].decorator_list))


def rows() -> dict[int, str]:
    """The tests of each invariant, as the table names them."""
    text = (ROOT / "docs/invariants.md").read_text(encoding="utf-8")
    return {int(number): tests for number, _, tests in ROW.findall(text)}


def test_every_invariant_has_its_row():
    assert sorted(rows()) == list(range(1, 22))
    assert {number for number, tests in rows().items() if tests.startswith("later")} == LATER


def test_every_named_test_exists_and_runs_on_both_databases():
    for number, tests in rows().items():
        for file, name in NAMED.findall(tests):
            assert name in functions(file), f"{number}: {file} has no {name}"
            assert not {"sqlite", "postgres"} & set(re.findall(r"\w+", marks(file, name)))


def test_every_invariant_is_tried_with_what_nobody_wrote_down():
    for number in rows().keys() - LATER - EVERY_CASE:
        named = NAMED.findall(rows()[number])
        assert any("given(" in marks(file, name) for file, name in named), f"invariant {number}"
