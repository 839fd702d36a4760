"""Every sentence in both languages: it reads right with and without a name, and lets one refuse."""

import re

import pytest

from polecam.asking import catalogue, memory, practice, private_matters, words
from polecam.asking.choosing import Situation, ordered
from polecam.asking.house_words import HOUSE
from polecam.asking.models import AskChannel, Relation
from polecam.referrals.rules import holds_contact
from polecam.store import crypto

SAID = [
    pytest.param(w, language, id=f"{w.code}-{language}") for w in HOUSE for language in ("pl", "en")
]
WRITTEN = {said.kind for said in HOUSE if said.channel == AskChannel.MESSAGE and said.kind}
"""Kinds with words of their own for every channel; the rest have some that are spoken."""
PEOPLE = [("Anna", "f"), ("Piotr", "m"), ("Nicole", "n"), ("", "n"), ("", "f")]
SPEAKER = re.compile(
    r"\b(chciał(a|e)m|chciałbym|chciałabym|mógłbym|mogłabym|pomogł(a|e)m|pomogłem|zrobił(a|e)m"
    r"|jestem (pewien|pewna)|rad(a|y)? jestem|byłam|byłem|wdzięczn[ay])\b",
    re.IGNORECASE,
)


def of(said, language):
    return (said.pl, said.pl_exit) if language == "pl" else (said.en, said.en_exit)


@pytest.mark.parametrize(("said", "language"), SAID)
def test_it_reads_right_for_everybody(said, language):
    text, way_out = of(said, language)
    assert words.unknown_place(text) == words.unknown_place(way_out) == ""
    assert 10 < len(text) <= 240
    assert 10 < len(way_out) <= 160
    for first_name, form in PEOPLE:
        heard = words.filled(text, first_name=first_name, form=form, language=language)
        assert "{" not in heard
        assert heard[0].isupper()
        assert not re.search(r"  | [,.?!:]|[,:]$|!", heard), heard
        assert heard[-1] in ".?:)" or heard.endswith("link)")
        if language == "pl" and first_name == "Anna":
            assert "Pana" not in heard
            assert "Panu" not in heard
        if not first_name:
            assert not re.search(r"(?<!link )\bNone\b", heard)
    if language == "pl" and "{address}" in text:
        assert words.filled(text, first_name="Anna", form="f", language="pl").startswith(
            "Pani Anno,"
        )
        assert words.filled(text, first_name="Piotr", form="m", language="pl").startswith(
            "Panie Piotrze,"
        )


@pytest.mark.parametrize(("said", "language"), SAID)
def test_nothing_private_no_gender_of_the_speaker_no_contact(said, language):
    for text in of(said, language):
        assert not private_matters.found(text)
        assert not SPEAKER.search(text)
        assert not holds_contact(text)


@pytest.mark.parametrize(("said", "language"), SAID)
def test_only_a_message_has_the_place_for_the_link(said, language):
    text, way_out = of(said, language)
    assert (words.LINK in text) == (said.channel == AskChannel.MESSAGE)
    assert words.LINK not in way_out
    if words.LINK in text:
        heard = words.filled(
            text, first_name="Anna", form="f", language=language, link="https://polecam.example/k/1"
        )
        assert heard.endswith("https://polecam.example/k/1")


def rows(language):
    return [words._row(said, language, None) for said in HOUSE]


@pytest.mark.parametrize("language", ["pl", "en"])
@pytest.mark.parametrize("channel", AskChannel.values)
@pytest.mark.parametrize("relation", ["", *Relation.values])
def test_every_moment_has_words(language, channel, relation):
    everything = rows(language)
    for number, row in enumerate(everything):
        row.public_id = str(number)
    for kind in ("", *(k.code for k in catalogue.DELIVERED if k.good)):
        at = Situation(kind, channel, relation)
        found = ordered(everything, at, seed="s", keyed=crypto.keyed, fair=True).sentences
        assert found
        assert all(row.exit_line for row in found)
        if kind in WRITTEN or channel != AskChannel.MESSAGE:
            assert found[0].moment_kind == kind


def test_the_common_moments_have_words_for_every_channel():
    assert len(WRITTEN) >= 13


def test_codes_are_their_own():
    codes = [said.code for said in HOUSE]
    assert len(set(codes)) == len(codes)


@pytest.mark.parametrize(
    "text",
    ["Czy ktoś w rodzinie choruje?", "Kto z dzieci buduje?", "Is your wife ill?", "A funeral"],
)
def test_private_matters_are_found(text):
    assert private_matters.found(text)


@pytest.mark.parametrize("text", ["Pozdrowienia", "Kto się rozwija?", "Who is building?"])
def test_and_harmless_words_are_not(text):
    assert not private_matters.found(text)


def test_prompts_speak_of_plans_in_every_line_of_business():
    for line in (*catalogue.LINES, "other", ""):
        prompts = memory.prompts(line)
        assert len(prompts) >= 4
        for prompt in (*prompts, memory.cue(line)):
            for text in prompt:
                assert text.endswith("?")
                assert not private_matters.found(text)


def test_a_rehearsal_never_takes_a_number_and_stops_at_a_no():
    known = practice.BY_CODE
    assert set(practice.FIRST) <= known.keys()
    assert 6 <= len(practice.FIRST) <= 8
    for turn in (*practice.TURNS, practice.REWARDED):
        assert set(turn.then) <= known.keys()
        for text in (turn.pl, turn.en, turn.reply_pl, turn.reply_en, turn.why_pl, turn.why_en):
            assert text
            assert "!" not in text
            assert not private_matters.found(text)
        for reply in (turn.reply_pl, turn.reply_en):
            assert words.unknown_place(reply.replace("{cue}", "")) == ""
            assert not SPEAKER.search(reply)
    stops = [known[code] for code in ("rather_not", "really_nobody")]
    assert all(turn.stops and not turn.then for turn in stops)
    assert reaches_an_end(known)


def reaches_an_end(known):
    """Nobody can walk in circles for ever: from every answer some way leads to an end."""
    ends = {code for code, turn in known.items() if not turn.then}
    for _ in known:
        ends |= {code for code, turn in known.items() if ends & set(turn.then)}
    return ends == known.keys()
