"""docs/compliance.md, the page of rules and the tests tell of the same rows."""

import ast
import re

from polecam.insights.law import RULES
from polecam.organisation.settings import KINDS
from polecam.web.pages.law import places, proofs, words
from tests.house.law import PACKAGE, ROOT

ROW = re.compile(r"^\| (C\d\d) \| (.+?) \| (.+?) \| (.+?) \| `(\w+)` \|$", re.MULTILINE)
KEY = re.compile(r"`(\w+)`")


def rows() -> dict[str, tuple[str, str, str, str]]:
    """id -> (what is asked, settings, place, test) of the table."""
    text = (ROOT / "docs/compliance.md").read_text(encoding="utf-8")
    return {ident: tuple(rest) for ident, *rest in ROW.findall(text)}


def named() -> dict[str, str]:
    """id -> name of every test here that is named after a row."""
    found = {}
    for path in (ROOT / "tests/compliance").glob("test_*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and re.match(r"test_c\d\d_", node.name):
                ident = node.name.split("_")[1].upper()
                assert ident not in found, f"{ident} twice"
                assert any(isinstance(part, ast.Assert) for part in ast.walk(node)), node.name
                found[ident] = node.name
    return found


def test_every_row_has_its_test_and_every_test_its_row():
    assert {ident: row[3] for ident, row in rows().items()} == named()


def test_the_page_shows_every_row():
    known = {rule.id for rule in RULES}
    assert known == set(rows()) == set(words.TITLES) == set(words.SAYS)
    assert known == set(proofs.SIMPLE) | set(proofs.SPECIAL)
    assert named() == places.TESTS
    assert {ident: place for ident, (place, _test) in places.PLACES.items()} == {
        ident: row[2] for ident, row in rows().items()
    }


def test_settings_of_the_table_are_those_of_the_page():
    told = {ident: set(KEY.findall(row[1])) for ident, row in rows().items()}
    assert told == {rule.id: set(rule.settings) for rule in RULES}
    assert not set().union(*told.values()) - KINDS.keys()


def test_every_place_exists():
    for ident, (place, _test) in places.PLACES.items():
        for name in place.split(", "):
            if name in ("a later release", "tests/browser"):
                continue
            path = PACKAGE / name.replace(".", "/")
            assert path.is_dir() or path.with_suffix(".py").exists(), f"{ident}: {name}"
