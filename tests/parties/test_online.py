"""Who somebody may be among everyone: found again, however they are written; never by a scan."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from polecam.parties import online, reach
from polecam.parties.likeness import SAME_BP, Reason, likeness
from polecam.parties.models import Party
from polecam.parties.online import candidates
from polecam.parties.subject import erase
from tests.parties.people import AT, party, said, said_of

pytestmark = pytest.mark.django_db


def found(name: str, phone: str = "", email: str = "", **more: int) -> list[int]:
    """Ids, best first."""
    return [one.party_id for one in candidates(said(name, phone, email), **more)]


@pytest.fixture
def crowd():
    """Others, some of them near."""
    for name in ("Anna Nowak", "Jan Kowalski", "Maria Wilk", "Anna Kowal", "Piotr Kowalczyk"):
        party(name)


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("Anna Kowalczyk", "ANNA kowalczyk"),
        ("Łucja Żurek", "Lucja Zurek"),
        ("Katarzyna Śliwa", "Kasia Śliwa"),
        ("Kasia Śliwa", "Katarzyna Śliwa"),
        ("Anna Kowalczyk", "Kowalczyk Anna"),
        ("Kowalczyk Anna", "Anna Kowalczyk"),
        ("Katarzyna Śliwa", "Śliwa Kaśka"),
        ("Anna Kowalczyk", "Anna Kowalcyzk"),
        ("Anna Kowalczyk", "Anna Okwalczyk"),
        ("Anna Kowalczyk", "Anna Tkowalczyk"),
        ("Anna Kowalczyk", "Anna owalczyk"),
        ("Anna Kowalczyk", "Anna Kwlczyk"),
        ("Katarzyna Śliwa", "Kataryzna Śliwa"),
        ("Katarzyna Śliwa", "K. Śliwa"),
        ("K. Śliwa", "Katarzyna Śliwa"),
        ("Oksana Śliwa", "Oksaan Śliwa"),
        ("Anna Górska", "Anna Górski"),
        ("Anna Górska-Bąk", "Anna Górska"),
        ("Anna Górska", "Anna Bąk-Górska"),
        ("Anna Maria Żurek", "Anna Żurek"),
        ("Anna Żurek", "Anna Maria Żurek"),
    ],
)
def test_a_name_is_found_however_it_is_written(crowd, written, asked):
    meant = party(written)
    best = candidates(said(asked))
    assert best[0].party_id == meant.pk
    assert 0 < best[0].likeness.score_bp < SAME_BP


def test_the_phone_finds_whom_the_name_would_not(crowd):
    meant = party("Barbara Lis", "p1")
    party("Basia Lis", "p2")
    best = candidates(said("Basia Lis", "p1"))
    assert best[0].party_id == meant.pk
    assert best[0].likeness.reasons == (Reason.SAME_PHONE, Reason.DIMINUTIVE)
    assert found("Ewa Maj", "", "e1") == []
    address = party("Ewa Wrona", "", "e1")
    assert found("Ewa Maj", "", "e1") == [address.pk]


def test_a_spouse_comes_after_the_person(crowd):
    husband, wife = party("Jan Lis", "p1"), party("Anna Lis", "p1")
    assert found("Anna Lis", "p1")[:2] == [wife.pk, husband.pk]
    assert [one.likeness.score_bp >= SAME_BP for one in candidates(said("Anna Lis", "p1"))][:2] == [
        True,
        False,
    ]


@pytest.mark.parametrize("name", ["", " ", "Anna", " Nowak", "-", "%", "'", "😀 😀", "a" * 500])
def test_what_says_too_little_finds_nobody(crowd, name):
    assert found(name) == []
    assert found(name, "unknown phone", "unknown address") == []


def test_nobody_erased_is_found(crowd):
    gone = party("Zenobia Wyrzyk", "p1")
    erase(gone, AT)
    assert found("Zenobia Wyrzyk", "p1") == []


def test_a_joined_record_stands_for_both_once(crowd):
    kept = party("Zenobia Wyrzyk", "p1")
    party("Zenia Wyrzyk", "p1", same_as=kept)
    assert found("Zenia Wyrzyk", "p1") == [kept.pk]


def test_a_rare_surname_says_more_than_a_common_one():
    party("Zenobia Wyrzyk")
    for _ in range(31):
        party("Anna Kowalczyk")
    rare, common = candidates(said("Zenobia Wyrzyk")), candidates(said("Anna Kowalczyk"))
    assert Reason.RARE_NAME in rare[0].likeness.reasons
    assert rare[0].likeness.score_bp > common[0].likeness.score_bp
    assert len(common) == 5
    assert len(candidates(said("Anna Kowalczyk"), limit=2)) == 2


def test_of_many_of_one_surname_the_nearest_is_found(monkeypatch):
    monkeypatch.setattr(reach, "KEPT", 3)
    for first in ("Adam", "Ewa", "Filip", "Hanna", "Igor", "Zofia"):
        party(f"{first} Kowalczyk")
    meant = party("Przemysław Kowalczyk")
    assert found("Przmysławw Kowalczyk")[0] == meant.pk


def test_only_indexes_are_read_and_contact_data_never(crowd):
    party("Anna Kowalska", "p1", "e1")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        candidates(said("Anna Kowalcyzk", "p2", "e2"))
        candidates(said("K. Nowak"))
        candidates(said("Anna Kowalska", "p1", "e1"))
    statements = [query["sql"] for query in asked.captured_queries]
    assert len(statements) > 6
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
        for statement in statements:
            assert "sealed" not in statement
            plain = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
            cursor.execute(f"{plain} {statement}")
            plan = "\n".join(str(row) for row in cursor.fetchall())
            assert "SCAN parties_party" not in plan
            assert "Seq Scan" not in plan


@pytest.mark.postgres
def test_postgresql_compares_names_byte_by_byte():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name FROM information_schema.columns"
            " WHERE table_name = 'parties_party' AND collation_name = 'C'"
        )
        assert {name for (name,) in cursor.fetchall()} == {"name_key", "name_key2"}


NAMES = ["Anna Lis", "Kasia Lis", "Katarzyna Lis", "Jan Lis", "Anna Nowak", "Lis Anna", "Ola Wilk"]
records = st.lists(
    st.tuples(st.sampled_from(NAMES), st.sampled_from(["", "p1", "p2"]), st.sampled_from("e ")),
    max_size=6,
)


@settings(max_examples=30)
@given(records, st.sampled_from(NAMES), st.sampled_from(["", "p1"]), st.sampled_from(["", "e"]))
def test_nobody_of_the_same_contact_is_overlooked(rows, name, phone, email):
    Party.objects.all().delete()
    made = [party(who, p, e.strip()) for who, p, e in rows]
    asked = said(name, phone, email)
    scores = {one.pk: likeness(asked, said_of(one)).score_bp for one in made}
    told = candidates(asked, limit=10)
    assert all(one.likeness.score_bp for one in told)
    sure = {pk for pk, score in scores.items() if score >= SAME_BP}
    assert {one.party_id for one in told if one.likeness.score_bp >= SAME_BP} == sure
    assert [one.party_id for one in told][: len(sure)] == sorted(
        sure, key=lambda pk: (-scores[pk], pk)
    ) or len({scores[pk] for pk in sure}) < len(sure)


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_text_is_taken_calmly(first, last):
    assert candidates(online.Said(first, last, first[:40].replace("\x00", ""))) == []
