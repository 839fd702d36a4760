"""One prospect, one holder (invariant 7): in order, out of order, and at the same instant."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection, connections
from hypothesis import given
from hypothesis import strategies as st

from polecam.actions import claims, privacy
from polecam.bonuses.models import Line
from polecam.claims import queries
from polecam.claims.models import Claim, CreditShare
from polecam.kit.errors import Refused
from polecam.privacy.models import Consent
from polecam.referrals.models import Grant, Referral
from tests import cast
from tests.privacy.friend import EMAIL, PHONE, answer, capture, invite, say_yes, waiting

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


def test_a_second_recommendation_is_kept_and_told_blindly(anna, marta, kamil, plan, at):
    first = capture(anna, marta, at - DAY, plan)
    second = capture(anna, kamil, at, plan)
    say_yes(first.invitation, at - DAY)
    say_yes(second.invitation, at)
    second.refresh_from_db()
    assert Claim.objects.get().holder == marta
    assert second.second
    assert second.state == "consented"
    assert CreditShare.objects.filter(referral=second).get().person == kamil
    assert Line.objects.get().person == marta, "one person, one consent that pays"
    told = queries.known(second, at=at + MINUTE)
    assert told is not None
    assert told.until - told.since == 90 * DAY


def test_an_existing_client_is_told_as_a_new_person(anna, branch, marta, kamil, plan, at):
    known = cast.client(branch, kamil, "Piotr", "Nowak", at=at)
    known.party.set_phone(PHONE)
    known.party.save()
    referral = capture(anna, marta, at, plan)
    say_yes(referral.invitation, at)
    referral.refresh_from_db()
    assert (referral.state, referral.second) == ("consented", False)
    assert Claim.objects.get().holder == marta
    known.party.refresh_from_db()
    assert known.party.phone_index


def test_an_ended_claim_makes_room(anna, marta, kamil, plan, at):
    first = capture(anna, marta, at - 100 * DAY, plan)
    say_yes(first.invitation, at - 99 * DAY)
    second = capture(anna, kamil, at, plan)
    say_yes(second.invitation, at)
    live = Claim.objects.get(ended_at=None)
    assert live.holder == kamil
    assert Claim.objects.get(ended_at__isnull=False).end_reason == "expired"
    second.refresh_from_db()
    assert not second.second


def test_a_later_proof_that_two_are_one_keeps_the_earlier(anna, marta, kamil, plan, at):
    """Marta's friend proved a phone, Kamil's an address; then Marta's proves the address, too."""
    first = capture(anna, marta, at, plan)
    answer(first.invitation, at, channels=["phone", "email"])
    by_phone, by_email = waiting(first)
    privacy.confirm(consent=by_phone, at=at + MINUTE)
    second = capture(anna, kamil, at, plan)
    say_yes(second.invitation, at + 2 * MINUTE, channels=["email"])
    assert Claim.objects.filter(ended_at=None).count() == 2, "two strangers, as far as is known"
    privacy.confirm(consent=by_email, at=at + 9 * MINUTE)
    assert Claim.objects.get(ended_at=None).holder == marta
    assert Claim.objects.get(ended_at__isnull=False).end_reason == "merged"
    second.refresh_from_db()
    assert second.second


def test_typing_somebodys_number_touches_nobody(anna, marta, kamil, plan, at):
    say_yes(capture(anna, marta, at, plan).invitation, at)
    thief = capture(anna, kamil, at, plan)
    answer(thief.invitation, at + MINUTE, channels=["phone", "email"], email="x@y.example")
    by_email = next(c for c in waiting(thief) if c.channel == "email")
    privacy.confirm(consent=by_email, at=at + 2 * MINUTE)
    assert Claim.objects.get(holder=marta).ended_at is None


def test_the_consent_names_its_receiver(anna, marta, kamil, at):
    """The claim is made for whom the consent names; who brought it keeps the authorship."""
    referral = capture(anna, marta, at)
    referral.originator = kamil
    referral.save()
    say_yes(referral.invitation, at)
    assert Claim.objects.get().holder == marta
    assert Grant.objects.get(why="holder").person == marta


def test_a_contact_secures_thirty_days_more_never_fewer(anna, marta, at):
    referral = capture(anna, marta, at)
    say_yes(referral.invitation, at)
    early = claims.extend(referral, at=at + DAY)
    assert early.until == early.since + 90 * DAY
    late = claims.extend(referral, at=at + 80 * DAY)
    assert late.until == at + 110 * DAY
    with pytest.raises(Refused, match="claim_missing"):
        claims.extend(referral, at=at + 200 * DAY)


def test_exclusivity_follows_the_setting_of_its_day(anna, marta, at):
    from polecam.organisation.models import Setting

    Setting.objects.create(
        key="exclusivity_days", value=30, branch=anna.branch, valid_from=at - DAY, set_at=at
    )
    say_yes(capture(anna, marta, at).invitation, at)
    claim = Claim.objects.get()
    assert claim.until - claim.since == 30 * DAY


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["answer", "confirm", "withdraw", "object", "later", "end"]),
        st.integers(0, 3),
        st.sampled_from([["phone"], ["email"], ["phone", "email"]]),
        st.integers(0, 1),
        st.integers(0, 1),
    ),
    min_size=3,
    max_size=14,
)


@given(steps=STEPS)
def test_no_history_gives_one_prospect_two_holders(one_case, steps):
    """Whatever friends, phones and addresses do in whatever order (invariant 7)."""
    with one_case() as world:
        world.live(steps)
        live = list(Claim.objects.filter(ended_at=None, until__gt=world.at))
        assert len({claim.referral_id for claim in live}) == len(live)
        for claim in live:
            rivals = queries.rivals(claim.referral).filter(until__gt=world.at)
            assert not rivals.exists()
        for referral in Referral.objects.filter(state="consented", second=False):
            shares = CreditShare.objects.filter(referral=referral)
            assert sum(share.share_bp for share in shares) == 10_000


class World:
    """Four referrals of Anna's by two sellers; friends share two phones and two addresses."""

    def __init__(self, anna, sellers, plan, at) -> None:
        self.at = at
        self.referrals = [capture(anna, sellers[n % 2], at, plan) for n in range(4)]

    def live(self, steps) -> None:
        """Do each step; what is refused is part of life."""
        for verb, which, channels, phone, email in steps:
            self.at += timedelta(hours=1)
            try:
                self.step(verb, self.referrals[which], channels, phone, email)
            except Refused:
                continue

    def step(self, verb, referral, channels, phone, email) -> None:
        """One thing that happens."""
        referral.refresh_from_db()
        given = Consent.objects.filter(referral=referral.public_id).order_by("-id").first()
        if verb == "answer":
            answer(
                referral.invitation,
                self.at,
                channels=channels,
                phone=f"60167341{phone}",
                email=f"p{email}@poczta.example",
            )
        elif verb == "confirm":
            for consent in waiting(referral):
                privacy.confirm(consent=consent, at=self.at)
        elif verb == "later":
            self.at += 60 * DAY
        elif verb == "end":
            claims.end(referral, at=self.at, reason="lost")
        elif given is not None and verb == "withdraw":
            privacy.withdraw(consent=given, at=self.at)
        elif given is not None:
            privacy.objection(consent=given, at=self.at)


@pytest.fixture
def one_case(anna, marta, kamil, plan, at):
    """A world that is taken back after each example."""
    from contextlib import contextmanager

    from django.db import transaction

    @contextmanager
    def made():
        start = at - timedelta(days=900)
        with transaction.atomic():
            yield World(anna, [marta, kamil], plan, start)
            transaction.set_rollback(True)

    return made


@pytest.mark.django_db(transaction=True)
def test_two_confirm_the_same_number_at_once(anna, marta, kamil, plan, at):
    """Two browsers, two connections: one claim, one bonus, and both answers are kept."""
    referrals = [capture(anna, seller, at, plan) for seller in (marta, kamil)]
    for referral in referrals:
        answer(referral.invitation, at, email=EMAIL)
    links = [waiting(referral)[0] for referral in referrals]
    start, failures = Barrier(2), []

    def confirm(consent: Consent) -> None:
        try:
            start.wait(10)
            privacy.confirm(consent=consent, at=at + MINUTE)
        except Exception as error:
            failures.append(error)
        finally:
            connections.close_all()

    threads = [Thread(target=confirm, args=(consent,)) for consent in links]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert not failures, (connection.vendor, failures)
    assert Claim.objects.count() == 1
    assert Line.objects.count() == 1
    states = Referral.objects.order_by("second").values_list("state", "second")
    assert list(states) == [("consented", False), ("consented", True)]


def test_a_reusable_link_on_a_wall_makes_no_double_claim(anna, marta, plan, at):
    wall = invite(anna, marta, at, plan, reusable=True)
    for minute in range(3):
        say_yes(wall, at + minute * 10 * MINUTE)
    assert Claim.objects.filter(ended_at=None).count() == 1
    assert Referral.objects.filter(second=True).count() == 2
