"""Somebody leaves: their portfolio goes on with colleagues, their name stays on it."""

from datetime import timedelta

import pytest

from polecam.actions import bonuses, departures, portfolio, referrals_work
from polecam.actions.handoff_friend import answer_handoff
from polecam.actions.portfolio_work import work_off
from polecam.asking.models import Ask, FollowUp
from polecam.bonuses.models import CreditedFact, PlanVersion
from polecam.claims.contact import reveal
from polecam.claims.handoffs import queries as handoffs
from polecam.claims.models import BulkHandoff, BulkItem, Claim, Handoff
from polecam.insights import portfolio as reads
from polecam.journal.models import Event
from polecam.kit.errors import NotAllowed, Refused
from polecam.organisation.models import Setting
from polecam.privacy.models import Consent
from polecam.referrals.models import Referral
from tests import cast
from tests.portfolio.support import (
    DAY,
    MINUTE,
    clients,
    holder,
    leave,
    led,
    picture,
    run,
    shares,
    undo,
)
from tests.privacy.friend import PHONE, capture, say_yes

pytestmark = pytest.mark.django_db


@pytest.fixture
def ola(branch, at):
    """A third seller."""
    return cast.person(branch, "seller", "Ola", "Pietrzak", "f", at=at)


def name_branch(referral: Referral) -> None:
    """Its consents named the branch: an expired link's do."""
    Consent.objects.filter(referral=referral.public_id).update(names_branch=True)


def test_leaving_drafts_an_equal_division_and_moves_nothing_yet(
    branch, marta, kamil, ola, ada, plan, at
):
    owned = clients(branch, marta, 7, at=at)
    first = led(owned[0], marta, 1, at - 9 * DAY, plan)
    bulk = leave(ada, marta, at)
    assert (bulk.why, bulk.state, bulk.branch) == ("leaving", "draft", branch)
    totals = {who: (number, led) for who, number, led in reads.totals(bulk)}
    assert set(totals) == {kamil.pk, ola.pk}
    assert sorted(number for number, _led in totals.values()) == [3, 4]
    owner = BulkItem.objects.get(bulk=bulk, client=owned[0]).receiver
    assert BulkItem.objects.get(referral=first).receiver == owner, "a friend goes with the client"
    assert holder(first) == marta
    assert {c.owner_id for c in type(owned[0]).objects.all()} == {marta.pk}


def test_what_the_preview_shows_is_what_happens(branch, marta, kamil, ada, tomek, plan, at):
    (client,) = clients(branch, marta, 1, at=at)
    referral = led(client, marta, 1, at - 9 * DAY, plan)
    name_branch(referral)
    bulk = leave(ada, marta, at)
    portfolio.give(by=tomek, at=at, item=BulkItem.objects.get(referral=referral), to=kamil)
    items = list(BulkItem.objects.filter(referral=referral).select_related("referral", "receiver"))
    (effect,) = reads.effects(bulk, items, at=at)
    assert [(p.person_id, p.share_bp) for p in effect.before] == [(marta.pk, 10_000)]
    run(tomek, bulk, at + MINUTE)
    assert shares(referral) == [(p.person_id, p.share_bp, p.floor_bp) for p in sorted(effect.after)]
    assert shares(referral) == [(marta.pk, 5_000, 3_000), (kamil.pk, 5_000, 0)]
    referral.refresh_from_db()
    assert referral.originator == marta
    assert holder(referral) == kamil
    assert Claim.objects.get(ended_at=None).cause == "leaving"
    assert reveal(kamil, referral, "phone", at + 2 * MINUTE).endswith("601670001")
    kinds = set(Event.objects.filter(subject=referral.public_id).values_list("kind", flat=True))
    assert {"claim.ended", "claim.made", "share.set"} <= kinds


def test_without_the_branch_in_the_consent_the_friend_decides(
    branch, marta, kamil, ada, tomek, plan, at
):
    (client,) = clients(branch, marta, 1, at=at)
    referral = led(client, marta, 1, at - 9 * DAY, plan)
    bulk = leave(ada, marta, at)
    portfolio.give(by=tomek, at=at, item=BulkItem.objects.get(referral=referral), to=kamil)
    run(tomek, bulk, at + MINUTE)
    assert holder(referral) == kamil, "a claim never stays with somebody who cannot work"
    with pytest.raises(NotAllowed, match="contact_locked"):
        reveal(kamil, referral, "phone", at + 2 * MINUTE)
    with pytest.raises(Refused, match="friend_not_asked"):
        referrals_work.log_contact(
            by=kamil, at=at + 2 * MINUTE, referral=referral, channel="phone", result="reached"
        )
    asked = Handoff.objects.get(referral=referral)
    assert (asked.state, asked.kind, asked.receiver) == ("accepted", "leaving", kamil)
    seen = handoffs.visible_to(tomek, at=at + 2 * MINUTE)
    assert not seen.exists(), "whoever divides a portfolio reads no friend's name by it"
    consent = Consent.objects.filter(referral=referral.public_id).first()
    answer_handoff(consent=consent, at=at + 3 * MINUTE, handoff=asked, yes=True)
    assert reveal(kamil, referral, "phone", at + 4 * MINUTE)
    assert shares(referral) == [(marta.pk, 5_000, 3_000), (kamil.pk, 5_000, 0)]


def test_a_friend_who_wants_nobody_else_is_left_alone(branch, marta, kamil, ada, tomek, plan, at):
    (client,) = clients(branch, marta, 1, at=at)
    referral = led(client, marta, 1, at - 9 * DAY, plan)
    bulk = leave(ada, marta, at)
    run(tomek, bulk, at + MINUTE)
    consent = Consent.objects.filter(referral=referral.public_id).first()
    asked = Handoff.objects.get(referral=referral)
    answer_handoff(consent=consent, at=at + 3 * MINUTE, handoff=asked, yes=False)
    assert holder(referral) is None
    referral.refresh_from_db()
    assert referral.originator == marta


def test_where_the_plan_pays_who_works_on_the_set_stays_and_the_money_goes(
    branch, marta, kamil, ada, tomek, plan, at
):
    version = later_version(plan, "holder", at)
    (client,) = clients(branch, marta, 1, at=at)
    referral = led(client, marta, 1, at - 9 * DAY, version)
    name_branch(referral)
    bulk = leave(ada, marta, at)
    portfolio.give(by=tomek, at=at, item=BulkItem.objects.get(referral=referral), to=kamil)
    run(tomek, bulk, at + MINUTE)
    assert shares(referral) == [(marta.pk, 10_000, 0)], "authorship and shares stay as they are"
    referral.refresh_from_db()
    meeting = referrals_work.set_meeting(
        by=kamil, at=at + 2 * MINUTE, referral=referral, meeting_at=at + 2 * MINUTE
    )
    facts = bonuses.credit(kind="meeting", referral=referral, source=meeting, at=at + 3 * MINUTE)
    assert [(f.person_id, f.share_bp) for f in facts] == [(kamil.pk, 10_000)]
    told = Event.objects.get(kind="bonus.inherited")
    assert (told.data["leaver"], told.data["heir"]) == (marta.pk, kamil.pk)
    consented = CreditedFact.objects.get(kind="consent")
    assert consented.person == marta, "what was confirmed before stays hers"


def later_version(plan: PlanVersion, leaver: str, at) -> PlanVersion:
    """Another version of the plan, with its word about leavers."""
    from polecam.bonuses.models import Component

    version = PlanVersion.objects.create(
        plan=plan.plan,
        number=2,
        valid_from=at - timedelta(days=300),
        hold_days=30,
        clawback_days=90,
        leaver=leaver,
    )
    for position, (kind, amount) in enumerate([("consent", 1_000), ("meeting", 4_000)], start=1):
        Component.objects.create(
            version=version, position=position, fact_kind=kind, amount_grosze=amount
        )
    version.published_at = at - timedelta(days=300)
    version.save()
    return version


def test_undo_brings_everything_back_exactly(branch, marta, kamil, ola, ada, tomek, plan, at):
    owned = clients(branch, marta, 5, at=at)
    for number, client in enumerate(owned):
        referral = led(client, marta, number, at - 9 * DAY, plan)
        if number % 2:
            name_branch(referral)
    ask = Ask.objects.create(
        client=owned[0], seller=marta, branch=branch, asked_at=at - DAY, outcome="later"
    )
    FollowUp.objects.create(ask=ask, due_on=(at + 200 * DAY).date())
    bulk = leave(ada, marta, at)
    before = picture(branch)
    bulk = run(tomek, bulk, at + MINUTE)
    assert bulk.state == "done"
    assert picture(branch) != before
    owned[0].refresh_from_db()
    assert owned[0].resting_until == (at + 200 * DAY).date(), "the day the client named holds"
    bulk = undo(tomek, bulk, at + 2 * MINUTE)
    assert bulk.state == "undone"
    assert picture(branch) == before
    assert not BulkItem.objects.filter(bulk=bulk, moved=True).exists()
    assert not Handoff.objects.filter(state__in=["offered", "proposed", "accepted"]).exists()
    for referral in Referral.objects.all():
        seen = {p.pk for p in (kamil, ola) if is_seen(p, referral, at + 3 * MINUTE)}
        assert not seen, "nobody keeps a look at what was never theirs"


def is_seen(person, referral, at) -> bool:
    """Whether the person may know of the referral."""
    from polecam.referrals.queries import visible_to

    person.__dict__.pop("_standing", None)
    return visible_to(person, at=at).filter(pk=referral.pk).exists()


def test_undo_leaves_what_has_been_worked_on_and_names_it(
    branch, marta, kamil, ada, tomek, plan, at
):
    one, two = clients(branch, marta, 2, at=at)
    worked, idle = led(one, marta, 1, at - 9 * DAY, plan), led(two, marta, 2, at - 9 * DAY, plan)
    name_branch(worked)
    name_branch(idle)
    bulk = leave(ada, marta, at)
    for item in BulkItem.objects.filter(bulk=bulk):
        portfolio.give(by=tomek, at=at, item=item, to=kamil)
    bulk = run(tomek, bulk, at + MINUTE)
    referrals_work.log_contact(
        by=kamil, at=at + 2 * MINUTE, referral=worked, channel="phone", result="reached"
    )
    Ask.objects.create(client=one, seller=kamil, branch=branch, asked_at=at + 2 * MINUTE)
    bulk = undo(tomek, bulk, at + 3 * MINUTE)
    assert holder(worked) == kamil
    assert holder(idle) == marta
    one.refresh_from_db()
    two.refresh_from_db()
    assert (one.owner, two.owner) == (kamil, marta)
    left = BulkItem.objects.filter(bulk=bulk, moved=True)
    assert {(item.client_id, item.referral_id) for item in left} == {
        (one.pk, None),
        (None, worked.pk),
    }


def test_nobody_takes_what_a_colleague_leads_as_long_as_they_work_here(
    branch, marta, kamil, tomek, plan, at
):
    (client,) = clients(branch, marta, 1, at=at)
    led(client, marta, 1, at - 9 * DAY, plan)
    bulk = portfolio.draft(by=tomek, at=at, giver=marta, branch=branch, to=[kamil], leaving=True)
    before = picture(branch)
    with pytest.raises(Refused, match="division_still_here"):
        portfolio.start(by=tomek, at=at, bulk=bulk)
    assert picture(branch) == before


def test_a_stopped_run_goes_on_where_it_was(
    branch, marta, kamil, ada, tomek, plan, at, monkeypatch
):
    from polecam.actions import portfolio_work

    monkeypatch.setattr(portfolio_work, "CLIENTS", 2)
    clients(branch, marta, 5, at=at)
    bulk = portfolio.start(by=tomek, at=at + MINUTE, bulk=leave(ada, marta, at))
    real, calls = portfolio_work._Run.clients, []

    def dies(self, move, items):
        calls.append(len(items))
        if len(calls) == 2:
            raise KeyboardInterrupt
        return real(self, move, items)

    monkeypatch.setattr(portfolio_work._Run, "clients", dies)
    with pytest.raises(KeyboardInterrupt):
        work_off(bulk=bulk, by=tomek, at=at + MINUTE)
    assert BulkItem.objects.filter(moved=True).count() == 2
    bulk.refresh_from_db()
    assert bulk.state == "running"
    bulk = work_off(bulk=bulk, by=tomek, at=at + 2 * MINUTE)
    assert bulk.state == "done"
    assert reads.progress(bulk) == reads.Progress(5, 5)
    told = Event.objects.filter(kind="client.assigned").values_list("subject", flat=True)
    assert len(told) == len(set(told)) == 5, "each client is told of once"


def test_a_late_yes_goes_to_the_clients_present_owner(branch, marta, kamil, ada, tomek, plan, at):
    (client,) = clients(branch, marta, 1, at=at)
    waits = capture(client, marta, at - DAY, plan)
    bulk = leave(ada, marta, at)
    for item in BulkItem.objects.filter(bulk=bulk):
        portfolio.give(by=tomek, at=at, item=item, to=kamil)
    run(tomek, bulk, at + MINUTE)
    referral = say_yes(waits.invitation, at + 2 * MINUTE)
    assert referral.originator == marta
    assert holder(referral) == kamil
    assert CreditedFact.objects.get(kind="consent").person == marta
    assert shares(referral) == [(marta.pk, 5_000, 3_000), (kamil.pk, 5_000, 0)]
    with pytest.raises(NotAllowed, match="contact_locked"):
        reveal(kamil, referral, "phone", at + 10 * MINUTE)
    asked = Handoff.objects.get(referral=referral, state="accepted")
    consent = Consent.objects.filter(referral=referral.public_id).first()
    answer_handoff(consent=consent, at=at + 11 * MINUTE, handoff=asked, yes=True)
    assert reveal(kamil, referral, "phone", at + 12 * MINUTE) == PHONE


def test_a_late_yes_before_the_division_waits_with_the_portfolio(
    branch, marta, kamil, ada, tomek, plan, at
):
    (client,) = clients(branch, marta, 1, at=at)
    waits = capture(client, marta, at - DAY, plan)
    leave(ada, marta, at)
    referral = say_yes(waits.invitation, at + 2 * MINUTE)
    assert holder(referral) == marta
    (left,) = reads.left_behind(tomek, at=at + 10 * MINUTE)
    assert (left.person_id, left.clients, left.led) == (marta.pk, 1, 1)


def test_offers_of_whoever_leaves_come_to_nothing(branch, marta, kamil, ada, plan, at):
    (client,) = clients(branch, kamil, 1, at=at)
    referral = led(client, kamil, 1, at - 9 * DAY, plan)
    from polecam.actions import handoffs

    offered = handoffs.offer(by=kamil, at=at, referral=referral, kind="other", receiver=marta)
    departures.leave(by=ada, at=at + MINUTE, person=marta)
    offered.refresh_from_db()
    assert offered.state == "withdrawn"
    assert holder(referral) == kamil


def test_the_days_settings_decide_what_a_leaver_keeps(branch, marta, kamil, ada, tomek, plan, at):
    for key, value in (("handoff_leaving_bp", 2_000), ("share_floor_bp", 4_000)):
        Setting.objects.create(key=key, value=value, valid_from=at - DAY, set_at=at)
    (client,) = clients(branch, marta, 1, at=at)
    referral = led(client, marta, 1, at - 9 * DAY, plan)
    bulk = leave(ada, marta, at)
    portfolio.give(by=tomek, at=at, item=BulkItem.objects.get(referral=referral), to=kamil)
    run(tomek, bulk, at + MINUTE)
    assert shares(referral) == [(marta.pk, 4_000, 4_000), (kamil.pk, 6_000, 0)]


def test_only_those_who_divide_in_the_branch(branch, marta, kamil, ada, tomek, plan, at):
    clients(branch, marta, 2, at=at)
    bulk = leave(ada, marta, at)
    item = BulkItem.objects.filter(bulk=bulk).first()
    tries = [
        lambda: portfolio.draft(by=kamil, at=at, giver=marta, branch=branch, to=[tomek]),
        lambda: portfolio.start(by=kamil, at=at, bulk=bulk),
        lambda: portfolio.drop(by=kamil, at=at, bulk=bulk),
        lambda: portfolio.give(by=kamil, at=at, item=item, to=tomek),
        lambda: portfolio.divide(by=kamil, at=at, bulk=bulk, counts={tomek: 2}),
        lambda: portfolio.undo(by=kamil, at=at, bulk=bulk),
    ]
    for attempt in tries:
        with pytest.raises(NotAllowed):
            attempt()
    assert BulkHandoff.objects.get().state == "draft"
