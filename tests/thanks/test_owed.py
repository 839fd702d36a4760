"""When thanks are due, and when they are due no more."""

import pytest

from polecam.actions import asks, erasure, objections, referrals, thanks_owed
from polecam.journal.models import Event
from polecam.kit.periods import day_of
from polecam.organisation.models import Setting
from polecam.privacy.models import Consent
from polecam.thanks import queries
from polecam.thanks.models import Thanks
from polecam.worker import drain
from tests.imports.support import bring
from tests.referrals import growing
from tests.thanks.support import DAY, acts, allowed, named, talked, told

ZONE = "Europe/Warsaw"


def test_naming_a_friend_is_thanked_within_the_days_of_the_setting(anna, marta, plan, at):
    ask = asks.record(by=marta, at=at, client=anna, key="a")
    referral = referrals.capture(by=marta, at=at, client=anna, first_name="Piotr", key="b", ask=ask)
    drain(at)
    drain(at)
    row = Thanks.objects.get()
    assert (row.occasion, row.referral, row.seller) == ("recommended", referral, marta)
    assert (row.due_on - day_of(at, ZONE)).days == 3
    assert list(queries.owed(marta)) == [row]


@pytest.mark.parametrize("may", [True, False])
def test_a_link_passed_on_is_thanked_when_a_friend_comes_and_lets_it_be_told(anna, at, may):
    referral = growing.consented(anna, at=at)
    if may:
        allowed(referral, at)
    told(referral, "referral.consented", at)
    assert [row.occasion for row in Thanks.objects.all()] == ["recommended"] * may


def test_the_earliest_event_counts_once(anna, at):
    row = named(anna, at - 5 * DAY)
    told(row.referral, "referral.consented", at)
    assert Thanks.objects.get().due_on == row.due_on


def test_a_branch_may_thank_sooner(anna, branch, at):
    Setting.objects.create(
        key="thanks_days", value=1, branch=branch, valid_from=at - DAY, set_at=at
    )
    assert (named(anna, at).due_on - day_of(at, ZONE)).days == 1


def test_a_late_reader_counts_from_the_day_of_the_event(anna, at):
    referral = growing.captured(anna, at=at - 2 * DAY)
    told(referral, "referral.captured", at - 2 * DAY)
    event = Event.objects.get(kind="referral.captured")
    thanks_owed.owe(event=event, at=at)
    assert (Thanks.objects.get().due_on - day_of(at, ZONE)).days == 1


@pytest.mark.parametrize("may", [True, False])
def test_the_talk_is_thanked_only_where_the_friend_allows_it(anna, at, may):
    referral = growing.consented(anna, at=at - DAY)
    if may:
        allowed(referral, at - DAY)
    talked(referral, at)
    talked(referral, at)  # a second talk is thanked no second time
    assert Thanks.objects.filter(occasion="talked").count() == int(may)


def test_allowed_after_the_talk_is_allowed(anna, marta, at):
    referral = growing.consented(anna, at=at - DAY)
    talked(referral, at)
    telling = allowed(referral, at)
    told(referral, "telling.given", at)
    assert [row.occasion for row in queries.owed(marta)] == ["talked"]
    telling.withdrawn_at = at
    telling.save()
    assert not queries.owed(marta).exists()
    told(referral, "telling.withdrawn", at)
    assert not Thanks.objects.filter(occasion="talked").exists()


def test_allowed_before_any_talk_makes_nothing_due(anna, at):
    referral = growing.consented(anna, at=at)
    allowed(referral, at)
    told(referral, "telling.given", at)
    assert not Thanks.objects.exists()


def test_undo_takes_owed_thanks_away(anna, marta, plan, at):
    ask = asks.record(by=marta, at=at, client=anna, key="a")
    referrals.capture(by=marta, at=at, client=anna, first_name="Piotr", key="b", ask=ask)
    drain(at)
    assert Thanks.objects.exists()
    asks.undo(by=marta, at=at, ask=ask)
    drain(at)
    assert not Thanks.objects.exists()
    assert Event.objects.filter(kind="thanks.let_go").count() == 1


def test_undone_before_the_worker_looked(anna, marta, plan, at):
    ask = asks.record(by=marta, at=at, client=anna, key="a")
    row = referrals.capture(by=marta, at=at, client=anna, first_name="Piotr", key="b", ask=ask)
    referrals.undo(by=marta, at=at, referral=row)
    drain(at)
    assert not Thanks.objects.exists()


def test_objection_takes_owed_thanks_away_and_leaves_given_ones(anna, marta, at):
    given = named(anna, at - 9 * DAY, first="Ola")
    acts.give(by=marta, at=at - 8 * DAY, thanks=given, way="words")
    referral = growing.consented(anna, at=at - DAY)
    told(referral, "referral.consented", at - DAY)
    consent = Consent.objects.get(referral=referral.public_id)
    objections.objection(consent=consent, at=at)
    assert list(Thanks.objects.values_list("pk", flat=True)) == [given.pk]


def test_erasing_a_friend_takes_owed_thanks_away(anna, irena, at):
    row = named(anna, at)
    erasure.erase(by=irena, at=at, party=row.referral.party)
    assert not Thanks.objects.exists()


def test_a_friends_no_leaves_the_clients_thanks(anna, marta, at):
    """What a friend answers is not the client's to learn, not even from thanks that fail."""
    row = named(anna, at)
    objections.decline(invitation=row.referral.invitation, at=at)
    assert list(queries.owed(marta)) == [row]


def test_erasing_the_client_takes_all_of_it(anna, marta, irena, at):
    row = named(anna, at)
    acts.give(by=marta, at=at, thanks=row, way="card")
    named(anna, at, first="Ola")
    erasure.erase(by=irena, at=at, party=anna.party)
    assert not Thanks.objects.exists()


def test_a_client_who_changes_hands_is_thanked_by_the_new_owner(anna, marta, kamil, tomek, at):
    from polecam.actions import clients

    row = named(anna, at)
    clients.assign(by=tomek, at=at, client=anna, owner=kamil)
    drain(at)
    assert list(queries.owed(kamil)) == [row]
    assert not queries.owed(marta).exists()


def test_thanks_to_a_shared_client_stay_with_whoever_was_told_unless_they_leave(
    anna, marta, kamil, tomek, ada, at
):
    from polecam.actions import clients, departures

    row = named(anna, at)
    clients.share(by=tomek, at=at, client=anna, shared=True)
    clients.assign(by=tomek, at=at, client=anna, owner=kamil)
    drain(at)
    assert list(queries.owed(marta)) == [row]
    departures.leave(by=ada, at=at, person=marta)
    clients.assign(by=tomek, at=at, client=anna, owner=tomek)
    drain(at)
    assert list(queries.owed(tomek)) == [row]


def test_imported_past_is_not_thanked_for(anna, at):
    referral = growing.captured(anna, at=at)
    referral.kind = "imported"
    referral.save()
    told(referral, "referral.captured", at)
    assert not Thanks.objects.exists()


def test_a_file_that_names_another_owner_takes_the_thanks_along(
    anna, branch, marta, kamil, tomek, at
):
    row = named(anna, at)
    anna.number = "A1"
    anna.save()
    line = f"A1;{anna.party.full_name};;;Kamil Duda;;"
    head = "Nr klienta;Imię i nazwisko;Telefon;E-mail;Opiekun;Klient od;Produkt"
    bring(tomek, branch, f"{head}\n{line}\n", at=at)
    anna.refresh_from_db()
    assert anna.owner == kamil
    assert list(queries.owed(kamil)) == [row]
