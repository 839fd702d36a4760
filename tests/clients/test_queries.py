"""Who sees which client, and the search by name."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from polecam.clients.models import Client
from polecam.clients.queries import askable_by, contact_of, find, matching, search, visible_to
from polecam.organisation.models import Branch
from tests import cast


@pytest.fixture
def book(branch, marta, kamil, at):
    """Marta's Anna, Kamil's Łucja, a shared one, one in another branch."""
    elsewhere = Branch.objects.create(name="Oddział Wola", created_at=at)
    return {
        "anna": cast.client(branch, marta, "Anna", "Kowalczyk", at=at),
        "lucja": cast.client(branch, kamil, "Łucja", "Żurek-Bąk", at=at),
        "shared": cast.client(branch, kamil, "Piotr", "Kowal", at=at, shared=True),
        "far": cast.client(elsewhere, kamil, "Anna", "Kowalczyk", at=at),
    }


def names(clients) -> set[str]:
    return {client.party.full_name for client in clients}


def test_a_seller_sees_own_and_shared(book, marta):
    assert set(visible_to(marta)) == {book["anna"], book["shared"]}
    assert set(askable_by(marta)) == {book["anna"], book["shared"]}


def test_a_manager_sees_the_names_of_the_branch_alone(book, tomek):
    assert set(visible_to(tomek)) == {book["anna"], book["lucja"], book["shared"]}
    assert set(askable_by(tomek)) == {book["shared"]}


@pytest.mark.parametrize("who", ["ada", "irena", "pawel"])
def test_others_see_none(book, who, request):
    assert not visible_to(request.getfixturevalue(who)).exists()


def test_someone_elses_is_not_found(book, marta):
    assert find(marta, book["anna"].public_id) == book["anna"]
    with pytest.raises(Client.DoesNotExist):
        find(marta, book["lucja"].public_id)


def test_an_erased_client_is_gone_from_lists(book, marta, at):
    party = book["anna"].party
    party.erased_at = at
    party.save()
    assert book["anna"] not in visible_to(marta)


@pytest.mark.parametrize(
    "typed", ["lucja", "Łuc", "zurek", "żurek bąk", "ŁUCJA ŻUREK", "bak lucja", "zurek-b"]
)
def test_names_in_any_order_and_spelling(book, kamil, typed):
    found = names(search(kamil, typed))
    assert ("Łucja Żurek-Bąk" in found) == (typed != "bak lucja")


def test_first_name_then_last(book, marta):
    assert names(search(marta, "kowal")) == {"Anna Kowalczyk", "Piotr Kowal"}
    assert names(search(marta, "anna kow")) == {"Anna Kowalczyk"}
    assert names(search(marta, "kowalczyk anna")) == {"Anna Kowalczyk"}


def test_never_by_phone(book, marta):
    book["anna"].party.set_phone("+48601223344")
    book["anna"].party.save()
    assert search(marta, "601223344") == []
    assert search(marta, "601 223 344") == []


def test_the_search_is_a_range_on_both_databases(book, marta):
    with CaptureQueriesContext(
        connection,
    ) as asked:
        search(marta, "kowal")
    sql = asked.captured_queries[-1]["sql"]
    assert "LIKE" not in sql.upper().replace("ESCAPE", "")
    assert ">=" in sql


@given(st.text(max_size=30))
def test_any_text_may_be_searched(text):
    str(matching(Client.objects.all(), text).query)


def test_contact_is_for_the_owner_alone(book, marta, kamil, tomek):
    book["anna"].party.set_phone("+48601223344")
    book["anna"].party.set_email("anna@przyklad.pl")
    assert contact_of(marta, book["anna"]) == ("+48601223344", "anna@przyklad.pl")
    assert contact_of(kamil, book["anna"]) == ("", "")
    assert contact_of(tomek, book["anna"]) == ("", "")
