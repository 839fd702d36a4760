"""What comes of friends: calls, meetings, hand-offs, splits, sales."""

from polecam.actions import (
    absences,
    extras,
    handoff_answers,
    handoff_friend,
    handoffs,
    meetings,
    proposals,
    referrals_work,
    sales,
    setup,
)
from polecam.claims.models import Handoff, ShareProposal
from polecam.claims.rules import Part
from polecam.kit.periods import day_of
from polecam.people.models import Absence
from polecam.privacy.models import Consent
from polecam.referrals.models import Meeting
from polecam.sales.models import Sale
from tests.soak.diary import DAY, HOUR, Diary, nth, referral, who

ZONE = "Europe/Warsaw"


def working(does: Diary) -> None:
    """Calls, meetings, sales, hand-offs, a split, an absence."""
    for number in (0, 1, 2):
        _meets(does, number)
    does(
        "nothing comes of it",
        lambda at: referrals_work.lose(
            by=who("Kamil"), at=at, referral=referral(2), reason="not_now"
        ),
    )
    does(
        "a step",
        lambda at: referrals_work.plan_step(
            by=who("Kamil"), at=at, referral=referral(3), step="call",
            on=day_of(at, ZONE) + DAY,
        ),
    )  # fmt: skip
    does(
        "an offer",
        lambda at: handoffs.offer(
            by=who("Kamil"), at=at, referral=referral(3), kind="product", receiver=who("Ola")
        ),
    )
    does(
        "accepted",
        lambda at: handoff_answers.accept(
            by=who("Ola"), at=at, handoff=nth(Handoff.objects.all(), -1)
        ),
    )
    does(
        "the friend agrees",
        lambda at: handoff_friend.answer_handoff(
            consent=Consent.objects.filter(referral=referral(3).public_id).first(), at=at,
            handoff=nth(Handoff.objects.all(), -1), yes=True,
        ),
        bare=True,
    )  # fmt: skip
    does(
        "an offer nobody wants",
        lambda at: handoffs.offer(
            by=who("Marta"), at=at, referral=referral(5), kind="product", receiver=who("Kamil")
        ),
    )
    does(
        "declined",
        lambda at: handoff_answers.decline(
            by=who("Kamil"), at=at, handoff=nth(Handoff.objects.all(), -1)
        ),
    )
    does(
        "a split",
        lambda at: proposals.propose(
            by=who("Marta"), at=at, referral=referral(1), reason="joint",
            parts=[
                Part(who("Marta").pk, 6_000, "introducer"),
                Part(who("Kamil").pk, 4_000, "closer"),
            ],
        ),
    )  # fmt: skip
    does(
        "another split",
        lambda at: proposals.propose(
            by=who("Kamil"), at=at, referral=referral(1), reason="joint",
            parts=[
                Part(who("Marta").pk, 5_000, "introducer"),
                Part(who("Kamil").pk, 5_000, "closer"),
            ],
        ),
    )  # fmt: skip
    does(
        "Marta agrees",
        lambda at: proposals.answer(
            by=who("Marta"), at=at, proposal=nth(ShareProposal.objects.all(), -1), agrees=True
        ),
    )
    does(
        "Ola goes away",
        lambda at: absences.plan(
            by=who("Ola"), at=at, person=who("Ola"), since=day_of(at, ZONE),
            until=day_of(at, ZONE) + 2 * DAY, cover=who("Marta"),
        ),
    )  # fmt: skip
    does(
        "Ola is back",
        lambda at: absences.end(by=who("Ola"), at=at, absence=nth(Absence.objects.all(), -1)),
        DAY,
    )
    does(
        "a budget",
        lambda at: setup.set_setting(
            by=who("Ada"), at=at, key="extra_month_grosze", value=9_000, why="Próba"
        ),
    )
    does(
        "a mentor",
        lambda at: extras.give(
            by=who("Tomasz"), at=at, referral=referral(1), person=who("Ola"), role="mentor"
        ),
    )


def _meets(does: Diary, number: int) -> None:
    def leader():
        return referral(number).originator

    does(
        f"call {number}",
        lambda at: referrals_work.log_contact(
            by=leader(), at=at, referral=referral(number), channel="phone", result="reached",
            key=f"call-{number}",
        ),
        bare=True,
    )  # fmt: skip
    does(
        f"meeting {number}",
        lambda at: referrals_work.set_meeting(
            by=leader(), at=at, referral=referral(number), meeting_at=at + HOUR / 2
        ),
    )
    does(
        f"met {number}",
        lambda at: referrals_work.hold_meeting(
            by=leader(), at=at, meeting=Meeting.objects.get(referral=referral(number))
        ),
    )
    does(
        f"talk {number} confirmed",
        lambda at: meetings.confirm(
            by=who("Tomasz"), at=at, meeting=Meeting.objects.get(referral=referral(number))
        ),
    )


def selling(does: Diary) -> None:
    """Two sales; one of them is under a complaint for a while."""
    for number in (0, 1):
        does(
            f"sale {number}",
            lambda at, n=number: sales.report(
                by=who("Marta"), at=at, referral=referral(n), value_grosze=9_000_001,
                margin_grosze=436_007, sold_on=day_of(at, ZONE), contract=f"U/{n}",
            ),
        )  # fmt: skip
        does(
            f"sale {number} confirmed",
            lambda at, n=number: sales.confirm(
                by=who("Tomasz"), at=at, sale=nth(Sale.objects.all(), n)
            ),
        )
