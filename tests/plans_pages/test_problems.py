"""Every problem a plan can have is told in words, in both languages, with its figures."""

import re
from pathlib import Path

import pytest
from django.utils import translation

from polecam.bonuses.planning import band_rules as plan_band_rules
from polecam.bonuses.planning import component_rules as plan_component_rules
from polecam.bonuses.planning import rules as plan_rules
from polecam.bonuses.planning.draft import DraftComponent, Problem
from polecam.web.ui import plan_band_problems, plan_problems
from tests.plans_pages.test_sentences import looks_translated

RULES = (plan_rules, plan_component_rules, plan_band_rules)
FIGURES = {
    "kind": "meeting", "base": "margin", "least": 3, "most": 5, "days": 3, "hold": 30,
    "clawback": 14, "rate_bp": 100_000, "start": 30_000, "end": 50_000, "at": 50_000, "n": 2,
    "before": 4_000, "after": 6_000, "before_grosze": 16_000, "after_grosze": 30_000,
    "jump_grosze": 14_000, "grosze": 500_000, "cap_grosze": 1_000, "one_grosze": 4_000,
    "budget_grosze": 1_000,
}  # fmt: skip
KNOWN = {*plan_problems.WORDS, *plan_band_problems.WORDS}


def codes() -> set[str]:
    """Every code that a rule of plans names."""
    found: set[str] = set()
    for module in RULES:
        text = Path(module.__file__).read_text(encoding="utf-8")
        found |= set(re.findall(r'(?:error|warning|Problem|wrong)\(\s*"(\w+)"', text))
        found |= set(re.findall(r'yield "(\w+)", "', text)) | set(
            re.findall(r'^    "(\w+)": "', text)
        )
    return found | set(plan_rules.UNKEEPABLE) | {"cliff", "cliff_down"}


def test_every_code_has_words():
    assert codes() <= KNOWN


@pytest.mark.parametrize("language", ["pl", "en"])
def test_words_are_translated_and_filled(language):
    with translation.override(language):
        for code in KNOWN:
            for base in ("count", "value"):
                component = DraftComponent("sale", base, "whole")
                text = plan_problems.told(Problem(code, figures=FIGURES), component)
                assert not looks_translated(text.replace("?", "."), language), text


def test_an_overlap_names_what_stands_twice():
    with translation.override("pl"):
        problem = Problem("band_overlap", figures={"start": 30_000, "end": 50_000})
        said = plan_problems.told(problem, DraftComponent("meeting", shape="marginal"))
        assert "4–5 jest w obu" in said.replace("\u00a0", " ")
