"""Whoever adds one half of a pair is told of the other half."""

import ast
from pathlib import Path

from django.urls import URLPattern, URLResolver, get_resolver

from polecam.journal.kinds import KINDS
from tests.house.law import PACKAGE, code_files, place, tree

UI = PACKAGE / "web/ui"


def constants(path: Path) -> set[str]:
    """Every literal text of a file."""
    return {
        node.value
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def first_arguments(*functions: str) -> dict[str, str]:
    """The literal first argument of every call of these functions, with a place it stands in."""
    found = {}
    for path in code_files():
        for node in ast.walk(tree(path)):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = ast.unparse(node.func).split(".")[-1]
            argument = node.args[0]
            literal = isinstance(argument, ast.Constant) and isinstance(argument.value, str)
            if name in functions and literal:
                found[argument.value] = place(path, node)
    return found


def test_every_event_kind_has_its_sentence():
    from polecam.web.ui.sentences import missing

    assert not missing()


def test_every_recorded_event_is_a_known_kind():
    recorded = {text: at for text, at in first_arguments("record").items() if "." in text}
    assert not {kind: at for kind, at in recorded.items() if kind not in KINDS}


def test_every_refusal_has_its_sentence():
    used = first_arguments("Refused", "NotAllowed", "refuse")
    known = set().union(*(constants(path) for path in UI.glob("refusals*.py")))
    assert not {code: at for code, at in used.items() if code not in known}


def named_urls(resolver: URLResolver, space: str = "") -> set[str]:
    """`namespace:name` of every address below."""
    found = set()
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            found.add(f"{space}{entry.name or entry.pattern}")
        else:
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            found |= named_urls(entry, inner)
    return found


def test_every_address_has_a_rule():
    from polecam.web.access import RULES

    addresses = named_urls(get_resolver())  # imports the views, which declare their rules
    assert not addresses - RULES.keys(), "declare it with @door"
    assert not RULES.keys() - addresses, "a rule without an address"
