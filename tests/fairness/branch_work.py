"""The same small branch at its daily work: asking, friends who answer, meetings, sales."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

from django.apps import apps
from django.db import transaction

from polecam.actions import (
    asks,
    meetings,
    privacy,
    referrals,
    referrals_work,
    sales,
)
from polecam.claims import queries as claim_queries
from polecam.claims.models import (
    OPEN_HANDOFFS,
    RUNNING_DISPUTES,
    BulkHandoff,
    Claim,
    Dispute,
    Handoff,
    ShareProposal,
)
from polecam.clients.models import Client
from polecam.kit.errors import Refused
from polecam.kit.periods import day_of
from polecam.parties.models import Merge
from polecam.people.models import Absence, Person
from polecam.privacy.models import Consent
from polecam.referrals import states
from polecam.referrals.models import Kind, Meeting, Referral
from polecam.sales.models import Sale

ZONE = "Europe/Warsaw"
HOUR = timedelta(hours=1)
PHONES = ("+48601673417", "+48602673418")
NAMES = (("Piotr", "Nowak"), ("Ewa", "Lis"))
WORDS = "The journal shows who called first and who met the friend."
WATCHED = tuple(
    apps.get_model(label)
    for label in (
        "journal.Event", "referrals.Referral", "referrals.Meeting", "referrals.Contact",
        "referrals.Grant", "claims.Claim", "claims.CreditShare", "claims.Handoff",
        "claims.ShareProposal", "claims.ProposedShare", "claims.Dispute", "claims.DisputeDecision",
        "claims.Extra", "claims.Receipt", "people.Absence", "parties.Party", "parties.Merge",
        "privacy.Consent", "sales.Sale", "bonuses.CreditedFact", "bonuses.Line", "bonuses.Entry",
        "bonuses.Suspense", "asking.Ask",
    )
)  # fmt: skip
"""What an act may write; a refused one writes none of it."""


def picture() -> list[list[tuple]]:
    """Every row an act might have written."""
    return [list(model.objects.order_by("pk").values_list()) for model in WATCHED]


class Work:
    """The branch on one day; `act` tries something and says whether it was done."""

    def __init__(self, people: list[Person], clients: list[Client], at: datetime) -> None:
        self.people, self.clients, self.at = people, clients, at
        self.sellers = [person.pk for person in people[:2]]
        self.keys = 0
        self.done: dict[str, int] = {}
        self.sent: dict[str, tuple[Person, dict]] = {}
        """Every capture that was done, by its key, as it was sent."""

    def act(self, deed: Callable[[], object], name: str) -> bool:
        """Try `deed`; whether it was done. What is refused is rolled back by its own action."""
        try:
            with transaction.atomic():
                deed()
        except Refused:
            return False
        self.done[name] = self.done.get(name, 0) + 1
        return True

    # --- who and what -------------------------------------------------------------------

    def person(self, number: int) -> Person:
        return Person.objects.get(pk=self.people[number % len(self.people)].pk)

    def likely(self, who: int, right: Person | None) -> Person:
        """Mostly whoever may do it; now and then somebody who may not."""
        return self.person(who) if right is None or who == len(self.people) - 1 else right

    def holder(self, referral: Referral | None) -> Person | None:
        claim = claim_queries.active(referral, at=self.at) if referral else None
        return claim.holder if claim else None

    @staticmethod
    def of(rows: list, number: int):
        return rows[number % len(rows)] if rows else None

    def referral(self, number: int) -> Referral | None:
        return self.of(list(Referral.objects.order_by("-pk")[:4]), number)

    def possible(self) -> list[str]:
        """Names of the acts that could come to something now, likelier ones more than once."""
        claims_now = Claim.objects.filter(ended_at=None, until__gt=self.at).exists()
        meeting = Meeting.objects.order_by("-pk").first()
        sale = Sale.objects.order_by("-pk").first()
        running = {
            "consent": 3 * Referral.objects.filter(state__in=states.WAITING).exists(),
            "work": 2 * claims_now,
            "offer": 3 * claims_now,
            "propose": 2 * claims_now,
            "dispute": 2 * claims_now,
            "extra": claims_now,
            "away": claims_now,
            "settle": 3 * bool((meeting and not meeting.confirmed_at) or sale),
            "answer_offer": 5 * Handoff.objects.filter(state__in=OPEN_HANDOFFS).exists(),
            "answer_proposal": 4 * ShareProposal.objects.filter(state="open").exists(),
            "of_dispute": 5 * Dispute.objects.filter(state__in=RUNNING_DISPUTES).exists(),
            "back": Absence.objects.filter(ended_at=None).exists(),
            "divide": 3 * BulkHandoff.objects.filter(state__in=("draft", "done")).exists(),
            "part": Merge.objects.filter(undone_at=None).exists(),
        }
        always = ["capture", "capture_again", "ask", "join", "pass_time", "pass_time", "divide"]
        if all(person.is_active for person in Person.objects.filter(pk__in=self.sellers)):
            always.append("leave")  # once: somebody must be left to take over
        return always + [name for name, weight in running.items() for _ in range(weight)]

    def begin(self) -> None:
        """Two friends have said yes: one to the whole branch, one to Kamil alone; one is shared."""
        self.capture(1, 0)
        self.capture(1, 2)
        self.consent(0, 0, names_branch=True)
        self.consent(1, 1, names_branch=False)

    # --- acts ---------------------------------------------------------------------------

    def ask(self, who: int, client: int) -> None:
        self.keys += 1
        person, key = self.person(who), f"ask-{self.keys}"
        owned = Client.objects.get(pk=self.clients[client % len(self.clients)].pk)
        self.act(lambda: asks.record(by=person, at=self.at, client=owned, key=key), "ask")

    def capture(self, who: int, client: int) -> None:
        self.keys += 1
        person, key = self.person(who), f"capture-{self.keys}"
        sent = {
            "client": self.clients[client % len(self.clients)],
            "first_name": NAMES[self.keys % 2][0],
            "kind": Kind.SPONTANEOUS,
        }
        if self.act(lambda: referrals.capture(by=person, at=self.at, key=key, **sent), "capture"):
            self.sent[key] = (person, sent)

    def capture_again(self, number: int, *, other: bool) -> None:
        """Invariants 3 and 20: the same form once more, or the same key with another name."""
        key = self.of(sorted(self.sent), number)
        if key is None:
            return
        person, sent = self.sent[key]
        again = sent | ({"first_name": "Inny"} if other else {})
        before = picture()
        refused = False
        with suppress(Refused), transaction.atomic():
            refused = True
            referrals.capture(by=person, at=self.at, key=key, **again)
            refused = False
        assert refused == other
        assert picture() == before

    def consent(self, number: int, friend: int, *, names_branch: bool) -> None:
        """A friend says yes by a number that others may bring, too, and opens the link."""
        referral = self.referral(number)
        if referral is None or referral.invitation is None:
            return
        first, last = NAMES[friend % 2]

        def deed() -> None:
            found = privacy.consent(
                invitation=referral.invitation,
                at=self.at,
                first_name=first,
                last_name=last,
                phone=PHONES[friend % 2],
                channels=["phone"],
            )
            if found is None:
                return
            if names_branch:
                Consent.objects.filter(referral=found.public_id).update(names_branch=True)
            for waiting in privacy.waiting(found):
                privacy.confirm(consent=waiting, at=self.at)

        self.act(deed, "consent")

    def work(self, who: int, number: int, what: str) -> None:
        referral = self.referral(number)
        if referral is None:
            return
        person = self.likely(who, self.holder(referral))
        deeds: dict[str, Callable[[], object]] = {
            "reach": lambda: referrals_work.log_contact(
                by=person, at=self.at, referral=referral, channel="phone", result="reached"
            ),
            "meet": lambda: referrals_work.set_meeting(
                by=person, at=self.at, referral=referral, meeting_at=self.at - HOUR
            ),
            "lose": lambda: referrals_work.lose(
                by=person, at=self.at, referral=referral, reason="not_now"
            ),
            "sell": lambda: sales.report(
                by=person,
                at=self.at,
                referral=referral,
                value_grosze=9_000_001,
                margin_grosze=436_007,
                sold_on=day_of(self.at, ZONE),
            ),
        }
        self.act(deeds[what], what)

    def settle(self, who: int, number: int, what: str) -> None:
        """Meetings and sales are said to have been, confirmed, or taken back."""
        boss = self.people[2] if "confirm" in what or what == "void_sale" else None
        meeting = self.of(list(Meeting.objects.order_by("-pk")[:2]), number)
        sale = self.of(list(Sale.objects.order_by("-pk")[:2]), number)
        person = self.likely(who, boss or (self.holder(meeting.referral) if meeting else None))
        if meeting and what == "hold":
            self.act(
                lambda: referrals_work.hold_meeting(by=person, at=self.at, meeting=meeting), what
            )
        elif meeting and what == "miss":
            self.act(
                lambda: referrals_work.miss_meeting(by=person, at=self.at, meeting=meeting), what
            )
        elif meeting and what == "confirm_meeting":
            self.act(lambda: meetings.confirm(by=person, at=self.at, meeting=meeting), what)
        elif sale and what == "confirm_sale":
            self.act(lambda: sales.confirm(by=person, at=self.at, sale=sale), what)
        elif sale and what == "void_sale":
            self.act(lambda: sales.void(by=person, at=self.at, sale=sale, reason="mistake"), what)
