"""A small branch that lives through anything: two sellers, a boss, an admin, friends twice.

`test_machine.py` drives it. Every act may be refused.
"""

from collections.abc import Callable
from datetime import timedelta

from polecam.actions import (
    absences,
    bonuses,
    claims,
    departures,
    dispute_decisions,
    dispute_times,
    disputes,
    extras,
    handoff_answers,
    handoff_friend,
    handoffs,
    journal,
    parties,
    portfolio,
    portfolio_work,
    proposals,
)
from polecam.claims import queries as claim_queries
from polecam.claims.models import (
    OPEN_HANDOFFS,
    BulkHandoff,
    Dispute,
    Handoff,
    ShareProposal,
)
from polecam.claims.rules import Part
from polecam.kit.periods import day_of
from polecam.parties.models import Merge, Party
from polecam.people.models import Absence, Person
from polecam.people.queries import team
from polecam.privacy.models import Consent
from tests.fairness.branch_work import WORDS, ZONE, Work


class Life(Work):
    """What makes it fair or unfair: offers, shares, disputes, absences, joined records, leaving."""

    def offer(self, who: int, number: int, to: int, kept_bp: int) -> None:
        referral, receiver = self.referral(number), self.person(to)
        if referral is None:
            return
        giver = self.likely(who, self.holder(referral))
        split = [
            Part(referral.originator_id, kept_bp, "introducer"),
            Part(receiver.pk, 10_000 - kept_bp, "closer"),
        ]
        parts = split if kept_bp else None  # 0: the usual split of the kind
        self.act(
            lambda: handoffs.offer(
                by=giver, at=self.at, referral=referral, kind="product", receiver=receiver,
                parts=parts,
            ),
            "offer",
        )  # fmt: skip

    def answer_offer(self, who: int, number: int, what: str) -> None:
        found = Handoff.objects.order_by("-pk")
        running = list(found.filter(state__in=OPEN_HANDOFFS)[:2])
        handoff = self.of(running or list(found[:2]), number)
        if handoff is None:
            return
        person = self.likely(who, handoff.giver if what == "take_back" else handoff.receiver)
        if what in ("friend_yes", "friend_no"):
            consent = Consent.objects.filter(referral=handoff.referral.public_id).first()
            self.act(
                lambda: handoff_friend.answer_handoff(
                    consent=consent, at=self.at, handoff=handoff, yes=what == "friend_yes"
                ),
                what,
            )
            return
        deed = {
            "accept": handoff_answers.accept,
            "decline": handoff_answers.decline,
            "take_back": handoff_answers.withdraw,
        }[what]
        self.act(lambda: deed(by=person, at=self.at, handoff=handoff), what)

    def propose(self, who: int, number: int, share_bp: int) -> None:
        referral, person = self.referral(number), self.person(who)
        if referral is None:
            return
        now = claim_queries.shares(referral)
        first = now[0].person_id
        other = next((p.pk for p in self.people if p.pk != first), first)
        parts = [Part(first, share_bp, "introducer"), Part(other, 10_000 - share_bp, "closer")]
        self.act(
            lambda: proposals.propose(
                by=person, at=self.at, referral=referral, parts=parts, reason="joint"
            ),
            "propose",
        )

    def answer_proposal(self, who: int, *, agrees: bool) -> None:
        proposal = ShareProposal.objects.order_by("-pk").first()
        if proposal:
            asked = proposal.proposedshare_set.filter(agreed=None).order_by("pk").first()
            person = self.likely(who, asked.person if asked else None)
            self.act(
                lambda: proposals.answer(by=person, at=self.at, proposal=proposal, agrees=agrees),
                "answer_proposal",
            )

    def dispute(self, who: int, number: int, claimed_bp: int) -> None:
        referral = self.referral(number)
        if referral is not None:
            sides = claim_queries.shares(referral)
            person = self.likely(who, self.of([side.person for side in sides], who))
            self.act(
                lambda: disputes.raise_dispute(
                    by=person, at=self.at, referral=referral, reason="worked",
                    claimed_bp=claimed_bp,
                ),
                "dispute",
            )  # fmt: skip

    def of_dispute(self, who: int, what: str, granted_bp: int) -> None:
        case = Dispute.objects.order_by("-pk").first()
        if case is None:
            return
        sides = list(case.disputeparty_set.filter(accepted_at=None).order_by("pk"))
        person = self.likely(who, self.of([side.person for side in sides], who))
        decider = Person.objects.get(pk=case.decider_id) if case.decider_id else person
        deeds: dict[str, Callable[[], object]] = {
            "uphold": lambda: dispute_decisions.decide(
                by=decider, at=self.at, dispute=case, outcome="upheld", rule="work", words=WORDS
            ),
            "partly": lambda: dispute_decisions.decide(
                by=decider, at=self.at, dispute=case, outcome="partly", rule="work", words=WORDS,
                granted_bp=granted_bp,
            ),
            "reject": lambda: dispute_decisions.decide(
                by=decider, at=self.at, dispute=case, outcome="rejected", rule="plan", words=WORDS
            ),
            "content": lambda: dispute_decisions.accept(by=person, at=self.at, dispute=case),
            "appeal": lambda: dispute_decisions.appeal(
                by=person, at=self.at, dispute=case, words=WORDS
            ),
            "withdraw_dispute": lambda: disputes.withdraw(by=person, at=self.at, dispute=case),
        }  # fmt: skip
        self.act(deeds[what], what)

    def away(self, who: int, cover: int, days: int) -> None:
        person, other = self.person(who), self.person(cover)
        today = day_of(self.at, ZONE)
        self.act(
            lambda: absences.plan(
                by=person, at=self.at, person=person, since=today,
                until=today + timedelta(days=days), cover=other,
            ),
            "away",
        )  # fmt: skip

    def back(self, who: int) -> None:
        absence = Absence.objects.filter(ended_at=None).order_by("-pk").first()
        if absence:
            person = self.person(who)
            self.act(lambda: absences.end(by=person, at=self.at, absence=absence), "back")

    def join(self, who: int, one: int, other: int) -> None:
        found = list(Party.objects.order_by("-pk")[:4])
        person = self.likely(who, self.people[2])
        if found:
            first, second = self.of(found, one), self.of(found, other)
            self.act(lambda: parties.join(by=person, at=self.at, one=first, other=second), "join")

    def part(self, who: int) -> None:
        merge = Merge.objects.order_by("-pk").first()
        if merge:
            person = self.likely(who, self.people[2])
            self.act(lambda: parties.part(by=person, at=self.at, merge=merge), "part")

    def extra(self, who: int, number: int, to: int) -> None:
        referral, mentor = self.referral(number), self.person(to)
        person = self.likely(who, self.people[2])
        if referral is not None:
            self.act(
                lambda: extras.give(
                    by=person, at=self.at, referral=referral, person=mentor, role="mentor"
                ),
                "extra",
            )

    def leave(self, who: int) -> None:
        """One of the sellers leaves; the boss divides the draft that comes of it."""
        seller = self.person(who % 2)
        self.act(lambda: departures.leave(by=self.people[3], at=self.at, person=seller), "leave")

    def divide(self, who: int, number: int) -> None:
        """A portfolio is drafted, moved to its end by the worker, or taken back."""
        boss, giver = self.likely(who, self.people[2]), self.person(number % 2)
        branch = self.clients[0].branch
        colleagues = list(team(branch.pk).exclude(pk=giver.pk))
        bulk = BulkHandoff.objects.exclude(state="dropped").order_by("-pk").first()

        def deed() -> None:
            if bulk is None or bulk.state == "undone":
                portfolio.draft(
                    by=boss,
                    at=self.at,
                    giver=giver,
                    branch=branch,
                    to=colleagues,
                )
            elif bulk.state == "draft":
                portfolio_work.work_off(
                    bulk=portfolio.start(by=boss, at=self.at, bulk=bulk), by=boss, at=self.at
                )
            else:
                portfolio_work.work_off(
                    bulk=portfolio.undo(by=boss, at=self.at, bulk=bulk), by=boss, at=self.at
                )

        self.act(deed, "divide")

    def pass_time(self, hours: int) -> None:
        """Time goes by, and what is due is done, twice: the second time finds nothing."""
        self.at += timedelta(hours=hours)
        for _ in range(2):
            for job in (
                claims.expire_due, handoff_answers.expire_due, absences.keep_up,
                dispute_times.run_due, proposals.close_due, bonuses.vest_due, journal.seal_due,
            ):  # fmt: skip
                job(at=self.at)
