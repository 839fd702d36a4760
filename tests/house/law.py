"""What the tests of the law look at: the order of the rooms, their files, their tables."""

import ast
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGE = ROOT / "src/polecam"
DOORS = ("web", "worker", "cli")


@cache
def ranks() -> dict[str, int]:
    """Every room's height: 0 is the lowest. The contract of import-linter is the only source."""
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    (contract,) = (c for c in config["tool"]["importlinter"]["contracts"] if c["type"] == "layers")
    layers = reversed(contract["layers"])
    return {room.strip(): rank for rank, layer in enumerate(layers) for room in layer.split("|")}


def room_of(path: Path) -> str:
    """The room a file belongs to; empty for settings and their like."""
    parts = path.relative_to(PACKAGE).parts
    return parts[0] if len(parts) > 1 else ""


def code_files(*rooms: str) -> list[Path]:
    """The Python files of these rooms (of all, if none is named), without migrations."""
    return [
        path
        for path in sorted(PACKAGE.rglob("*.py"))
        if "migrations" not in path.parts and (not rooms or room_of(path) in rooms)
    ]


def tree(path: Path) -> ast.Module:
    """The file as a syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def place(path: Path, node: ast.AST) -> str:
    """`file:line`, to click on."""
    return f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 1)}"


def models() -> Iterator[type]:
    """Every model of the house."""
    from django.apps import apps

    for model in apps.get_models(include_auto_created=True):
        if model.__module__.startswith("polecam."):
            yield model


def room_of_model(model: type) -> str:
    """The room that a model stands in."""
    return model.__module__.split(".")[1]


def templates() -> list[Path]:
    """Every page and fragment."""
    return sorted(PACKAGE.rglob("templates/**/*.html"))
