"""After an import and at night: everybody is compared, little is asked, nothing is asked twice."""

import pytest

from polecam.actions import comparing
from polecam.journal.models import Event
from polecam.parties import batch
from polecam.parties.likeness import Reason
from polecam.parties.models import Match, MatchState, Merge, Party
from polecam.worker.readers import matches as reader
from tests import cast
from tests.imports.support import CLIENTS, bring
from tests.matches.people import DAY, HOUR, OTHER_PHONE, PHONE, client_with, friend
from tests.privacy.friend import capture

pytestmark = pytest.mark.django_db


def test_the_night_joins_what_is_the_same_and_asks_about_the_rest(
    anna, branch, marta, kamil, tomek, at
):
    client_with(branch, kamil, "Katarzyna", "Bielak", at=at, phone=PHONE)
    client_with(branch, marta, "Kasia", "Bielak", at=at, phone=PHONE)
    client_with(branch, kamil, "Gaweł", "Świętopełk", at=at)
    client_with(branch, marta, "Gaweł", "Świętopełk", at=at)
    assert comparing.compare_all(at=at + HOUR) == 2
    same, asked = Match.objects.order_by("-score_bp")
    assert (same.state, asked.state) == (MatchState.SAME, MatchState.OPEN)
    assert same.decided_by is None
    assert Merge.objects.get().match == same
    assert comparing.compare_all(at=at + DAY) == 0, "nobody is asked twice"
    assert Match.objects.count() == 2


def test_a_pair_said_to_be_two_people_is_left_alone(branch, marta, kamil, tomek, at):
    from polecam.actions import matches

    client_with(branch, kamil, "Gaweł", "Świętopełk", at=at)
    client_with(branch, marta, "Gaweł", "Świętopełk", at=at)
    comparing.compare_all(at=at)
    matches.two_people(by=tomek, at=at + HOUR, match=Match.objects.get())
    comparing.compare_all(at=at + DAY)
    assert Match.objects.get().state == MatchState.DIFFERENT


def test_a_night_asks_for_so_much_and_no_more(branch, marta, at, monkeypatch):
    monkeypatch.setattr(comparing, "QUESTIONS_A_NIGHT", 3)
    people = [cast.client(branch, marta, "Jan", f"Rogal{n}", at=at).party for n in range(16)]
    pairs = [
        batch.Pair(people[n].pk, people[n + 1].pk, 7_000 + n, (Reason.SAME_NAME,))
        for n in range(0, 16, 2)
    ]
    monkeypatch.setattr(batch, "pairs", lambda *, ask_bp: iter(pairs))
    assert comparing.compare_all(at=at) == 3
    assert sorted(Match.objects.values_list("score_bp", flat=True)) == [7_010, 7_012, 7_014]
    assert comparing.compare_all(at=at + DAY) == 3, "the next night goes on"


def test_friends_who_have_not_agreed_are_not_compared_at_night(anna, branch, marta, kamil, at):
    client_with(branch, kamil, "Gaweł", "Świętopełk", at=at, phone=PHONE)
    referral = capture(anna, marta, at, name="Gaweł Świętopełk")
    referral.party.set_name("Gaweł", "Świętopełk")
    referral.party.phone_index = Party.objects.exclude(phone_index="").get().phone_index
    referral.party.save()
    assert comparing.compare_all(at=at) == 0
    assert not Match.objects.exists()


def test_what_a_file_brings_is_compared_when_it_ends(branch, marta, tomek, at, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "uploads"
    twin = client_with(branch, marta, "Stach", "Solak", at=at)
    job = bring(tomek, branch, CLIENTS, at=at)
    brought = Party.objects.get(first_name="Stanisław")
    twin.party.phone_index = brought.phone_index
    twin.party.save()
    event = Event.objects.get(kind="import.finished", subject=job.public_id)
    reader.handle(event, at + HOUR)
    merge = Merge.objects.get()
    assert {merge.kept, merge.merged} == {brought, twin.party}
    assert merge.match.found_by == "import"


def test_a_prospect_and_a_client_meet_at_night_if_nobody_looked_before(
    anna, branch, marta, kamil, at
):
    referral = friend(anna, marta, at)
    client_with(branch, kamil, "Piotr", "Nowak", at=at, phone=PHONE)
    client_with(branch, kamil, "Piotr", "Nowak", at=at, phone=OTHER_PHONE)
    comparing.compare_all(at=at + HOUR)
    assert Merge.objects.filter(kept=referral.party).count() == 1
