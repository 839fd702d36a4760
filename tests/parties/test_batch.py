"""Duplicates of the whole table: all that share a contact, rare names, and no endless questions."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polecam.parties import batch
from polecam.parties.batch import pairs
from polecam.parties.likeness import SAME_BP, Reason, likeness
from polecam.parties.models import FoundBy, Match, Party
from polecam.parties.subject import erase
from tests.parties.people import AT, party, said_of

pytestmark = pytest.mark.django_db
ASK_BP = 7_000


def found(ask_bp: int = ASK_BP) -> dict[tuple[int, int], int]:
    """Scores by pair of ids; each pair must come once, the older first."""
    listed = list(pairs(ask_bp=ask_bp))
    scores = {(pair.one_id, pair.other_id): pair.score_bp for pair in listed}
    assert len(scores) == len(listed)
    assert all(one < other for one, other in scores)
    assert all(score >= ask_bp for score in scores.values())
    return scores


def test_whoever_shares_a_phone_or_an_address_is_compared():
    anna, again = party("Anna Kowalczyk", "p1"), party("Ania Kowalcyzk", "p1")
    ewa, likewise = party("Ewa Wilk", "", "e1"), party("Wilk Ewa", "p2", "e1")
    assert set(found()) == {(anna.pk, again.pk), (ewa.pk, likewise.pk)}
    assert all(score >= SAME_BP for score in found().values())


def test_spouses_are_no_question_and_a_new_surname_is_one():
    party("Jan Lis", "p1", "e1")
    anna, ewa = party("Anna Lis", "p1"), party("Ewa Nowak", "p3")
    married = party("Ewa Wilk", "p3")
    assert set(found()) == {(ewa.pk, married.pk)}
    assert found()[ewa.pk, married.pk] < SAME_BP
    assert anna.pk not in {ident for pair in found() for ident in pair}


def test_who_shares_both_comes_once():
    one, other = party("Anna Lis", "p1", "e1"), party("Anna Lis", "p1", "e1")
    assert found() == {(one.pk, other.pk): 10_000}


def test_a_rare_name_is_asked_about_and_a_common_one_is_not():
    zenia, zenona = party("Zenia Wyrzyk"), party("Zenona Wyrzyk")
    other, way = party("Kinga Hrywniak"), party("Hrywniak Kinga")
    for _ in range(40):
        party("Anna Kowalczyk")
    assert set(found()) == {(zenia.pk, zenona.pk), (other.pk, way.pk)}
    assert {pair.reasons for pair in pairs(ask_bp=ASK_BP)} == {
        (Reason.DIMINUTIVE, Reason.RARE_NAME),
        (Reason.SWAPPED, Reason.RARE_NAME),
    }
    assert set(found(9_000)) == set()


def test_a_diminutive_of_several_names_is_asked_about_under_each():
    ola, olga = party("Ola Wyrzyk"), party("Olga Wyrzyk")
    aleksandra = party("Aleksandra Wyrzyk")
    assert set(found()) == {(ola.pk, olga.pk), (ola.pk, aleksandra.pk)}


def test_a_switchboard_is_compared_within_a_name_only(monkeypatch):
    monkeypatch.setattr(batch, "CROWDED", 3)
    one, other = party("Anna Nowak", "p1"), party("Nowak Anna", "p1")
    for name in ("Anna Wilk", "Anna Lis", "Ewa Lis", "Jan Maj"):
        party(name, "p1")
    assert set(found()) == {(one.pk, other.pk)}


def test_nobody_erased_and_nobody_joined_already():
    one, other = party("Zenobia Wyrzyk", "p1"), party("Zenobia Wyrzyk", "p1")
    other.same_as = one
    other.save()
    assert found() == {}
    third = party("Zenobia Wyrzyk", "p1")
    assert set(found()) == {(one.pk, third.pk)}
    erase(third, AT)
    assert found() == {}


@pytest.mark.django_db(transaction=True)
def test_pairs_can_be_written_while_they_come(monkeypatch):
    monkeypatch.setattr(batch, "CHUNK", 2)
    for number in range(6):
        for _ in range(2):
            party(f"Anna Wyrzyk{'abcdef'[number] * 3}", f"p{number}")
    for pair in pairs(ask_bp=ASK_BP):
        Match.objects.create(
            one_id=pair.one_id,
            other_id=pair.other_id,
            score_bp=pair.score_bp,
            reasons=list(pair.reasons),
            found_by=FoundBy.BATCH,
            found_at=AT,
        )
    assert Match.objects.count() == 6
    assert Match.objects.first().reasons == ["same_phone", "same_name"]


NAMES = ["Anna Lis", "Kasia Lis", "Katarzyna Lis", "Jan Lis", "Anna Nowak", "Lis Anna", "", "Ola"]
records = st.lists(
    st.tuples(
        st.sampled_from(NAMES),
        st.sampled_from(["", "p1", "p2"]),
        st.sampled_from(["", "e1", "e2"]),
    ),
    max_size=8,
)


@settings(max_examples=30)
@given(records, st.integers(3_000, 9_900))
def test_sharing_a_contact_is_never_overlooked(rows, ask_bp):
    Party.objects.all().delete()
    made = [party(*row) for row in rows]
    wanted = {}
    for one, other in combinations(made, 2):
        alike = likeness(said_of(one), said_of(other))
        if {Reason.SAME_PHONE, Reason.SAME_EMAIL} & set(alike.reasons):
            wanted[one.pk, other.pk] = alike.score_bp
    told = found(ask_bp)
    for pair, score in wanted.items():
        assert (told.get(pair) == score) == (score >= ask_bp)
