"""Tags, fields and words: what a page gets from them."""

import re
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django import forms
from django.template import engines
from django.utils import translation

from polecam.kit.errors import Refused
from polecam.web.ui import drawings, fields, html, refusals, sentences, voice
from polecam.web.ui.parts import Row


def show(source: str, **context: object) -> str:
    """A template of one line, rendered."""
    return engines["django"].from_string(source).render(context)


class Everything(forms.Form):
    name = forms.CharField(label="Name")
    note = forms.CharField(label="Note", required=False, widget=forms.Textarea, help_text="Short.")
    outcome = forms.ChoiceField(
        label="Outcome", widget=forms.RadioSelect, choices=[("a", "A"), ("b", "B")]
    )
    consent = forms.BooleanField(label="Consent", required=False)


def test_a_field_ties_label_hint_and_error_to_its_control():
    form = Everything({"name": "", "note": "x", "outcome": "a"})
    text = show('{% field form.name hint="Just a name." placeholder="Imię" %}', form=form)
    assert '<label class="field__label" for="id_name">' in text
    assert 'aria-describedby="id_name-error id_name-hint"' in text
    assert 'aria-invalid="true"' in text
    assert 'id="id_name-error"' in text
    assert 'id="id_name-hint"' in text
    assert "is-error" in text
    assert 'placeholder="Imię"' in text


def test_a_field_takes_its_help_text_and_says_that_it_is_optional():
    with translation.override("en"):
        text = show("{% field form.note %}", form=Everything())
    assert "Short." in text
    assert "optional" in text
    assert "aria-invalid" not in text


def test_tiles_are_radios_and_none_is_chosen_beforehand():
    text = show('{% tiles form.outcome "leaf clock" %}', form=Everything())
    assert text.count('type="radio"') == 2
    assert "checked" not in text
    assert "#i-leaf" in text
    assert "<legend" in text


def test_a_consent_is_never_ticked_beforehand():
    assert "checked" not in show("{% field form.consent %}", form=Everything())
    assert "checked" in show("{% field form.consent %}", form=Everything({"consent": "on"}))


def test_what_people_typed_is_escaped():
    evil = '<img src=x onerror="alert(1)">'
    person = SimpleNamespace(first_name=evil, last_name=evil)
    everything = [
        html.avatar(person),
        html.chip(evil),
        drawings.split([drawings.Part(evil, 10_000)]),
        drawings.funnel([drawings.Step(evil, 1), drawings.Step("b", 0)]),
        drawings.hbars([(evil, 1, evil, True)]),
        drawings.stages(3, [evil] * 5),
        drawings.qr("https://x.example", label=evil),
        drawings.ring(3, label=evil),
        show("{% empty t t %}", t=evil),
        show("{% trace rows %}", rows=[Row(evil, evil, evil)]),
        show('{% sheet "a" t %}{{ t }}{% endsheet %}', t=evil),
        show("{% branch 1 2 label=t %}{% leaf_row 1 2 label=t %}", t=evil),
    ]
    assert not [text for text in everything if "<img" in text]


def test_the_same_name_has_the_same_tone():
    assert html.tone_of("Łucja Żak") == html.tone_of("lucja zak")
    assert "avatar--rec" in html.avatar("Piotr", rec=True)
    assert ">AK<" in html.avatar("Anna Kowalczyk")


def test_bars_stay_within_their_frame():
    for part, whole in ((0, 0), (-5, 10), (15, 10), (1, 3)):
        assert 0 <= drawings.share(part, whole) <= 100
    text = drawings.certainty(125_000, 65_000, 42_000)
    widths = [float(w) for w in re.findall(r'width="([\d.]+)%"', text)]
    assert 95 <= sum(widths) <= 100
    assert drawings.certainty(0, 0, 0)


def test_shares_of_a_split_meet():
    text = drawings.split([drawings.Part("A", 7_000), drawings.Part("B", 3_000)])
    assert 'x="70.0%" width="30.0%"' in text


def test_a_qr_code_is_one_path_without_a_style():
    text = drawings.qr("https://polecam.example/z/abc")
    assert text.count("<path") == 1
    assert "style=" not in text
    assert 'role="img"' in text


@pytest.mark.parametrize(
    ("form", "asked", "to_them", "of_them"),
    [
        ("f", "Zapytałam", "Zapytałaś", "zapytała"),
        ("m", "Zapytałem", "Zapytałeś", "zapytał"),
        ("n", "Zapytane", "Prośba za Tobą", "pyta"),
    ],
)
def test_verbs_follow_the_persons_own_form(form, asked, to_them, of_them):
    person = SimpleNamespace(form=form)
    with translation.override("pl"):
        assert voice.say("asked", person) == asked
        assert voice.you("asked", person) == to_them
        assert voice.they("asked", person) == of_them


@pytest.mark.parametrize("word", voice.WORDS)
def test_every_word_has_three_polish_forms_and_one_english(word):
    speakers = (voice.say, voice.you, voice.they)
    with translation.override("pl"):
        for speak in speakers:
            assert len({speak(word, form) for form in "fmn"}) == 3
    with translation.override("en"):
        for speak in speakers:
            assert len({speak(word, form) for form in "fmn"}) == 1


def test_a_refusal_without_a_sentence_still_says_something():
    with translation.override("pl"):
        assert "Nic się nie zmieniło" in refusals.sentence_of(Refused("no_such_code"))
        assert refusals.sentence_of(Refused("not_allowed", permission="ask"))


def test_a_tale_speaks_to_its_reader_and_of_others():
    marta = SimpleNamespace(pk=1, form="f", first_name="Marta")
    kamil = SimpleNamespace(pk=2, form="m", first_name="Kamil")
    event = SimpleNamespace(by_id=1, data={"client": "abc"}, at=datetime.now(UTC), kind="x")
    names = sentences.Names({1: marta}, {"client": "Anny Kowalczyk"})
    with translation.override("pl"):
        assert sentences.Tale(event, marta, names).who("asked") == "Zapytałaś"
        assert sentences.Tale(event, kamil, names).who("asked") == "Marta zapytała"
        assert sentences.Tale(event, kamil, sentences.Names()).who("asked") == "Ktoś pyta"
        assert sentences.Tale(event, kamil, names).name("client") == "Anny Kowalczyk"
        assert sentences.Tale(event, kamil, names).name("prospect") == "—"


def test_an_unknown_kind_cannot_be_told():
    with pytest.raises(KeyError):
        sentences.tells("no.such_kind")(lambda tale: "")


def test_a_check_with_an_error_is_marked():
    class Strict(forms.Form):
        consent = forms.BooleanField(label="Consent")

    assert "is-error" in fields.field(Strict({})["consent"])
