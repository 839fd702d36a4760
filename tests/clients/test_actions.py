"""Clients entered, given, left in peace; moments noted and closed."""

from datetime import timedelta

import pytest

from polecam.actions import clients
from polecam.asking.models import Moment
from polecam.clients.models import Client
from polecam.journal.models import Event
from polecam.kit.errors import NotAllowed, Refused
from polecam.kit.periods import day_of
from polecam.parties.models import Party
from polecam.privacy.models import Suppression
from polecam.store import crypto


@pytest.fixture
def today(at):
    return day_of(at, "Europe/Warsaw")


def add(by, branch, owner, at, **more):
    given = {"first_name": "Ewa", "last_name": "Lis", "form": "f"} | more
    return clients.add(by=by, at=at, branch=branch, owner=owner, **given)


def kinds():
    return list(Event.objects.order_by("id").values_list("kind", flat=True))


def test_a_seller_adds_an_own_client(branch, marta, at):
    made = add(marta, branch, marta, at, phone="601 223 344", email="Ewa@Przyklad.PL")
    party = Party.objects.get(pk=made.party_id)
    assert (party.phone, party.email) == ("+48601223344", "Ewa@przyklad.pl")
    assert "601" not in party.phone_sealed
    assert party.name_key == "ewa lis"
    assert kinds() == ["client.added"]


def test_a_seller_adds_nobody_to_a_colleague(branch, marta, kamil, at):
    with pytest.raises(NotAllowed):
        add(marta, branch, kamil, at)


def test_what_was_typed_wrong_is_refused_and_nothing_is_written(branch, marta, at):
    for field, typed, code in (
        ("phone", "12", "phone_invalid"),
        ("email", "ewa", "email_invalid"),
        ("first_name", "  ", "name_missing"),
    ):
        with pytest.raises(Refused, match=code) as refused:
            add(marta, branch, marta, at, **{field: typed})
        assert refused.value.field == field
    assert not Party.objects.exists()
    assert kinds() == []


def test_the_same_number_twice_is_refused_the_same_phone_is_not(branch, marta, at):
    add(marta, branch, marta, at, number="K1", phone="601223344")
    with pytest.raises(Refused, match="client_number_taken"):
        add(marta, branch, marta, at, number="K1")
    add(marta, branch, marta, at, phone="601223344")
    assert Client.objects.count() == 2


def test_who_objected_comes_in_without_contact_and_unasked(branch, marta, at):
    Suppression.objects.create(kind="phone", index=crypto.phone_index("+48601223344"), at=at)
    made = add(marta, branch, marta, at, phone="601223344")
    assert made.never_ask_at == at
    assert made.party.phone_index == ""


def test_only_the_owner_changes(anna, marta, kamil, at):
    given = {"first_name": "Anna", "last_name": "Nowak", "phone": "601223344", "email": ""}
    with pytest.raises(NotAllowed):
        clients.change(by=kamil, at=at, client=anna, **given)
    clients.change(by=marta, at=at, client=anna, **given)
    assert Party.objects.get().full_name == "Anna Nowak"
    assert Event.objects.get(kind="client.changed").data == {}


def test_a_manager_gives_and_shares(anna, tomek, marta, kamil, pawel, at):
    with pytest.raises(NotAllowed):
        clients.assign(by=marta, at=at, client=anna, owner=kamil)
    with pytest.raises(Refused, match="owner_unfit"):
        clients.assign(by=tomek, at=at, client=anna, owner=pawel)
    clients.assign(by=tomek, at=at, client=anna, owner=kamil)
    clients.assign(by=tomek, at=at, client=anna, owner=kamil)
    clients.share(by=tomek, at=at, client=anna, shared=True)
    anna.refresh_from_db()
    assert (anna.owner, anna.shared) == (kamil, True)
    assert kinds() == ["client.assigned", "client.changed"]


def test_never_ask_is_one_tap_and_a_slip_is_taken_back(anna, marta, kamil, at):
    with pytest.raises(NotAllowed):
        clients.never_ask(by=kamil, at=at, client=anna)
    clients.never_ask(by=marta, at=at, client=anna)
    clients.never_ask(by=marta, at=at, client=anna)
    assert kinds() == ["client.never_ask"]
    with pytest.raises(Refused, match="undo_late"):
        clients.undo_never_ask(by=marta, at=at + timedelta(minutes=11), client=anna)
    clients.undo_never_ask(by=marta, at=at + timedelta(minutes=9), client=anna)
    anna.refresh_from_db()
    assert anna.never_ask_at is None


def test_the_client_says_so_themselves(anna, marta, at):
    assert clients.never_ask(by=None, at=at, client=anna).never_ask_at == at
    with pytest.raises(Refused, match="undo_late"):
        clients.undo_never_ask(by=marta, at=at + timedelta(minutes=1), client=anna)
    anna.refresh_from_db()
    assert anna.never_ask_at == at, "their own word stands"


def test_a_rest_has_a_day_and_no_cause(anna, marta, at, today):
    with pytest.raises(Refused, match="rest_date"):
        clients.rest_until(by=marta, at=at, client=anna, until=today)
    clients.rest_until(by=marta, at=at, client=anna, until=today + timedelta(days=30))
    assert Event.objects.get().data == {"until": (today + timedelta(days=30)).isoformat()}
    clients.rest_until(by=marta, at=at, client=anna, until=None)
    with pytest.raises(Refused, match="cause_not_kept"):
        clients.note_moment(
            by=marta,
            at=at,
            client=anna,
            kind="not_now",
            on=today,
            until=today + timedelta(days=9),
            note="żałoba",
        )


def test_a_moment_is_noted_once(anna, marta, at, today):
    given = {"by": marta, "at": at, "client": anna, "kind": "keys", "on": today}
    first = clients.note_moment(**given, note="nowe mieszkanie")
    assert clients.note_moment(**given) == first
    assert Moment.objects.count() == 1
    event = Event.objects.get()
    told = {"client": anna.public_id, "kind": "keys", "on": today.isoformat(), "source": "taps"}
    assert event.data == told
    assert "mieszkanie" not in str(vars(event))


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"kind": "signing"}, "unknown_moment"),
        ({"kind": "high_rating", "rating": 8}, "moment_rating"),
        ({"kind": "high_rating"}, "moment_rating"),
        ({"kind": "keys", "rating": 11}, "moment_rating"),
        ({"kind": "not_now"}, "moment_end"),
        ({"kind": "keys", "note": "x" * 141}, "note_long"),
    ],
)
def test_what_is_no_moment(anna, marta, at, today, more, code):
    with pytest.raises(Refused, match=code):
        clients.note_moment(by=marta, at=at, client=anna, on=today, **more)


def test_who_notes_and_closes(anna, marta, kamil, tomek, at, today):
    given = {"at": at, "client": anna, "on": today}
    with pytest.raises(NotAllowed):
        clients.note_moment(by=kamil, kind="keys", **given)
    with pytest.raises(NotAllowed):
        clients.note_moment(by=tomek, kind="keys", **given)
    complaint = clients.note_moment(by=tomek, kind="complaint", **given)
    clients.note_moment(by=None, kind="delivered", **given)
    clients.close_moment(by=marta, at=at, moment=complaint)
    clients.close_moment(by=marta, at=at, moment=complaint)
    assert kinds().count("moment.closed") == 1
