"""A dispute from the first tap to the last decision: who may, who decides, when it goes up."""

from datetime import timedelta

import pytest

from polecam.actions import dispute_decisions, dispute_times, disputes, erasure
from polecam.claims.models import (
    Dispute,
    DisputeDecision,
    DisputeEvidence,
    DisputeParty,
    DisputeState,
)
from polecam.claims.subject import export
from polecam.insights.dispute_patterns import patterns
from polecam.journal.models import Event
from polecam.kit.errors import NotAllowed, Refused
from polecam.messages.models import Message
from polecam.organisation.models import Branch, Level, Placement, Setting
from polecam.people.models import Role
from polecam.worker.readers import disputes as reader
from tests import cast
from tests.disputes.support import WORDS, ask, decide, now_shared, shared
from tests.privacy.friend import capture, say_yes

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NOTE = "We agreed on half when the call was made."


@pytest.fixture
def start(at):
    return at - timedelta(days=40)


@pytest.fixture
def theirs(anna, marta, kamil, tomek, ada, plan, start):
    """Marta 70, Kamil 30."""
    return shared(anna, {marta: 7_000, kamil: 3_000}, floors={marta: 3_000}, at=start, plan=plan.pk)


@pytest.fixture
def question(theirs, kamil, start):
    """Kamil says that half should be his."""
    return ask(kamil, theirs, at=start, claimed_bp=5_000, note=NOTE)


def refuses(code: str, call, **given) -> None:
    """Nothing changes but that somebody hears why not."""
    before = (Event.objects.count(), list(Dispute.objects.values_list()))
    with pytest.raises(Refused, match=code):
        call(**given)
    assert before == (Event.objects.count(), list(Dispute.objects.values_list()))


# --- raising --------------------------------------------------------------------------------------


def test_parties_evidence_and_a_decider_who_is_none_of_them(question, marta, kamil, tomek, start):
    assert {row.person for row in DisputeParty.objects.all()} == {marta, kamil}
    assert question.decider == tomek
    assert question.due_at == start + 48 * HOUR
    assert question.contested_bp == 2_000
    event = Event.objects.get(kind="dispute.raised")
    assert NOTE not in str(event.data)
    assert event.commitment


def test_evidence_is_collected_by_itself(anna, marta, kamil, tomek, plan, at):
    made = capture(anna, marta, at - 3 * DAY, plan)
    say_yes(made.invitation, at - 2 * DAY)
    made.refresh_from_db()
    dispute = ask(marta, made, at=at, reason="amount", claimed_bp=10_000)
    kinds = set(
        Event.objects.filter(
            pk__in=DisputeEvidence.objects.filter(dispute=dispute).values("event_id")
        ).values_list("kind", flat=True)
    )
    assert {"referral.consented", "claim.made"} <= kinds
    assert not {kind for kind in kinds if kind.startswith(("ask.", "consent."))}


def test_a_double_tap_is_one_question(question, theirs, kamil, start):
    assert ask(kamil, theirs, at=start, claimed_bp=5_000, note=NOTE) == question
    assert Event.objects.filter(kind="dispute.raised").count() == 1


def test_a_second_question_waits_for_the_first(question, theirs, marta, start):
    refuses("dispute_running", ask, by=marta, referral=theirs, at=start, claimed_bp=9_000)


def test_who_has_nothing_to_do_with_it_raises_nothing(theirs, branch, start, at):
    ola = cast.person(branch, Role.SELLER, "Ola", "Pietrzak", "f", at=at)
    refuses("not_allowed", ask, by=ola, referral=theirs, at=start)


def test_bad_input_changes_nothing(theirs, kamil, start):
    given = {"by": kamil, "referral": theirs, "at": start}
    refuses("dispute_reason", ask, **given, reason="revenge")
    refuses("dispute_nothing", ask, **given, claimed_bp=3_000)
    refuses("dispute_part", ask, **given, claimed_bp=10_001)
    refuses("words_with_contact", ask, **given, note="his number is 600 100 200")
    refuses("dispute_words_long", ask, **given, note="x" * 401)


def test_erased_data_are_no_matter_for_a_dispute(theirs, kamil, irena, start):
    erasure.erase(by=irena, at=start, party=theirs.party)
    theirs.refresh_from_db()
    refuses("dispute_erased", ask, by=kamil, referral=theirs, at=start)


def test_agreed_floors_cannot_be_contested(anna, marta, kamil, tomek, plan, start):
    made = shared(anna, {marta: 7_000, kamil: 3_000}, floors={marta: 7_000}, at=start, plan=plan.pk)
    refuses("dispute_floors", ask, by=kamil, referral=made, at=start, claimed_bp=5_000)


# --- who decides ----------------------------------------------------------------------------------


def test_a_boss_who_is_a_party_does_not_decide(anna, marta, tomek, ada, branch, plan, start, at):
    region = Branch.objects.create(name="Region", level=Level.REGION, created_at=at - 400 * DAY)
    Placement.objects.create(
        branch=branch, parent=region, since=(at - 400 * DAY).date(), made_at=at - 400 * DAY
    )
    ewa = cast.person(region, Role.MANAGER, "Ewa", "Lipiec", "f", at=at)
    made = shared(anna, {marta: 6_000, tomek: 4_000}, at=start, plan=plan.pk)
    assert ask(marta, made, at=start, claimed_bp=9_000).decider == ewa


def test_without_a_boss_the_admin_without_anyone_nobody(anna, marta, kamil, ada, plan, start):
    made = shared(anna, {marta: 6_000, kamil: 4_000}, at=start, plan=plan.pk)
    dispute = ask(kamil, made, at=start)
    assert dispute.decider == ada
    disputes.withdraw(by=kamil, at=start, dispute=dispute)
    ada.is_active = False
    ada.save()
    refuses("dispute_no_decider", ask, by=kamil, referral=made, at=start)


def test_reminded_at_half_then_one_step_up_each_once(question, tomek, ada, start):
    for _ in range(2):
        dispute_times.run_due(at=start + 23 * HOUR)
    assert not Event.objects.filter(kind="dispute.reminded").exists()
    for _ in range(3):
        dispute_times.run_due(at=start + 24 * HOUR)
    assert Event.objects.filter(kind="dispute.reminded").count() == 1
    for _ in range(3):
        dispute_times.run_due(at=start + 48 * HOUR)
    question.refresh_from_db()
    assert (question.decider, question.level) == (ada, 1)
    assert question.due_at == start + 96 * HOUR
    assert Event.objects.filter(kind="dispute.moved").count() == 1
    with pytest.raises(NotAllowed):
        decide(tomek, question, "upheld", at=start + 49 * HOUR)


def test_with_nobody_above_the_same_one_is_reminded_anew(question, ada, start):
    dispute_times.run_due(at=start + 48 * HOUR)
    dispute_times.run_due(at=start + 96 * HOUR)
    question.refresh_from_db()
    assert (question.decider, question.due_at) == (ada, start + 144 * HOUR)


def test_a_decider_who_leaves_is_followed(question, tomek, ada, start):
    tomek.is_active = False
    tomek.save()
    dispute_times.run_due(at=start + HOUR)
    question.refresh_from_db()
    assert question.decider == ada


def test_a_decider_who_becomes_a_party_is_followed(question, theirs, marta, kamil, tomek, start):
    from polecam.actions import credit
    from polecam.claims.rules import Part
    from polecam.store.tx import action, lock

    with action():
        parts = [
            Part(marta.pk, 6_000, floor_bp=3_000),
            Part(kamil.pk, 3_000),
            Part(tomek.pk, 1_000),
        ]
        credit.share_anew(
            lock(theirs), parts, by=marta, at=start + HOUR, reason="agreed", source="",
        )  # fmt: skip
    with pytest.raises(NotAllowed):
        decide(tomek, question, "upheld", at=start + HOUR)
    dispute_times.run_due(at=start + 2 * HOUR)
    question.refresh_from_db()
    assert question.decider != tomek
    assert DisputeParty.objects.filter(dispute=question, person=tomek).exists()


def test_the_firm_chooses_the_hours(theirs, kamil, start):
    Setting.objects.create(key="dispute_hours", value=12, valid_from=start, set_at=start)
    assert ask(kamil, theirs, at=start).due_at == start + 12 * HOUR


# --- answers --------------------------------------------------------------------------------------


def test_each_side_says_it_once(question, marta, tomek, start):
    disputes.state(by=marta, at=start, dispute=question, words="I called first.")
    disputes.state(by=marta, at=start, dispute=question, words="I called first.")
    assert Event.objects.filter(kind="dispute.stated").count() == 1
    refuses("dispute_said", disputes.state, by=marta, at=start, dispute=question, words="And more")
    refuses("not_party", disputes.state, by=tomek, at=start, dispute=question, words="I think so")


def test_only_who_raised_it_takes_it_back_and_only_before_a_decision(
    question, marta, kamil, tomek, start
):
    refuses("not_yours", disputes.withdraw, by=marta, at=start, dispute=question)
    decide(tomek, question, "rejected", at=start)
    refuses("dispute_decided", disputes.withdraw, by=kamil, at=start, dispute=question)


def test_a_decision_needs_its_rule_and_words(question, tomek, marta, start):
    given = {"by": tomek, "at": start, "dispute": question, "outcome": "upheld"}
    act = dispute_decisions.decide
    refuses("dispute_rule", act, **given, rule="mood", words=WORDS)
    refuses("dispute_words_short", act, **given, rule="work", words="Because.")
    given["outcome"] = "partly"
    refuses("dispute_partly", act, **given, rule="work", words=WORDS, granted_bp=2_000)
    given["by"] = marta
    refuses("not_yours", act, **given, rule="work", words=WORDS, granted_bp=500)


def test_both_accept_and_it_is_done(question, theirs, marta, kamil, tomek, start):
    refuses("not_decided", dispute_decisions.accept, by=marta, at=start, dispute=question)
    decide(tomek, question, "upheld", at=start)
    dispute_decisions.accept(by=marta, at=start, dispute=question)
    question.refresh_from_db()
    assert question.state == DisputeState.DECIDED
    dispute_decisions.accept(by=kamil, at=start, dispute=question)
    question.refresh_from_db()
    assert question.state == DisputeState.CLOSED
    assert now_shared(theirs) == {"Marta": 5_000, "Kamil": 5_000}
    assert DisputeDecision.objects.get().share_set == 3


def test_silence_is_consent_after_the_days_of_appeal(question, theirs, tomek, start):
    decide(tomek, question, "upheld", at=start)
    dispute_times.run_due(at=start + 7 * DAY - HOUR)
    assert now_shared(theirs) == {"Marta": 7_000, "Kamil": 3_000}
    dispute_times.run_due(at=start + 7 * DAY)
    dispute_times.run_due(at=start + 7 * DAY)
    assert now_shared(theirs) == {"Marta": 5_000, "Kamil": 5_000}
    assert Event.objects.filter(kind="dispute.closed").count() == 1


def test_one_appeal_to_somebody_else_whose_word_is_final(
    question, theirs, marta, kamil, tomek, ada, start
):
    decide(tomek, question, "upheld", at=start)
    appeal = {"by": marta, "at": start + DAY, "dispute": question}
    words = "The recommendation came before that call."
    refuses("words_short", dispute_decisions.appeal, **appeal, words="No")
    dispute_decisions.appeal(**appeal, words=words)
    question.refresh_from_db()
    assert (question.state, question.decider) == (DisputeState.APPEALED, ada)
    refuses("not_decided", dispute_decisions.appeal, **(appeal | {"by": kamil}), words=words)
    decide(ada, question, "rejected", at=start + 2 * DAY)
    question.refresh_from_db()
    assert question.state == DisputeState.CLOSED
    assert now_shared(theirs) == {"Marta": 7_000, "Kamil": 3_000}
    refuses("dispute_settled", ask, by=kamil, referral=theirs, at=start + 3 * DAY)


def test_too_late_to_appeal(question, marta, tomek, start):
    decide(tomek, question, "upheld", at=start)
    given = {"by": marta, "at": start + 7 * DAY, "dispute": question, "words": WORDS}
    refuses("dispute_late", dispute_decisions.appeal, **given)


def test_the_floor_holds_whatever_is_decided(theirs, marta, kamil, tomek, start):
    dispute = ask(kamil, theirs, at=start, claimed_bp=10_000)
    assert dispute.contested_bp == 4_000, "Marta's floor of 30% is not to be had"
    decide(tomek, dispute, "upheld", at=start)
    dispute_times.run_due(at=start + 7 * DAY)
    assert now_shared(theirs) == {"Marta": 3_000, "Kamil": 7_000}


# --- a further recommendation ---------------------------------------------------------------------


def test_a_further_recommendation_contests_the_first_without_names(
    anna, marta, kamil, tomek, plan, at
):
    first = capture(anna, marta, at - 3 * DAY, plan)
    second = capture(anna, kamil, at - 3 * DAY, plan)
    say_yes(first.invitation, at - 2 * DAY)
    say_yes(second.invitation, at - DAY)
    second.refresh_from_db()
    dispute = ask(kamil, second, at=at, reason="brought", claimed_bp=3_000)
    assert (dispute.referral, dispute.subject) == (first, second.public_id)
    assert {row.person for row in DisputeParty.objects.all()} == {marta, kamil}


# --- words, mail, patterns ------------------------------------------------------------------------


def test_the_friends_erasure_takes_the_words_and_leaves_the_numbers(
    question, theirs, marta, tomek, irena, start
):
    disputes.state(by=marta, at=start, dispute=question, words="Katarzyna called me first.")
    decide(tomek, question, "partly", granted_bp=1_000, at=start)
    assert "Katarzyna called me first." in str(export(theirs.party))
    erasure.erase(by=irena, at=start + HOUR, party=theirs.party)
    question.refresh_from_db()
    decision = DisputeDecision.objects.get()
    assert (question.note, question.nonce, decision.words, decision.nonce) == ("", "", "", "")
    assert not DisputeParty.objects.exclude(statement="", nonce="").exists()
    assert (decision.rule, decision.granted_bp) == ("work", 1_000)
    dispute_times.run_due(at=start + 8 * DAY)
    assert now_shared(theirs) == {"Marta": 6_000, "Kamil": 4_000}, "it goes on without names"


def test_after_an_erasure_nothing_is_written_about_the_friend_any_more(
    question, theirs, marta, tomek, irena, start
):
    erasure.erase(by=irena, at=start + HOUR, party=theirs.party)
    later = start + 2 * HOUR
    refuses(
        "dispute_erased", disputes.state, by=marta, at=later, dispute=question, words="Kasia rang."
    )
    decide(tomek, question, "rejected", at=later)
    dispute_decisions.appeal(
        by=marta, at=later, dispute=question, words="Katarzyna would say the same, I am sure."
    )
    assert DisputeDecision.objects.get().words == ""
    assert not DisputeParty.objects.exclude(appeal="", statement="").exists()


def test_the_decider_gets_one_mail_without_names(question, tomek, start):
    event = Event.objects.get(kind="dispute.raised")
    for _ in range(2):
        reader.handle(event, start + HOUR)
    message = Message.objects.get()
    assert message.to == tomek.email
    assert question.public_id in message.body
    assert not {"Marta", "Kamil", "Katarzyna"} & set(message.body.split())


def test_an_old_event_or_a_decided_case_sends_nothing(question, tomek, start):
    event = Event.objects.get(kind="dispute.raised")
    reader.handle(event, start + 3 * DAY)
    decide(tomek, question, "rejected", at=start)
    reader.handle(event, start + HOUR)
    assert not Message.objects.exists()


def test_what_keeps_coming_up_is_a_cause_not_a_person(
    anna, marta, kamil, tomek, plan, start, branch
):
    for number, first in enumerate(("Ola", "Iga", "Zoe")):
        phone = f"+4860010030{number}"
        parts = {marta: 7_000, kamil: 3_000}
        made = shared(anna, parts, at=start, plan=plan.pk, first=first, phone=phone)
        ask(kamil, made, at=start + number * DAY, reason="split")
    found = patterns(tomek, at=start + 4 * DAY)
    assert [(one.reason, one.times) for one in found.causes] == [("split", 3)]
    assert [(one.people, one.times) for one in found.pairs] == [((), 3)], "no notice, no names"
    notice = (start - 20 * DAY).date().isoformat()
    Setting.objects.create(
        key="monitoring_notice", value=notice, valid_from=start - 20 * DAY, set_at=start
    )
    for person in (marta, kamil):
        person.notice_acknowledged_at = start - 10 * DAY
        person.save()
    (pair,) = patterns(tomek, at=start + 4 * DAY).pairs
    assert set(pair.people) == {marta, kamil}
    assert patterns(tomek, at=start + 200 * DAY).causes == []
    assert patterns(marta, at=start + 4 * DAY).causes == []
