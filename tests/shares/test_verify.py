"""`polecam verify` names a share that fell behind its seller's back, and a budget that lies."""

from datetime import timedelta

import pytest

from polecam.actions import extras, privacy, proposals
from polecam.bonuses.verify import problems as money
from polecam.claims import subject
from polecam.claims.models import CreditShare, ExtraBudget, ShareProposal
from polecam.claims.verify import problems
from polecam.journal.models import Event
from polecam.kit.errors import Refused
from polecam.organisation.models import Setting
from tests.referrals.growing import consented
from tests.shares.support import shared, split

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def follow(referral, at, number, reason, *parts) -> None:
    """A set written past the actions."""
    CreditShare.objects.bulk_create(
        CreditShare(
            referral=referral, number=number, person=who, share_bp=bp, floor_bp=floor,
            reason=reason, source="", at=at,
        )
        for who, bp, floor in parts
    )  # fmt: skip


def test_a_floor_that_fell_unasked_is_named(anna, plan, marta, kamil, at):
    referral = consented(anna, at=at - DAY, plan=plan.pk)
    follow(referral, at, 2, "handoff", (marta, 7_000, 3_000), (kamil, 3_000, 0))
    assert list(problems()) == []
    follow(referral, at, 3, "dispute", (marta, 2_999, 0), (kamil, 7_001, 0))
    (said,) = problems()
    assert referral.public_id in said
    assert "floor 3000" in said


def test_an_agreement_that_nobody_gave_is_named(anna, plan, marta, kamil, at):
    referral = shared(anna, at - DAY, (marta, 6_000), (kamil, 4_000), plan=plan.pk)
    assert [row for row in problems() if "set 1" not in row] == []
    made = proposals.propose(
        by=marta, at=at, referral=referral, parts=split((marta, 5_000), (kamil, 5_000))
    )
    assert made.state == "agreed"
    assert not [row for row in problems() if "in set 2" in row]
    made.proposedshare_set.update(agreed=None)
    assert [row for row in problems() if "in set 2" in row]


def test_what_was_undone_is_as_before(anna, plan, marta, kamil, at):
    referral = consented(anna, at=at - DAY, plan=plan.pk)
    follow(referral, at, 2, "handoff", (marta, 4_000, 3_000), (kamil, 6_000, 6_000))
    follow(referral, at, 3, "undone", (marta, 10_000, 0))
    assert list(problems()) == []


def test_a_budget_that_is_not_the_sum_of_its_extras_is_named(anna, plan, kamil, tomek, at):
    referral = consented(anna, at=at - DAY, plan=plan.pk)
    Setting.objects.create(key="extra_month_grosze", value=9_000, valid_from=at - DAY, set_at=at)
    extras.give(by=tomek, at=at, referral=referral, person=kamil, role="mentor")
    assert list(money()) == []
    ExtraBudget.objects.update(used_grosze=4_999)
    (said,) = money()
    assert "4999 used but its extras sum to 5000" in said


def test_erasing_the_friend_leaves_no_words_of_a_proposal(anna, plan, marta, kamil, irena, at):
    referral = shared(anna, at - DAY, (marta, 6_000), (kamil, 4_000), plan=plan.pk)
    made = proposals.propose(
        by=kamil, at=at, referral=referral, parts=split((marta, 5_000), (kamil, 5_000)),
        note="Po spotkaniu z Katarzyną",
    )  # fmt: skip
    told = subject.export(referral.party)["share_proposals"]
    assert told[0]["note"] == "Po spotkaniu z Katarzyną"
    privacy.erase(by=irena, at=at, party=referral.party)
    made.refresh_from_db()
    assert (made.note, made.nonce) == ("", "")
    assert "Katarzyn" not in str(list(Event.objects.values_list("data", flat=True)))
    with pytest.raises(Refused, match="referral_ended"):
        proposals.answer(by=marta, at=at, proposal=made, agrees=True)
    assert proposals.close_due(at=at) == 1
    assert ShareProposal.objects.get().state == "expired"
