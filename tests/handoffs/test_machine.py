"""Random offers and answers: shares sum, floors hold, one holder, contact only where agreed."""

from contextlib import suppress
from datetime import timedelta

from django.db import transaction
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from polecam.actions import absences, handoff_answers
from polecam.claims.contact import reveal
from polecam.claims.handoffs import rules
from polecam.claims.handoffs.queries import in_force
from polecam.claims.models import Claim, CreditShare, Handoff
from polecam.claims.rules import Part, check_parts
from polecam.kit.errors import Refused
from polecam.people.models import Absence
from polecam.privacy.models import Consent
from tests.handoffs.support import branch_wide, can, consented, friend_says, offered, taken, today
from tests.handoffs.test_offer import picture

NAMES = ("marta", "kamil", "tomek", "ola")
ACTS = (
    "offer", "offer_anyone", "accept", "decline", "withdraw", "yes", "no", "expire", "away",
    "back", "keep_up",
)  # fmt: skip
STEPS = st.tuples(
    st.sampled_from(ACTS),
    st.sampled_from(NAMES),
    st.sampled_from(NAMES),
    st.integers(0, 10_000),
    st.integers(0, 72),
)


# --- rules ----------------------------------------------------------------------------------------


@st.composite
def sets(draw) -> list[Part]:
    """A set of shares of one to four people, with floors."""
    people = draw(st.integers(1, 4))
    cuts = draw(
        st.lists(st.integers(1, 9_999), min_size=people - 1, max_size=people - 1, unique=True)
    )
    borders = [0, *sorted(cuts), 10_000]
    found = []
    for number in range(people):
        share = borders[number + 1] - borders[number]
        found.append(
            Part(number + 1, share, floor_bp=draw(st.sampled_from((0, share // 3, share))))
        )
    return found


@given(sets(), st.integers(1, 4), st.integers(0, 10_000), st.integers(0, 10_000), st.booleans())
def test_the_usual_split_is_always_one_that_may_be_offered(before, giver, bp, setting, anyone):
    """Where there is something to give at all: who gives keeps a floor, nobody else moves."""
    receiver = rules.ANYONE if anyone else 9
    own = rules.part(before, giver)
    lowest = rules.lowest_floor(before, 1, setting)
    kept = rules.usual_kept(before, giver_id=giver, originator_id=1, author_bp=bp, lowest_bp=lowest)
    after = rules.split(before, giver_id=giver, originator_id=1, receiver_id=receiver, kept_bp=kept)
    check_parts(after)
    assert rules.part(after, giver) == kept <= own
    assert rules.part(after, 1) >= lowest
    for part in before:
        if part.person_id != giver:
            assert rules.part(after, part.person_id) == part.share_bp
    if kept < own:
        rules.check(
            before,
            after,
            giver_id=giver,
            originator_id=1,
            receiver_id=receiver,
            floor_bp=lowest,
            lowest_bp=lowest,
        )


@given(sets(), sets(), st.integers(0, 10_000))
def test_whatever_passes_the_check_takes_from_the_giver_alone(before, after, floor):
    lowest = rules.lowest_floor(before, 1, 3_000)
    try:
        rules.check(
            before,
            after,
            giver_id=2,
            originator_id=1,
            receiver_id=3,
            floor_bp=floor,
            lowest_bp=lowest,
        )
    except Refused:
        return
    assert floor >= lowest
    for part in before:
        assert rules.part(after, part.person_id) >= part.floor_bp
        if part.person_id != 2:
            assert rules.part(after, part.person_id) >= part.share_bp


@given(sets(), sets(), st.sampled_from((1, 2, 3, 4)), st.sampled_from((1, 2, 3, 4, 5)))
def test_what_really_moves_never_takes_more_than_agreed_nor_breaks_a_floor(
    now, agreed, giver, receiver
):
    assume(giver != receiver)
    after = rules.moved(now, agreed, giver_id=giver, originator_id=1, receiver_id=receiver)
    check_parts(after)
    for part in now:
        assert rules.part(after, part.person_id) >= part.floor_bp
        if part.person_id not in (giver, receiver):
            assert rules.part(after, part.person_id) == part.share_bp
    gain = rules.part(after, receiver) - rules.part(now, receiver)
    assert 0 <= gain <= max(0, rules.part(agreed, receiver) - rules.part(now, receiver))


@given(sets())
def test_somebody_of_the_set_may_take_what_is_offered_to_anyone(before):
    after = rules.split(before, giver_id=1, originator_id=1, receiver_id=rules.ANYONE, kept_bp=0)
    for person in (2, 7):
        named = rules.taken_by(after, person)
        check_parts(named)
        assert rules.part(named, person) == rules.part(before, person) + rules.part(before, 1)


# --- the machine ----------------------------------------------------------------------------------


class Play:
    """One referral and four sellers."""

    def __init__(self, referral, people, at) -> None:
        self.referral, self.people, self.at = referral, people, at

    def act(self, name: str, one, other, bp: int) -> None:
        handoff = Handoff.objects.order_by("-pk").first()
        if name == "offer":
            offered(self.referral, one, other, self.at, parts=self.split(one, other.pk, bp))
        elif name == "offer_anyone":
            wanted = rules.Wanted(language="uk")
            split = self.split(one, rules.ANYONE, bp)
            offered(self.referral, one, None, self.at, wanted=wanted, parts=split)
        elif name == "expire":
            handoff_answers.expire_due(at=self.at)
        elif name == "keep_up":
            absences.keep_up(at=self.at)
        elif name == "away":
            since = today(self.at)
            until = since + timedelta(days=1 + bp % 5)
            absences.plan(by=one, at=self.at, person=one, since=since, until=until, cover=other)
        elif name == "back":
            absence = Absence.objects.filter(person=one, ended_at=None).first()
            if absence:
                absences.end(by=one, at=self.at, absence=absence)
        elif handoff is not None:
            self.answer(name, one, handoff)

    def answer(self, name: str, one, handoff: Handoff) -> None:
        if name == "accept":
            taken(handoff, one, self.at)
        elif name == "decline":
            handoff_answers.decline(by=one, at=self.at, handoff=handoff)
        elif name == "withdraw":
            handoff_answers.withdraw(by=one, at=self.at, handoff=handoff)
        else:
            friend_says(handoff, name == "yes", self.at)

    def split(self, giver, receiver_id: int, bp: int) -> list[Part]:
        """Any part of what the giver has; some of these are refused."""
        now = in_force(self.referral)
        return rules.split(
            now,
            giver_id=giver.pk,
            originator_id=self.referral.originator_id,
            receiver_id=receiver_id,
            kept_bp=min(bp, rules.part(now, giver.pk)),
        )


def check(play: Play, floors: dict[int, int]) -> dict[int, int]:
    """What is true after every act, allowed or refused; the floors in force now."""
    referral, at = play.referral, play.at
    numbers = CreditShare.objects.filter(referral=referral).values_list("number", flat=True)
    for number in set(numbers):
        rows = CreditShare.objects.filter(referral=referral, number=number)
        assert sum(row.share_bp for row in rows) == 10_000  # invariant 5
    now = in_force(referral)
    for person_id, floor in floors.items():
        assert rules.part(now, person_id) >= floor  # invariant 6
    held = Claim.objects.filter(referral=referral, ended_at=None)
    assert held.count() == 1  # invariant 7
    referral.refresh_from_db()
    assert referral.originator == play.people["marta"]
    for person in play.people.values():
        try:
            reveal(person, referral, "phone", at)
        except Refused:
            continue
        assert held.get().holder == person  # invariant 15
        agreed = Consent.objects.filter(
            referral=referral.public_id, channel="phone", withdrawn_at=None
        )
        assert any(c.names_branch or c.receiver_id == person.pk for c in agreed)
    done = Handoff.objects.filter(state__in=("done", "returned"))
    assert not done.filter(names_branch=False, friend_at=None).exists()
    return {part.person_id: part.floor_bp for part in now if part.floor_bp}


@settings(max_examples=40)
@given(st.booleans(), st.lists(STEPS, max_size=12))
@example(
    False,
    [
        ("offer", "marta", "kamil", 6_000, 0),
        ("accept", "kamil", "kamil", 0, 1),
        ("yes", "kamil", "kamil", 0, 1),
        ("offer", "kamil", "tomek", 500, 0),
        ("accept", "tomek", "tomek", 0, 1),
        ("yes", "kamil", "kamil", 0, 1),
    ],
)
@example(
    True,
    [
        ("away", "marta", "kamil", 1, 0),
        ("offer", "kamil", "ola", 0, 1),
        ("accept", "ola", "ola", 0, 1),
        ("back", "marta", "marta", 0, 1),
        ("keep_up", "marta", "marta", 0, 72),
    ],
)
def test_no_order_of_offers_and_answers_breaks_anything(
    anna, branch, marta, kamil, tomek, at, wide, steps
):
    from tests.cast import person

    with transaction.atomic():
        ola = person(branch, "seller", "Ola", "Pietrzak", "f", at=at)
        people = {"marta": marta, "kamil": kamil, "tomek": tomek, "ola": ola}
        for somebody in (kamil, ola):
            can(somebody, "language", "uk")
        start = at - timedelta(days=40)
        referral = (branch_wide if wide else consented)(anna, at=start)
        play = Play(referral, people, start)
        floors: dict[int, int] = {}
        for name, one, other, bp, hours in steps:
            play.at += timedelta(hours=hours)
            before = picture()
            refused = True
            with suppress(Refused), transaction.atomic():
                play.act(name, people[one], people[other], bp)
                refused = False
            if refused:
                assert picture() == before
            floors = check(play, floors)
        transaction.set_rollback(True)
