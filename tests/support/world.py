"""One of each thing, mostly Marta's, and every address of the house: for tests that walk the house.

A new address that takes arguments needs a sample here: the public id of something that exists.
"""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from polecam.actions import bonuses, feeds, inlets, receipts, roots
from polecam.asking import kinds
from polecam.asking.models import Ask, DateRule, Moment, MomentType, Repair, Script, Setback
from polecam.asking.rules import SkipReason
from polecam.bonuses.models import Line
from polecam.claims.models import (
    BulkHandoff,
    BulkItem,
    Claim,
    CreditShare,
    Dispute,
    DisputeParty,
    Handoff,
    ProposedShare,
    Receipt,
    ShareProposal,
)
from polecam.effort.models import TimeEntry
from polecam.journal.models import DeadLetter
from polecam.kit.periods import day_of
from polecam.messages.models import Message
from polecam.messages.smsapi import SmsApi
from polecam.organisation.models import Branch, Setting
from polecam.parties.models import Match, Merge, Party
from polecam.people.links import start_url
from polecam.people.models import Deputy, Membership, PlannedMove, Welcome
from polecam.privacy.models import BalancingTest, PersonRequest
from polecam.recognition.models import Praise
from polecam.referrals.models import Invitation, Meeting, Referral
from polecam.sales.models import Complaint, Sale
from polecam.store.crypto import token
from polecam.surveys.models import PulseAlert, Survey, SurveyRound
from tests.closing import support as payroll
from tests.handoffs.support import an_offer
from tests.imports.support import CLIENTS, SALES, upload
from tests.plans_pages import support as plans
from tests.security import samples as security
from tests.thanks import samples as thanks
from tests.words import support as words


@dataclass
class World:
    """What belongs to Marta and her branch, by the name of the argument or of the address."""

    samples: dict[str, str]
    typed: dict[str, dict[str, str]]
    """What a form must bring to get past its first look, by the name of the address."""

    def arguments(self, name: str, pattern: URLPattern) -> dict[str, str]:
        """Arguments of an address. Fails where nobody thought of a sample."""
        found = {}
        for argument in pattern.pattern.converters:
            key = next(
                (
                    k
                    for k in (name, f"{name.split(':')[0]}:{argument}", argument)
                    if k in self.samples
                ),
                None,
            )
            assert key, f"{name} takes {argument}: give it a sample in {__name__}"
            found[argument] = self.samples[key]
        return found


@pytest.fixture
def world(branch, marta, kamil, tomek, ada, anna, plan, at, settings, tmp_path) -> World:
    """One of each thing: Marta's, where it is somebody's; the boss's files; the admin's guest."""
    moment = Moment.objects.create(
        client=anna, kind="praise", on=at.date(), noted_by=marta, noted_at=at
    )
    ask = Ask.objects.create(
        client=anna, seller=marta, branch=branch, moment=moment, asked_at=at, outcome="names"
    )
    invitation = Invitation.objects.create(
        client=anna, seller=marta, branch=branch, ask=ask, created_at=at,
        expires_at=at + timedelta(days=14),
    )  # fmt: skip
    friend = Party(created_at=at)
    friend.set_name("Piotr", "Nowak")
    friend.save()
    referral = Referral.objects.create(
        invitation=invitation, client=anna, party=friend, originator=marta, branch=branch, ask=ask,
        kind="asked", state="won", captured_at=at, state_at=at, consented_at=at,
        plan_version_id=plan.pk,
    )  # fmt: skip
    Claim.objects.create(
        referral=referral, party=friend, holder=marta, since=at, until=at + timedelta(days=90)
    )
    meeting = Meeting.objects.create(referral=referral, at=at, set_by=marta, held_at=at)
    sale = Sale.objects.create(
        referral=referral, client=anna, seller=marta, branch=branch, value_grosze=900_000,
        margin_grosze=436_000, sold_on=at.date(), reported_at=at,
    )  # fmt: skip
    complaint = Complaint.objects.create(
        sale=sale, ground="service", recorded_by=kamil, recorded_at=at
    )
    CreditShare.objects.create(referral=referral, number=1, person=marta, share_bp=10_000, at=at)
    proposal = ShareProposal.objects.create(
        referral=referral, proposed_by=marta, reason="joint", base=1, at=at,
        expires_at=at + timedelta(days=7),
    )  # fmt: skip
    ProposedShare.objects.create(
        proposal=proposal, person=marta, role="introducer", share_bp=9_000, before_bp=10_000
    )
    bonuses.credit(kind="consent", referral=referral, source=referral, at=at)
    line = Line.objects.get()
    dispute = Dispute.objects.create(
        referral=referral, branch=branch, raised_by=marta, about="referral", reason="amount",
        claimed_bp=10_000, contested_bp=0, decider=tomek, raised_at=at,
        due_at=at + timedelta(hours=48),
    )  # fmt: skip
    DisputeParty.objects.create(dispute=dispute, person=marta, before_bp=10_000)
    praise = Praise.objects.create(
        giver=kamil, receiver=marta, branch=branch, text="Brawo", nonce="n", at=at
    )
    script = Script.objects.create(
        code="own", version=1, language="pl", seller=marta, text="Mam prośbę.",
        exit_line="Można odmówić.", created_at=at,
    )  # fmt: skip
    spent = TimeEntry.objects.create(
        person=marta, source="referral", minutes=60, grade="timed", day=at.date(), at=at
    )
    setback = Setback.objects.create(seller=marta, kind="refused", noted_at=at)
    repair = Repair.objects.create(
        client=anna, owner=marta, reason="annoyed", moment=moment, opened_at=at, due_on=at.date()
    )
    welcome = Welcome.objects.create(
        email="nina@olszyna.example", branch=branch, role="seller", invited_by=ada,
        created_at=at + timedelta(minutes=25), expires_at=at + timedelta(days=7),
    )  # fmt: skip
    settings.MEDIA_ROOT = tmp_path / "uploads"
    clients = upload(tomek, branch, CLIENTS, at=at)
    sold = upload(tomek, branch, SALES, at=at, kind="sales")
    match, parted, join = two_records(anna, friend, branch, marta, tomek, at=at)
    move, thing, ended = a_division(anna, referral, marta, kamil, tomek, at=at)
    handoff, absence = an_offer(referral, marta, tomek, at=at)
    Handoff.objects.create(  # what Kamil brought Marta once: a balance of the two of them
        referral=referral, branch=branch, giver=kamil, receiver=marta, proposed_by=kamil,
        kind="product", floor_bp=0, state="done", made_at=at, expires_at=at, done_at=at,
    )  # fmt: skip
    receipts.for_capture(referral, at=at)
    holder = roots.keep_outside(by=ada, at=at, email="audit@example.org", language="pl")
    survey, going, alert = of_satisfaction(anna, marta, tomek, at=at)
    kinds.install(at, "bank")
    kind = MomentType.objects.create(
        code="own-visit", good=True, days=10, title_pl="Wizyta", title_en="Visit", own=True,
        changed_at=at,
    )  # fmt: skip
    inlet, _secret = inlets.make(by=ada, at=at, kind="webhook", name="Szkody", branch=branch)
    feed = feeds.make(
        by=ada, at=at, name="System centralny", branch=branch, kind="clients", source="https",
        place="https://crm.example/klienci.csv",
    )  # fmt: skip
    unsent = Message(kind="statement", medium="email", person=marta, created_at=at)
    unsent.to, unsent.state, unsent.trouble, unsent.failed_at = marta.email, "unsure", "died", at
    unsent.save()
    letter = DeadLetter.objects.create(reader="mail", event_id=1, error="Refused", at=at)
    ahead = Setting.objects.create(
        key="exclusivity_days", value=80, branch=branch, valid_from=at + timedelta(days=30),
        set_at=at,
    )  # fmt: skip
    of_firm = Setting.objects.create(
        key="exclusivity_days", value=70, valid_from=at + timedelta(days=30), set_at=at
    )
    return World(
        {
            "tree:place": branch.public_id,
            "tree:key": "exclusivity_days",
            "tree:row": str(ahead.pk),
            "setup:row": str(of_firm.pk),
            "client": anna.public_id,
            "clients:ref": anna.public_id,
            "moment": moment.public_id,
            "moments:kind": kind.public_id,
            "moments:rule": DateRule.objects.earliest("id").public_id,
            "inlets:inlet": inlet.public_id,
            "feeds:feed": feed.public_id,
            "statements:month": line.month,
            "notebook:page": setback.public_id,
            "notebook:close": setback.public_id,
            "notebook:tear_out": setback.public_id,
            "notebook:repair": anna.public_id,
            "notebook:repaired": repair.public_id,
            "ask": ask.public_id,
            "invitation": invitation.public_id,
            "referral": referral.public_id,
            "referrals:ref": referral.public_id,
            "shares:ref": referral.public_id,
            "shares:proposal": proposal.public_id,
            "favours:ref": kamil.public_id,
            "effort:entry": spent.public_id,
            "evidence:key": "retention_bp",
            "card:ref": invitation.public_id,
            "confirm:meeting": meeting.public_id,
            "confirm:ref": sale.public_id,
            "confirm:decide": complaint.public_id,
            "confirm:preview": sold.public_id,
            "money:public_id": line.public_id,
            "disputes:ref": dispute.public_id,
            "disputes:about": "referral",
            "disputes:thing": referral.public_id,
            "team:public_id": praise.public_id,
            "script": script.public_id,
            "setup:public_id": marta.public_id,
            "sso:public_id": marta.public_id,
            "setup:invited": welcome.public_id,
            **of_staff(marta, kamil, tomek, ada, branch, at=at),
            "tasks:letter": str(letter.pk),
            "mailing:ref": unsent.public_id,
            "mailing:kind": "confirm",
            "mailing:medium": "sms",
            "mailing:language": "pl",
            "mailing:report": token("gateway", SmsApi.name),
            "setup:key": "exclusivity_days",
            "privacy:public_id": friend.public_id,
            **the_law(friend, ada, at=at),
            "matches:ref": match.public_id,
            "matches:again": parted.public_id,
            "matches:join": join.public_id,
            "bulk": move.public_id,
            "item": str(thing.pk),
            "portfolio:claim": ended.public_id,
            "handoffs:ref": handoff.public_id,
            "handoffs:absence": absence.public_id,
            "imports:ref": clients.public_id,
            "verify:ref": Receipt.objects.get(kind="capture").public_id,
            "proof:holder": holder.public_id,
            "surveys:client": anna.public_id,
            "surveys:ref": survey.public_id,
            **dict.fromkeys(("surveys:round", "surveys:progress", "surveys:stop"), going.public_id),
            "pulse:ref": alert.public_id,
            **thanks.samples(anna, referral, ada, at),
            "entry:become": marta.public_id,
            "entry:ref": f"{welcome.public_id}-forged",
            "start:ref": start_url(at).rstrip("/").rpartition("/")[2],
            "start:step": "team",
            "uid": "MQ",
            "token": "forged",
            "name": "none",
            "day": "2020-01-01",
            "form": "csv",
            **words.samples(marta, at),
            **security.samples(marta, at),
            **plans.samples(branch, tomek, ada, marta, at),
            **payroll.samples(marta, branch, at),
        },
        {
            "today:skip": {"reason": SkipReason.OTHER},
            "exports:file": {"what": "all", "form": "csv"},
            "setup:role": {"branch": branch.public_id, "role": "seller"},
            **plans.typed(),
        },
    )


def of_staff(marta, kamil, tomek, ada, branch, *, at) -> dict[str, str]:
    """A role, a move to come, a deputy, and somebody who left."""
    from tests import cast

    there = Branch.objects.create(name="Kazimierz", created_at=at - timedelta(days=90))
    Membership.objects.create(person=ada, branch=there, role="admin", since=at - timedelta(days=90))
    nina = cast.person(branch, "seller", "Nina", "Gaj", "f", at=at)
    Membership.objects.filter(person=nina).update(until=at - timedelta(days=1))
    nina.is_active = False
    nina.save(update_fields=["is_active"])
    today = day_of(at, cast.ZONE)
    move = PlannedMove.objects.create(
        person=kamil, origin=branch, target=there, role="seller", on=today + timedelta(days=9),
        made_by=ada, made_at=at,
    )  # fmt: skip
    deputy = Deputy.objects.create(
        branch=branch, manager=tomek, person=kamil, since=today + timedelta(days=2),
        until=today + timedelta(days=4), made_by=ada, made_at=at,
    )  # fmt: skip
    return {
        "staff:person": marta.public_id,
        "staff:settled": nina.public_id,
        "staff:records_of": nina.public_id,
        "staff:membership": Membership.objects.get(person=marta).public_id,
        "staff:cancel_move": move.public_id,
        "staff:deputy": deputy.public_id,
    }


def of_satisfaction(anna, marta, tomek, *, at) -> tuple[Survey, SurveyRound, PulseAlert]:
    """A link for a client, a round of many, and an alert that waits for its decision."""
    here = {"branch": anna.branch}
    survey = Survey.objects.create(
        client=anna, owner=marta, way="link", made_at=at, expires_at=at + timedelta(days=21), **here
    )
    going = SurveyRound.objects.create(begun_by=tomek, begun_at=at, wanted=5, **here)
    alert = PulseAlert.objects.create(
        seller=marta, raised_at=at, answers=8, not_free=6, looked_by=tomek, looked_at=at, **here
    )
    return survey, going, alert


def the_law(friend: Party, ada, *, at) -> dict[str, str]:
    """A request that waits, a draft of a balancing test, a rule."""
    request = PersonRequest.objects.create(
        kind="access", party=friend, came="letter", received_on=at.date(),
        due_on=at.date() + timedelta(days=30), noted_at=at,
    )  # fmt: skip
    test = BalancingTest.objects.create(
        title="Zaproszenia w oddziale", interest="a", necessity="b", balance="c", safeguards="d",
        written_by=ada, written_at=at,
    )  # fmt: skip
    return {"privacy:ref": request.public_id, "law:ref": test.public_id, "law:rule": "C11"}


def a_division(anna, referral, marta, kamil, tomek, *, at) -> tuple[BulkHandoff, BulkItem, Claim]:
    """Marta's portfolio, drafted to go to Kamil; and an exclusivity of hers that ended."""
    move = BulkHandoff.objects.create(
        branch=anna.branch, giver=marta, why="division", made_by=tomek, made_at=at
    )
    thing = BulkItem.objects.create(bulk=move, client=anna, receiver=kamil, before_owner=marta)
    ended = Claim.objects.create(
        referral=referral, party=referral.party, holder=marta, since=at - timedelta(days=2),
        until=at - timedelta(days=1), ended_at=at - timedelta(days=1), end_reason="expired",
    )  # fmt: skip
    return move, thing, ended


def two_records(anna, friend, branch, marta, tomek, *, at) -> tuple[Match, Match, Merge]:
    """A pair that waits, one answered with "two people", and two records joined."""
    from tests import cast  # a plugin of its own, known after this one

    ania = cast.client(branch, marta, "Ania", "Kowalczyk", at=at)
    piotrek = cast.client(branch, marta, "Piotrek", "Nowak", at=at)
    found = {"score_bp": 7_700, "reasons": ["diminutive"], "found_by": "batch", "found_at": at}
    match = Match.objects.create(
        **found, **dict(zip(("one", "other"), in_order(anna.party, ania.party), strict=True))
    )
    parted = Match.objects.create(
        **found, **dict(zip(("one", "other"), in_order(ania.party, friend), strict=True)),
        state="different", decided_by=tomek, decided_at=at,
    )  # fmt: skip
    join = Merge.objects.create(kept=friend, merged=piotrek.party, by=tomek, at=at)
    piotrek.party.same_as = friend
    piotrek.party.save()
    return match, parted, join


def in_order(one: Party, other: Party) -> list[Party]:
    """The older first, as pairs stand in the table."""
    return sorted((one, other), key=lambda party: party.pk)


def every_address(resolver: URLResolver | None = None, space: str = "") -> list:
    """(name, pattern) of every address."""
    found = []
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLPattern):
            found.append((f"{space}{entry.name}", entry))
        else:
            found += every_address(
                entry, f"{space}{entry.namespace}:" if entry.namespace else space
            )
    return found
