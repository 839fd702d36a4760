"""Two at once, under two records of one person: the budget and the limit hold."""

import pytest

from polecam.actions import asks, parties
from polecam.actions.touches import touch
from polecam.asking.models import Ask
from polecam.clients.models import Client, Touch
from polecam.people.models import Person
from polecam.store.tx import action, lock
from tests import cast
from tests.matches.test_two_processes import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def records(branch, anna, kamil, tomek, at) -> tuple[Client, Client]:
    """Anna is Marta's client and, under another record, Kamil's."""
    other = cast.client(branch, kamil, "Ania", "Kowalczyk", at=at)
    parties.join(by=tomek, at=at, one=anna.party, other=other.party)
    return anna, other


def ask(seller: int, client: int, at) -> None:
    by, whose = Person.objects.get(pk=seller), Client.objects.get(pk=client)
    asks.record(by=by, at=at, client=whose, key=f"k{seller}")


def write(client: int, at) -> None:
    with action():
        touch(lock(Client.objects.get(pk=client)), "survey", at=at)


@pytest.mark.parametrize("_turn", range(2))
def test_of_two_asks_the_second_is_flagged(_turn, records, marta, kamil, plan, at):
    here, there = records
    assert at_once(ask, (marta.pk, here.pk, at), (kamil.pk, there.pk, at)) == ["done", "done"]
    assert sorted(Ask.objects.values_list("inside_rest", flat=True)) == [False, True]


@pytest.mark.parametrize("_turn", range(2))
def test_of_two_letters_one_is_refused(_turn, records, plan, at):
    here, there = records
    ends = at_once(write, (here.pk, at), (there.pk, at))
    assert sorted(end.partition(":")[0] for end in ends) == ["Refused", "done"]
    assert Touch.objects.count() == 1
