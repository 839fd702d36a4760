"""What an operator reads: both languages say the same, and every variable is told."""

import re

import pytest

from tests.house.law import PACKAGE, ROOT

DOCS = {"en": ROOT / "docs/operate.md", "pl": ROOT / "docs/operate.pl.md"}
VARIABLE = re.compile(r"\bPOLECAM_[A-Z_]*[A-Z]\b")
CODE = re.compile(r"`([^`\n]+)`")


def text(language: str) -> str:
    return DOCS[language].read_text(encoding="utf-8")


def shape(language: str) -> list[int]:
    """Rows of tables and blocks of commands under each heading, in order."""
    parts = re.split(r"(?m)^## ", text(language))[1:]
    return [part.count("\n|") * 100 + part.count("```") for part in parts]


@pytest.mark.parametrize("language", DOCS)
def test_every_variable_is_told(language):
    used = {
        name
        for path in PACKAGE.rglob("*.py")
        for name in VARIABLE.findall(path.read_text(encoding="utf-8"))
    }
    assert used - set(VARIABLE.findall(text(language))) == set()


def test_both_languages_have_the_same_parts():
    assert shape("en") == shape("pl")


def test_both_name_the_same_commands_and_figures():
    def commands(language: str) -> set[str]:
        return set(re.findall(r"polecam (?:[a-z]+-?)+ ?(?:--[a-z]+)?", text(language)))

    def figures(language: str) -> set[str]:
        return {code for code in CODE.findall(text(language)) if code.startswith("polecam_")}

    assert figures("en") == figures("pl")
    wanted = {word for word in commands("en") if word.startswith("polecam ")}
    missing = {word for word in wanted if word not in text("pl") and "--" in word}
    assert not missing


def test_every_command_told_exists():
    from polecam.cli.commands import COMMANDS, SPELLED

    known = {*SPELLED, *COMMANDS} - set(SPELLED.values())
    told = set(re.findall(r"\.venv/bin/polecam ([a-z-]+)", text("en")))
    assert told <= known
