"""How the code is written: small files, pure rules, actions with who and when, thin doors."""

import ast
from pathlib import Path

from tests.house.law import DOORS, PACKAGE, ROOT, code_files, models, place, room_of, tree

DRAWERS = {"utils", "util", "helpers", "helper", "common", "misc", "shared", "lib"}
LONGEST_FILE = 300
CLOCKS = {"now", "today", "utcnow"}
SIGNALS = ("django.dispatch", "django.db.models.signals")
SIGNALS_ALLOWED = {PACKAGE / "store/apps.py"}  # Django's own post_migrate reinstalls the guards
WRITES = {
    "bulk_create", "bulk_update", "create", "delete", "get_or_create", "save", "update",
    "update_or_create", "executemany",
}  # fmt: skip


def imports(path: Path) -> list[tuple[ast.AST, str]]:
    """Every module that a file imports."""
    found: list[tuple[ast.AST, str]] = []
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found += [(node, alias.name) for alias in node.names]
        if isinstance(node, ast.ImportFrom):
            found += [(node, f"{node.module}.{alias.name}") for alias in node.names]
    return found


def test_no_drawer_for_everything():
    found = [p for p in PACKAGE.rglob("*") if p.stem in DRAWERS and "static" not in p.parts]
    assert not found, f"name it after what it does: {found}"


def test_files_are_small():
    long = {
        str(path.relative_to(ROOT)): lines
        for path in code_files()
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST_FILE
    }
    assert not long


def test_no_signals():
    found = [
        f"{place(path, node)}: {name}"
        for path in code_files()
        if path not in SIGNALS_ALLOWED
        for node, name in imports(path)
        if name.startswith(SIGNALS)
    ]
    assert not found, "an action says what happens; a signal hides it:\n" + "\n".join(found)


def test_no_save_overrides():
    found = [
        f"{model._meta.label}.{name}"
        for model in models()
        for name in ("save", "delete", "full_clean")
        if name in vars(model)
    ]
    assert not found


def test_rules_are_pure():
    found = []
    for path in code_files():
        if path.name != "rules.py" and "rules" not in path.parent.name:
            continue
        found += [
            f"{place(path, node)}: imports {name}"
            for node, name in imports(path)
            if name.startswith(("django", "polecam.store")) or ".models" in name
        ]
        found += [
            f"{place(path, node)}: reads the clock"
            for node in ast.walk(tree(path))
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in CLOCKS
        ]
    assert not found


def opens_transaction(function: ast.FunctionDef) -> bool:
    """Whether it is an action, and not a part that several actions share."""
    return any(
        isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == "action"
        for node in ast.walk(function)
    )


def test_actions_say_when_and_name_their_arguments():
    """`by` as well, wherever somebody who signed in acts: types and permissions see to that."""
    found = []
    for path in code_files("actions"):
        for node in tree(path).body:
            if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
                continue
            positional = {argument.arg for argument in node.args.posonlyargs + node.args.args}
            named = {argument.arg for argument in node.args.kwonlyargs}
            if opens_transaction(node) and (positional or "at" not in named):
                found.append(f"{place(path, node)}: {node.name}")
    assert not found, "keyword-only, with at=:\n" + "\n".join(found)


def test_doors_do_not_write():
    found = []
    for path in code_files(*DOORS):
        for node in ast.walk(tree(path)):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                continue
            chain = ast.unparse(node.func)
            if node.func.attr in WRITES and (".objects" in chain or node.func.attr == "save"):
                found.append(f"{place(path, node)}: {chain}")
    assert not found, "a door makes one action call instead:\n" + "\n".join(found)


def test_only_doors_read_the_clock():
    """Time is passed in as `at`, so that a rule can be tried at any time."""
    found = [
        f"{place(path, node)}: {ast.unparse(node)}"
        for path in code_files()
        if room_of(path) not in {*DOORS, "demo", "store", "kit", ""}
        and path != PACKAGE / "messages/mail.py"  # names a file by the time of writing
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in CLOCKS
        and ast.unparse(node.func.value).split(".")[-1] in {"datetime", "date", "timezone"}
    ]
    assert not found


def test_locks_let_others_point_at_the_row():
    """FOR UPDATE would also stop whoever commits a row that points there: see store.tx.lock."""
    found = [
        place(path, node)
        for path in code_files()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "select_for_update"
        and not any(word.arg == "no_key" for word in node.keywords)
    ]
    assert not found
