"""Joined and parted, nothing is lost: credit, shares, consents and events are what they were."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import transaction
from django.db.models import Q
from hypothesis import given
from hypothesis import strategies as st

from polecam.actions import matches, parties, privacy, turns
from polecam.bonuses.models import Line
from polecam.claims import queries
from polecam.claims.models import Claim, CreditShare
from polecam.insights import one_claim_proof
from polecam.journal.models import Event
from polecam.kit.errors import NotAllowed, Refused
from polecam.parties import groups
from polecam.parties.models import Match, MatchState, Merge, Party
from polecam.people.models import Person
from polecam.privacy.models import Consent
from polecam.referrals.models import Referral
from polecam.worker.readers import turns as reader
from tests import cast
from tests.matches.people import DAY, HOUR, MINUTE, OTHER_PHONE, PHONE, friend, pair
from tests.privacy.friend import capture, say_yes

pytestmark = pytest.mark.django_db


@pytest.fixture
def twice(anna, marta, kamil, plan, at) -> tuple[Referral, Referral]:
    """One friend under two numbers: Marta's a day before Kamil's."""
    first = friend(anna, marta, at - DAY, plan, phone=PHONE)
    second = friend(anna, kamil, at, plan, phone=OTHER_PHONE)
    return first, second


def joined(twice, by: Person, at) -> Merge:
    first, second = twice
    return parties.join(by=by, at=at, one=first.party, other=second.party)


def test_the_earlier_claim_stays_and_the_later_keeps_its_authorship(twice, tomek, kamil, at):
    first, second = twice
    joined(twice, tomek, at + HOUR)
    assert Claim.objects.get(ended_at=None).referral == first
    ended = Claim.objects.get(ended_at__isnull=False)
    assert (ended.referral, ended.end_reason) == (second, "merged")
    second.refresh_from_db()
    assert second.second
    assert second.originator == kamil
    assert CreditShare.objects.get(referral=second).share_bp == 10_000
    kinds = dict(Event.objects.filter(at=at + HOUR).values_list("kind", "subject"))
    assert kinds["referral.second"] == second.public_id
    assert kinds["referral.again"] == first.public_id, "both are told, blindly"


def test_parting_gives_the_later_seller_the_time_that_was_left(twice, tomek, kamil, at):
    _first, second = twice
    before = Claim.objects.get(referral=second)
    merge = joined(twice, tomek, at + 10 * DAY)
    parties.part(by=tomek, at=at + 30 * DAY, merge=merge)
    again = Claim.objects.get(referral=second, ended_at=None)
    assert again.holder == kamil
    assert again.until - again.since == before.until - (at + 10 * DAY)
    second.refresh_from_db()
    assert not second.second
    assert Claim.objects.filter(ended_at=None).count() == 2
    assert not Party.objects.filter(same_as__isnull=False).exists()


def test_parting_gives_nothing_back_once_the_friend_withdrew(twice, tomek, at):
    _first, second = twice
    merge = joined(twice, tomek, at + HOUR)
    consent = Consent.objects.filter(referral=second.public_id).first()
    privacy.withdraw(consent=consent, at=at + 2 * HOUR)
    parties.part(by=tomek, at=at + 3 * HOUR, merge=merge)
    assert not Claim.objects.filter(referral=second, ended_at=None).exists()


def test_the_same_record_an_erased_one_and_a_joined_one_are_refused(twice, tomek, irena, at):
    first, _second = twice
    with pytest.raises(Refused, match="same_record"):
        parties.join(by=tomek, at=at, one=first.party, other=first.party)
    joined(twice, tomek, at)
    with pytest.raises(Refused, match="joined_already"):
        joined(twice, tomek, at)
    third = Party.objects.create(created_at=at)
    privacy.erase(by=irena, at=at, party=third)
    with pytest.raises(Refused, match="record_erased"):
        parties.join(by=tomek, at=at, one=first.party, other=third)
    assert Merge.objects.count() == 1


def test_a_second_undo_is_refused(twice, tomek, at):
    merge = joined(twice, tomek, at)
    parties.part(by=tomek, at=at + MINUTE, merge=merge)
    with pytest.raises(Refused, match="parted_already"):
        parties.part(by=tomek, at=at + MINUTE, merge=merge)


@pytest.mark.parametrize("role", ["marta", "irena", "pawel"])
def test_only_those_who_may_join(request, twice, role, at):
    with pytest.raises(NotAllowed):
        joined(twice, request.getfixturevalue(role), at)
    assert not Merge.objects.exists()


def test_a_manager_answers_pairs_of_the_own_branch_only(twice, firm, at):
    from polecam.organisation.models import Branch

    elsewhere = Branch.objects.create(name="Oddział Krowodrza", created_at=at - 30 * DAY)
    boss = cast.person(elsewhere, "manager", "Olga", "Bielak", "f", at=at)
    first, second = twice
    match = pair(first.party, second.party, at)
    for answer in (matches.one_person, matches.two_people):
        with pytest.raises(NotAllowed):
            answer(by=boss, at=at, match=match)
    merge = Merge.objects.create(kept=first.party, merged=second.party, at=at)
    with pytest.raises(NotAllowed):
        matches.part(by=boss, at=at, merge=merge)


def test_two_people_said_of_one_of_them_stops_a_join_until_it_is_taken_back(
    branch, marta, tomek, at
):
    a, b, c = (cast.client(branch, marta, "Jan", "Wrona", at=at).party for _ in range(3))
    match = pair(a, c, at)
    matches.two_people(by=tomek, at=at, match=match)
    parties.join(by=tomek, at=at, one=a, other=b)
    b.refresh_from_db()
    with pytest.raises(Refused, match="said_different"):
        parties.join(by=tomek, at=at, one=b, other=c)
    matches.ask_again(by=tomek, at=at, match=match)
    parties.join(by=tomek, at=at, one=b, other=c)
    assert {party.pk for party in groups.of(a)} == {a.pk, b.pk, c.pk}
    match.refresh_from_db()
    assert match.state == MatchState.SAME, "what was asked has its answer"


def test_a_third_record_is_never_a_chain_and_each_join_parts_alone(branch, marta, tomek, at):
    a, b, c, d = (cast.client(branch, marta, "Jan", "Wrona", at=at).party for _ in range(4))
    low = parties.join(by=tomek, at=at, one=c, other=d)
    high = parties.join(by=tomek, at=at, one=a, other=b)
    d.refresh_from_db()
    b.refresh_from_db()
    both = parties.join(by=tomek, at=at, one=d, other=b)
    assert pointers() == {a.pk: None, b.pk: a.pk, c.pk: a.pk, d.pk: a.pk}
    parties.part(by=tomek, at=at, merge=both)
    assert pointers() == {a.pk: None, b.pk: a.pk, c.pk: None, d.pk: c.pk}
    parties.part(by=tomek, at=at, merge=low)
    parties.part(by=tomek, at=at, merge=high)
    assert set(pointers().values()) == {None}


def test_erasing_the_record_that_stands_leaves_the_others_joined(branch, marta, tomek, irena, at):
    a, b, c = (cast.client(branch, marta, "Jan", "Wrona", at=at).party for _ in range(3))
    parties.join(by=tomek, at=at, one=a, other=b)
    b.refresh_from_db()
    parties.join(by=tomek, at=at, one=b, other=c)
    from polecam.actions import erasure

    with transaction.atomic():
        erasure.cascade(a, at=at)
    assert pointers() == {a.pk: None, b.pk: None, c.pk: b.pk}


def pointers() -> dict[int, int | None]:
    """Where each Jan Wrona points, the erased one, too."""
    rows = Party.objects.filter(Q(name_key="jan wrona") | Q(erased_at__isnull=False))
    return dict(rows.values_list("pk", "same_as"))


def test_the_oldest_further_recommendation_has_its_turn(anna, marta, kamil, tomek, plan, at):
    """Marta's time ends without a sale; Kamil's friend agreed to Kamil, too."""
    start = at - 200 * DAY
    first = friend(anna, marta, start, plan)
    waiting = [friend(anna, kamil, start + n * DAY, plan) for n in (2, 1)]
    assert all(referral.second for referral in waiting)
    from polecam.actions import claims

    claims.expire_due(at=start + 91 * DAY)
    for event in Event.objects.filter(kind="claim.ended"):
        reader.handle(event, start + 91 * DAY)
        reader.handle(event, start + 91 * DAY)
    live = Claim.objects.get(ended_at=None)
    assert live.holder == kamil
    oldest = min(waiting, key=lambda referral: referral.consented_at)
    assert live.referral == oldest
    oldest.refresh_from_db()
    assert not oldest.second
    assert Referral.objects.filter(second=True).count() == 1
    assert Line.objects.filter(fact__referral=oldest.public_id).count() == 0, (
        "the person's consent paid once"
    )
    first.refresh_from_db()
    assert first.originator == marta


def test_no_turn_after_a_sale_an_objection_or_a_withdrawn_consent(anna, marta, kamil, plan, at):
    start = at - 200 * DAY
    first = friend(anna, marta, start, plan)
    second = friend(anna, kamil, start + DAY, plan)
    event = Event(subject=first.public_id, kind="claim.ended", data={"reason": "won"})
    reader.handle(event, start + 91 * DAY)
    assert not Claim.objects.filter(holder=kamil).exists()
    for consent in Consent.objects.filter(referral=second.public_id):
        privacy.withdraw(consent=consent, at=start + 2 * DAY)
    from polecam.actions import claims

    claims.expire_due(at=start + 91 * DAY)
    assert turns.pass_on(at=start + 91 * DAY, referral=first) is None
    assert not Claim.objects.filter(ended_at=None).exists()


def test_polecam_verify_finds_a_pointer_bent_by_hand_and_a_doubled_claim(twice, tomek, at):
    first, second = twice
    assert list(one_claim_proof.problems()) == []
    Party.objects.filter(pk=second.party_id).update(same_as=first.party)
    found = list(one_claim_proof.problems())
    assert len(found) == 2
    assert second.party.public_id in found[0]
    assert Claim.objects.get(referral=second).public_id in found[1]


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["join", "part", "yes", "later", "different"]),
        st.integers(0, 4),
        st.integers(0, 4),
    ),
    min_size=2,
    max_size=14,
)


@given(steps=STEPS)
def test_no_history_of_joins_loses_anything_or_doubles_a_claim(five, steps):
    """Invariants 5, 6 and 7: whatever is joined and parted in whatever order."""
    with five() as world:
        world.live(steps)
        assert world.kept() == world.before
        for group in world.groups():
            live = Claim.objects.filter(
                referral__party__in=group, ended_at=None, until__gt=world.at
            )
            assert live.count() <= 1
            for claim in live:
                assert not queries.rivals(claim.referral).filter(until__gt=world.at).exists()
        for party in Party.objects.filter(same_as__isnull=False).select_related("same_as"):
            assert party.same_as.same_as_id is None, "never a chain"
        assert list(one_claim_proof.problems()) == []
        world.part_all()
        assert not Party.objects.filter(same_as__isnull=False).exists()
        assert world.kept() == world.before


class World:
    """Five friends under five numbers, brought by two sellers; a boss joins and parts."""

    def __init__(self, anna, sellers, boss, plan, at) -> None:
        self.at, self.boss = at, boss
        self.referrals = [capture(anna, sellers[n % 2], at, plan) for n in range(5)]
        self.parties = [referral.party for referral in self.referrals]
        self.before = self.kept()

    def kept(self) -> list:
        """All that joining must leave as it is."""
        shares = CreditShare.objects.values_list(
            "referral", "number", "person", "share_bp", "floor_bp"
        )
        authors = Referral.objects.values_list("pk", "originator", "party", "plan_version_id")
        return [sorted(shares), sorted(authors)]

    def groups(self) -> list[list[Party]]:
        """The records of each person."""
        return [groups.of(Party.objects.get(pk=party.pk)) for party in self.parties]

    def live(self, steps) -> None:
        """Do each step; what is refused is part of life."""
        for verb, one, other in steps:
            self.at += timedelta(hours=1)
            past = (list(Consent.objects.values_list("pk", "confirmed_at")), self.events())
            try:
                with transaction.atomic():
                    self.step(verb, one, other)
            except Refused:
                continue
            if verb in ("join", "part"):
                assert list(Consent.objects.values_list("pk", "confirmed_at")) == past[0]
            assert self.events()[: len(past[1])] == past[1]

    def events(self) -> list:
        """The journal so far."""
        return list(Event.objects.order_by("pk").values_list("pk", "kind", "data"))

    def step(self, verb: str, one: int, other: int) -> None:
        """One thing that happens."""
        mine, theirs = (Party.objects.get(pk=self.parties[n].pk) for n in (one, other))
        if verb == "join":
            parties.join(by=self.boss, at=self.at, one=mine, other=theirs)
        elif verb == "part":
            merge = Merge.objects.filter(undone_at=None).order_by("pk")[one : one + 1].first()
            if merge:
                parties.part(by=self.boss, at=self.at, merge=merge)
        elif verb == "yes":
            say_yes(self.referrals[one].invitation, self.at, phone=f"60167341{one}")
        elif verb == "later":
            self.at += 50 * DAY
        elif mine.pk != theirs.pk:
            match, _new = Match.objects.get_or_create(
                one=min(mine, theirs, key=lambda p: p.pk),
                other=max(mine, theirs, key=lambda p: p.pk),
                defaults={"score_bp": 7_000, "found_by": "batch", "found_at": self.at},
            )
            if groups.head(mine) != groups.head(theirs):
                matches.two_people(by=self.boss, at=self.at, match=match)

    def part_all(self) -> None:
        """Every join undone, in the order in which they were made."""
        for merge in Merge.objects.filter(undone_at=None).order_by("pk"):
            self.at += MINUTE
            parties.part(by=self.boss, at=self.at, merge=merge)


@pytest.fixture
def five(anna, marta, kamil, tomek, plan, at):
    """A world that is taken back after each example."""

    @contextmanager
    def made():
        start = at - timedelta(days=900)
        with transaction.atomic():
            yield World(anna, [marta, kamil], tomek, plan, start)
            transaction.set_rollback(True)

    return made
