"""Every component and every term is one plain text in both languages, without codes in it."""

import re
from datetime import UTC, datetime
from itertools import product

import pytest
from django.utils import timezone, translation

from polecam.bonuses.models import Base, FactKind, Leaver, PoolRule, Shape
from polecam.bonuses.planning.draft import ONE, DraftBand, DraftComponent, DraftVersion
from polecam.web.ui import plan_nouns, plan_sentences, plan_terms

CODES = re.compile(r"%\(|[{}_]|\b(None|retained|handoff|marginal|accelerator|flat|part_time)\b")
ENGLISH = re.compile(r"\b(the|and|for|of|with|from|pay|month|each|at|less|above|nothing|days?)\b")
COUNTS = (DraftBand(0, 5 * ONE, amount_grosze=4_000), DraftBand(5 * ONE, None, amount_grosze=6_000))
SUMS = (DraftBand(0, 1_000_000), DraftBand(1_000_000, None, rate_bp=150))
TERMS = (
    {},
    {"floor_grosze": 12_000, "cap_grosze": 50_050, "hold_days": 0},
    {"needs_kind": "meeting", "needs_least": 2, "needs_most": 5, "hold_days": 14},
    {"needs_kind": "complaint", "needs_most": 0, "vests_after": "sale"},
    {
        "needs_kind": "sale",
        "needs_least": 1,
        "window_from": datetime(2026, 11, 30, 23, tzinfo=UTC),
        "window_until": datetime(2026, 12, 31, 23, tzinfo=UTC),
        "budget_grosze": 500_000,
    },
    {"window_until": datetime(2026, 12, 31, 11, tzinfo=UTC), "vests_after": "retained"},
)


@pytest.fixture(autouse=True)
def zone():
    with timezone.override("Europe/Warsaw"):
        yield


def component(kind, base, shape, **terms) -> DraftComponent:
    bands = () if shape == Shape.FLAT else COUNTS if base == Base.COUNT else SUMS
    pays = {"amount_grosze": 4_000} if base == Base.COUNT else {"rate_bp": 1_250}
    return DraftComponent(kind, base, shape, months=12, bands=bands, **pays, **terms)


def looks_translated(text: str, language: str) -> str:
    if found := CODES.search(text):
        return f"code {found.group()!r}"
    if language == "pl" and (found := ENGLISH.search(text.lower())):
        return f"English {found.group()!r}"
    return "" if text.strip().endswith(".") and ".." not in text else "no sentence"


@pytest.mark.parametrize("language", ["pl", "en"])
def test_every_component_is_a_plain_sentence(language):
    wrong = []
    with translation.override(language):
        for kind, base, shape, terms in product(FactKind, Base, Shape, TERMS):
            one = component(kind, base, shape, **terms)
            text = plan_sentences.sentence(one, one.bands)
            if trouble := looks_translated(text, language):
                wrong.append(f"{trouble}: {text}")
    assert not wrong, "\n".join(wrong[:20])


@pytest.mark.parametrize("language", ["pl", "en"])
def test_every_term_is_a_plain_sentence(language):
    at = datetime(2026, 12, 1, tzinfo=UTC)
    with translation.override(language):
        for leaver, rule, some in product(Leaver, PoolRule, (0, 1)):
            version = DraftVersion(
                at, hold_days=30 * some, clawback_days=90 * some, quality_gate=bool(some),
                leaver=leaver, guarantee_grosze=50_000 * some, guarantee_months=3 * some,
                draw_grosze=20_000 * some, pool_bp=2_000 * some, pool_rule=rule,
            )  # fmt: skip
            for text in plan_terms.sentences(version):
                assert not looks_translated(text, language), text


@pytest.mark.parametrize("language", ["pl", "en"])
def test_every_noun_is_counted_and_denied(language):
    with translation.override(language):
        for kind, n in product(FactKind, (1, 2, 5, 12, 22)):
            said = plan_nouns.counted(kind, n), plan_nouns.none_of(kind), plan_nouns.has_also(kind)
            for text in (*said, str(plan_nouns.NAMES[kind])):
                assert not looks_translated(text + ".", language), text


def spoken(one: DraftComponent, language: str = "pl") -> str:
    with translation.override(language):
        return re.sub(r"\s", " ", plan_sentences.sentence(one, one.bands))


def test_polish_as_a_boss_would_say_it():
    said = spoken(DraftComponent("sale", "margin", rate_bp=1_250, floor_grosze=12_000))
    assert said == (
        "Za potwierdzoną sprzedaż z polecenia płacimy 12,5% marży oddziału, nie mniej niż 120 zł."
    )
    said = spoken(DraftComponent("retained", amount_grosze=10_000, months=3, hold_days=0))
    assert said == (
        "Za klienta z polecenia, który zostaje z nami przez 3 miesiące, płacimy 100 zł. "
        "Do wypłaty od razu po potwierdzeniu."
    )


def test_the_sixth_one_begins_a_band_and_a_total_of_five_reaches_it():
    marginal = DraftComponent("meeting", shape="marginal", bands=COUNTS)
    assert "1–5: po 40 zł; od 6: po 60 zł." in spoken(marginal)
    whole = DraftComponent("meeting", shape="whole", bands=COUNTS)
    assert "mniej niż 5: po 40 zł; od 5: po 60 zł." in spoken(whole)


def test_a_window_ends_with_its_last_day():
    window = {key: TERMS[4][key] for key in ("window_from", "window_until")}
    said = spoken(DraftComponent("meeting", amount_grosze=1_000, **window))
    assert re.search(r"Akcja od 1 gru( 2026)? do 31 gru( 2026)?;", said)
