"""How alike two people are: what is the same, what is a question, what is nobody's business."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polecam.kit.diminutives import full_names, one_name, slips, surname_forms, variants
from polecam.organisation.settings import KINDS
from polecam.parties.likeness import ALONE_BP, SAME_BP, Reason, Said, band, likeness
from polecam.parties.rules import compatible, words

ASK_BP = KINDS["match_ask_bp"].default
FIRST = [
    "Anna", "Kasia", "Katarzyna", "Ola", "Olga", "Aleksandra", "Jan", "Janina", "Piotr", "P.",
    "Łucja", "Zoë", "Anna Maria", "", "X",
]  # fmt: skip
LAST = [
    "Kowalska", "Kowalski", "Kowalczyk", "Kowalcyzk", "Nowak", "Nowak-Kowalska", "Lis", "Żurek",
    "K.", "", "Anna",
]  # fmt: skip
somebody = st.builds(
    Said,
    st.sampled_from(FIRST) | st.text(max_size=12),
    st.sampled_from(LAST) | st.text(max_size=12),
    st.sampled_from(["", "p1", "p2"]),
    st.sampled_from(["", "e1", "e2"]),
)
bearers = st.none() | st.integers(0, 10_000)


def alike(one: str, other: str, *, phones: str = "", bearers: int | None = None):
    """Two names "First Last" (an underscore is a blank), phones "1 1" or "1 2"."""
    mine, theirs = [*phones.split(), "", ""][:2]
    said = [
        Said(*(part.replace("_", " ") for part in name.split(" ")), phone)
        for name, phone in ((one, mine), (other, theirs))
    ]
    return likeness(*said, bearers=bearers)


def verdict(found) -> str:
    """By the firm's default thresholds."""
    return band(found.score_bp, KINDS["match_same_bp"].default, ASK_BP)


@given(somebody, somebody, bearers)
def test_likeness_is_symmetric(one, other, many):
    assert likeness(one, other, bearers=many) == likeness(other, one, bearers=many)
    assert 0 <= likeness(one, other, bearers=many).score_bp <= 10_000


@given(somebody)
def test_whoever_says_the_same_with_a_name_and_a_phone_is_the_same(one):
    found = likeness(one, one)
    contacts = bool(one.phone_index) + bool(one.email_index)
    named = words(one.first, "") or len(words(one.last, "")) > 1
    assert (verdict(found) == "same") == bool(contacts == 2 or (contacts and named))


@given(somebody, somebody, bearers)
def test_a_name_alone_is_never_the_same(one, other, many):
    other = Said(other.first, other.last, "other phone", "other address")
    found = likeness(one, other, bearers=many)
    assert found.score_bp <= ALONE_BP < KINDS["match_same_bp"].low
    assert not {Reason.SAME_PHONE, Reason.SAME_EMAIL} & set(found.reasons)


@given(st.sampled_from(FIRST), somebody, bearers)
def test_a_first_name_alone_is_always_new(first, other, many):
    if " " in first:
        first = first.split()[0]
    found = likeness(Said(first, ""), Said(other.first, other.last, other.phone_index))
    assert found.score_bp < KINDS["match_ask_bp"].low


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("Anna Kowalska", "ANNA Kowalska", Reason.SAME_NAME),
        ("Lucja Zurek", "Łucja Żurek", Reason.SAME_NAME),
        ("Kasia Nowak", "Katarzyna Nowak", Reason.DIMINUTIVE),
        ("Kaśka Nowak", "Kasia Nowak", Reason.DIMINUTIVE),
        ("Tomek Lis", "Tomasz Lis", Reason.DIMINUTIVE),
        ("Ola Lis", "Olga Lis", Reason.DIMINUTIVE),
        ("Ola Lis", "Aleksandra Lis", Reason.DIMINUTIVE),
        ("Kowalska Anna", "Anna Kowalska", Reason.SWAPPED),
        ("Nowak Kasia", "Katarzyna Nowak", Reason.SWAPPED),
        ("Anna Kowalczyk", "Anna Kowalcyzk", Reason.TYPO),
        ("Kataryzna Lis", "Katarzyna Lis", Reason.TYPO),
        ("Anna_Maria Lis", "Anna Lis", Reason.PART),
        ("Anna Nowak-Kowalska", "Anna Nowak", Reason.PART),
        ("Anna Kowalska-Nowak", "Anna Nowak-Kowalska", Reason.SAME_NAME),
        ("Anna ", "Anna Kowalska", Reason.PART),
        ("Anna_Kowalska ", "Anna Kowalska", Reason.SAME_NAME),
        ("Anna Kowalski", "Anna Kowalska", Reason.SAME_NAME),
    ],
)
def test_the_same_phone_and_a_name_that_fits_is_the_same(one, other, reason):
    found = alike(one, other, phones="1 1")
    assert found.score_bp >= SAME_BP
    assert verdict(found) == "same"
    assert found.reasons[0] is Reason.SAME_PHONE
    assert reason in found.reasons
    assert compatible(words(*one.split(" ")), words(*other.split(" ")))


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        ("Jan Kowalski", "Anna Kowalska", "new"),  # spouses share a phone
        ("Jan Kowalski", "Janina Kowalska", "new"),
        ("Daniel Lis", "Daniela Lis", "new"),
        ("Stanisław Lis", "Stanisława Lis", "new"),
        ("Jan Kowalski", "Ewa Nowak", "new"),
        ("Anna Nowak", "Anna Wilk", "ask"),  # she married
        ("Marta Lis", "Maria Lis", "ask"),  # sisters, or a slip of the pen
        ("A. Lis", "Anna Lis", "ask"),
        ("Anna Bąk", "Anna Rak", "ask"),
        (" Kowalska", "Anna Kowalska", "ask"),
        (" ", "Anna Kowalska", "ask"),
    ],
)
def test_the_same_phone_under_another_name_is_a_question_at_most(one, other, said):
    assert verdict(alike(one, other, phones="1 1")) == said


@given(somebody, somebody)
def test_contradicting_names_are_never_the_same(one, other):
    found = likeness(one, other)
    if {Reason.CONTRADICTION, Reason.OTHER_SURNAME} & set(found.reasons):
        assert verdict(found) != "same"
        assert found.score_bp < KINDS["match_same_bp"].default


def test_a_common_name_alone_is_no_question_and_a_rare_one_is():
    assert verdict(alike("Anna Kowalczyk", "Anna Kowalczyk")) == "new"
    assert verdict(alike("Anna Kowalczyk", "Anna Kowalczyk", bearers=900)) == "new"
    rare = alike("Zenobia Wyrzyk", "Zenobia Wyrzyk", bearers=2)
    assert verdict(rare) == "ask"
    assert rare.reasons == (Reason.SAME_NAME, Reason.RARE_NAME)


def test_other_phones_speak_a_little_against():
    one, other = "Zenobia Wyrzyk", "Zenobia Wyrzyk"
    apart = alike(one, other, phones="1 2", bearers=2)
    assert 0 < apart.score_bp < alike(one, other, bearers=2).score_bp
    assert Reason.OTHER_PHONE in apart.reasons


@given(somebody, somebody)
def test_the_rarer_the_surname_the_more_it_says(one, other):
    scores = [likeness(one, other, bearers=many).score_bp for many in (1, 10, 1_000)]
    assert scores == sorted(scores, reverse=True)


def test_thresholds_cut_three_bands():
    assert [band(score, 9_500, 7_000) for score in (9_500, 9_499, 7_000, 6_999)] == [
        "same", "ask", "ask", "new",
    ]  # fmt: skip
    with pytest.raises(ValueError, match="never enough"):
        band(9_000, ALONE_BP, 5_000)


def test_diminutives_both_ways():
    assert one_name("kasia", "katarzyna")
    assert one_name("gosia", "malgorzata")
    assert one_name("wojtek", "wojciech")
    assert full_names("ola") >= {"aleksandra", "olga"}
    assert full_names("zbyszko") == {"zbigniew"}
    assert full_names("unheard") == {"unheard"}
    assert not one_name("aleksandra", "olga")
    assert not one_name("anna", "maria")
    assert {"katarzyna", "kaska"} <= set(variants("kasia"))
    assert slips("kataryzna")[0] == "katarzyna"
    assert set(surname_forms("kowalska")) == {"kowalska", "kowalski"}
    assert set(surname_forms("biala")) == {"biala", "bialy"}
    assert surname_forms("nowak") == ("nowak",)


def test_files_may_say_diminutives_but_not_another_name():
    assert compatible(words("Kasia", "Nowak"), words("Katarzyna", "Nowak"))
    assert compatible(words("Anna", "Kowalska"), words("Anna", "Kowalski"))
    assert not compatible(words("Daniel", "Lis"), words("Ewa", "Lis"))
    assert not compatible(words("A", "Lis"), words("Anna", "Lis"))
