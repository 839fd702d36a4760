"""Changes of the shape of a typed plan: sentences and rows that come, go and move.

Pure: nothing is saved, whatever was typed stays as it is, readable or not.
"""

from polecam.bonuses.planning.draft import DraftComponent
from polecam.web.pages.plans.typed import MOST_ROWS, MOST_RULES, Typed, TypedRule, rule_of

USUAL = {
    "consent": DraftComponent("consent", amount_grosze=1_000),
    "meeting": DraftComponent("meeting", amount_grosze=4_000),
    "sale": DraftComponent("sale", base="margin", rate_bp=1_250),
    "retained": DraftComponent("retained", amount_grosze=10_000, months=12),
    "reference": DraftComponent("reference", amount_grosze=5_000),
    "handoff": DraftComponent("handoff", amount_grosze=10_000),
    "coached": DraftComponent("coached", amount_grosze=20_000),
}
"""What a new sentence of each kind begins with: something to write over."""


def add(typed: Typed, kind: str) -> None:
    """A sentence of this kind at the end."""
    if len(typed.rules) < MOST_RULES:
        typed.rules.append(rule_of(USUAL[kind]))


def put_back(typed: Typed, component: DraftComponent) -> None:
    """A sentence of the version before, at the end again."""
    if len(typed.rules) < MOST_RULES:
        typed.rules.append(rule_of(component))


def drop(typed: Typed, position: int) -> None:
    """Take a sentence out. Raises IndexError, like the next ones, where there is none."""
    _rule(typed, position)
    del typed.rules[position - 1]


def move(typed: Typed, position: int, to: int) -> None:
    """Move a sentence; beyond the ends it stays where it is."""
    rule = _rule(typed, position)
    if 1 <= to <= len(typed.rules):
        typed.rules.pop(position - 1)
        typed.rules.insert(to - 1, rule)


def undo(typed: Typed, position: int, component: DraftComponent) -> None:
    """A sentence as it was in the version before."""
    _rule(typed, position)
    typed.rules[position - 1] = rule_of(component)


def table(typed: Typed, position: int) -> None:
    """After another measure or shape was chosen: a table has rows to begin with."""
    rule = _rule(typed, position)
    if rule.banded and not rule.rows:
        whole = rule.slots["shape"] == "whole"
        pay = rule.slots.get(rule.pay, "") or "0"
        edge, then = ("5", "5" if whole else "6") if rule.counts else ("10000", "10000")
        start = "0" if whole or not rule.counts else "1"
        rule.rows = [
            {"lower": start, "upper": edge, "pay": pay},
            {"lower": then, "upper": "", "pay": pay},
        ]


def add_row(typed: Typed, position: int) -> None:
    """A row after the last one, from where that ends."""
    rule = _rule(typed, position)
    if len(rule.rows) < MOST_ROWS:
        rule.rows.append({"lower": _next(rule), "upper": "", "pay": ""})


def drop_row(typed: Typed, position: int, number: int) -> None:
    """Take a row out of a table."""
    rows = _rule(typed, position).rows
    if not 1 <= number <= len(rows):
        raise IndexError(number)
    del rows[number - 1]


def _rule(typed: Typed, position: int) -> TypedRule:
    if not 1 <= position <= len(typed.rules):
        raise IndexError(position)
    return typed.rules[position - 1]


def _next(rule: TypedRule) -> str:
    """Where the next row would begin, if the last one ends with a readable number."""
    last = rule.rows[-1]["upper"].strip() if rule.rows else ""
    steps = rule.counts and rule.slots.get("shape") != "whole"
    return str(int(last) + 1) if steps and last.isdecimal() and len(last) < 10 else last
