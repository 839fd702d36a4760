"""Six months of a branch, told through the actions: asks, answers, friends, talks, sales."""

import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from polecam.actions import (
    asks,
    invitations,
    meetings,
    moments,
    privacy,
    recognition,
    referrals,
    referrals_work,
    sales,
)
from polecam.actions.warmth import set_warmth
from polecam.asking.models import Moment
from polecam.clients.models import Client
from polecam.demo import guessing, names, rates, sharing
from polecam.demo.agenda import Agenda
from polecam.demo.cards import may_tell
from polecam.demo.people import Colleague
from polecam.demo.rates import later
from polecam.demo.saying import Saying
from polecam.people.models import Person
from polecam.referrals.models import Invitation, Meeting, Referral
from polecam.referrals.queries import meetings_to_confirm
from polecam.sales.models import Sale

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@dataclass
class Seller:
    """A seller of the story: who they are, how they ask, whom they may ask."""

    person: Person
    ways: Colleague
    clients: list[Client]


class Story:
    """Plans deeds on the agenda; each deed is one action and may plan the next."""

    def __init__(
        self, rng: random.Random, agenda: Agenda, boss: Person, admin: Person, sellers: list[Seller]
    ) -> None:
        self.rng, self.agenda, self.saying = rng, agenda, Saying()
        self.boss, self.admin, self.sellers = boss, admin, sellers
        self.asked: dict[int, datetime] = {}
        self.friends = 0

    # --- a day ------------------------------------------------------------------------

    def plan_day(self, day: date, morning: datetime, *, quiet: frozenset[int]) -> None:
        """Plan a working day that begins at `morning`; clients in `quiet` are left alone."""
        for seller in self.sellers:
            if self.rng.random() < seller.ways.asks_a_week / 5:
                client = self.rng.choice(seller.clients)
                rested = self.asked.get(client.pk)
                if client.pk not in quiet and (rested is None or morning - rested > 120 * DAY):
                    self.asked[client.pk] = morning
                    moment_at = later(self.rng, morning, -20 * HOUR, -15 * HOUR)
                    self.agenda.plan(moment_at, partial(self.moment, seller, client, day))
        if self.rng.random() < 0.35:
            self.agenda.plan(later(self.rng, morning, 4 * HOUR, 8 * HOUR), self.praise)
        self.agenda.plan(morning + HOUR / 2, self.boss_confirms)

    def moment(self, seller: Seller, client: Client, day: date, at: datetime) -> None:
        """Something good happens to a client; the next day the seller asks."""
        kind = rates.moment_kind(self.rng)
        moment = moments.note_moment(
            by=seller.person,
            at=at,
            client=client,
            kind=kind,
            on=day - DAY,
            rating=self.rng.choice((9, 10)) if kind == "high_rating" else None,
        )
        ask_at = later(self.rng, at, 17 * HOUR, 25 * HOUR)
        self.agenda.plan(ask_at, partial(self.ask, seller, client, moment))

    def ask(self, seller: Seller, client: Client, moment: Moment, at: datetime) -> None:
        """The seller asks and records the answer within minutes."""
        guessing.before_ask(seller.person, client, at=at)
        said = self.saying.words(seller.person, client, moment, at.date())
        chance = 0.43 * seller.ways.warmth * rates.MOMENTS[moment.kind][1] * said.factor
        outcome = rates.outcome(self.rng, chance)
        ask = said.ask(seller.person, client, moment, self._key(), at=at)
        at += timedelta(minutes=2)
        if outcome == "names":
            first, _, _ = names.person(self.rng)
            referral = referrals.capture(
                by=seller.person,
                at=at,
                client=client,
                first_name=first,
                need=self.rng.choice(rates.NEEDS),
                ask=ask,
                key=self._key(),
                kind="asked",
            )
            warmth = self.rng.choice(tuple(rates.COMES))
            set_warmth(by=seller.person, at=at, referral=referral, warmth=warmth)
            invitation: Invitation | None = referral.invitation
        elif outcome == "pass_on":
            asks.answer(by=seller.person, at=at, ask=ask, outcome=outcome)
            invitation = invitations.make(
                by=seller.person,
                at=at,
                client=client,
                ask=ask,
                reusable=True,
                shown_by_seller=False,
                language="pl",
            )
        else:
            due = (at + 30 * DAY).date() if outcome == "later" else None
            asks.answer(by=seller.person, at=at, ask=ask, outcome=outcome, later_on=due)
            if due:
                again = later(self.rng, at + 30 * DAY, DAY / 12, DAY / 8)
                self.agenda.plan(again, partial(self.ask, seller, client, moment))
            invitation = None
        if invitation and self.rng.random() < 0.94:
            taken_at = later(self.rng, at, HOUR / 10, 9 * HOUR)
            self.agenda.plan(taken_at, partial(self.take, seller, invitation))

    # --- the friend ---------------------------------------------------------------------

    def take(self, seller: Seller, invitation: Invitation, at: datetime) -> None:
        """The client takes the invitation along; the friend answers within days, or never."""
        invitations.take(invitation=invitation, at=at)
        draw = self.rng.random()
        answer_at = later(self.rng, at, HOUR, 6 * DAY)
        if draw < rates.CONSENTS:
            self.agenda.plan(answer_at, partial(self.consent, seller, invitation))
        elif draw < rates.CONSENTS + 0.1:
            self.agenda.plan(answer_at, partial(self.decline, invitation))

    def decline(self, invitation: Invitation, at: datetime) -> None:
        """The friend says no, thank you."""
        privacy.decline(invitation=invitation, at=at)

    def consent(self, seller: Seller, invitation: Invitation, at: datetime) -> None:
        """The friend fills in the page and confirms by the link a few minutes later."""
        self.friends += 1
        first, last, _ = names.person(self.rng)
        known = Referral.objects.filter(invitation=invitation, party__isnull=False).first()
        if known and known.party and not invitation.reusable:
            first = known.party.first_name
            last = names.surname(self.rng, first)
        by_phone = self.rng.random() < 0.7
        referral = privacy.consent(
            invitation=invitation,
            at=at,
            first_name=first,
            last_name=last,
            phone=names.phone(500_000 + self.friends) if by_phone else "",
            email="" if by_phone else f"friend{self.friends}@przyklad.example",
            channels=["phone", "sms"] if by_phone else ["email"],
            preferred="phone" if by_phone else "email",
            other_offers=self.rng.random() < 0.2,
            may_tell=may_tell(invitation),
            day=(at + DAY).date(),
            time=self.rng.choice(("9-12", "12-16", "16-19")),
        )
        if referral and self.rng.random() < 0.96:
            at = later(self.rng, at, HOUR / 20, HOUR / 3)
            self.agenda.plan(at, partial(self.confirm, seller, referral, by_phone))

    def confirm(self, seller: Seller, referral: Referral, by_phone: bool, at: datetime) -> None:
        """The confirmation link comes back; the seller gets in touch the next day."""
        for consent in privacy.waiting(referral):
            privacy.confirm(consent=consent, at=at)
        channel = "phone" if by_phone else "email"
        if sharing.is_time(self, seller):
            sharing.hand_on(self, seller, referral, channel, at)
            return
        call_at = later(self.rng, at, 15 * HOUR, 40 * HOUR)
        self.agenda.plan(call_at, partial(self.contact, seller, referral, channel, 1))

    # --- the seller's work ----------------------------------------------------------------

    def contact(
        self, seller: Seller, referral: Referral, channel: str, attempt: int, at: datetime
    ) -> None:
        """A call or a mail; after no answer another one, three at most."""
        referral.refresh_from_db()
        if referral.second:
            return
        reached = self.rng.random() < 0.75
        referrals_work.log_contact(
            by=seller.person,
            at=at,
            referral=referral,
            channel=channel,
            result="reached" if reached else "no_answer",
        )
        if not reached and attempt < 3:
            again = partial(self.contact, seller, referral, channel, attempt + 1)
            self.agenda.plan(later(self.rng, at, DAY, 2 * DAY), again)
        elif reached and self.rng.random() < rates.TALKS_HELD + 0.12:
            meeting_at = later(self.rng, at, 2 * DAY, 6 * DAY).replace(minute=0, second=0)
            self.agenda.plan(
                at + HOUR / 30, partial(self.set_meeting, seller, referral, meeting_at)
            )
        elif reached and self.rng.random() < 0.5:
            self.agenda.plan(at + HOUR / 30, partial(self.lose, seller, referral, "not_now"))

    def set_meeting(
        self, seller: Seller, referral: Referral, meeting_at: datetime, at: datetime
    ) -> None:
        """A meeting is arranged; most take place, more of those that were reminded of."""
        meeting = referrals_work.set_meeting(
            by=seller.person, at=at, referral=referral, meeting_at=meeting_at
        )
        self.agenda.plan(meeting_at + HOUR, partial(self.meet, seller, referral, meeting))

    def meet(self, seller: Seller, referral: Referral, meeting: Meeting, at: datetime) -> None:
        """The hour of the meeting: a warm recommendation and a reminder help."""
        meeting.refresh_from_db()
        comes = rates.COMES[referral.warmth] + (rates.REMINDED if meeting.reminded_at else 0)
        deed = self.hold if self.rng.random() < comes else self.miss
        deed(seller, referral, meeting, at)

    def miss(self, seller: Seller, referral: Referral, meeting: Meeting, at: datetime) -> None:
        """The friend did not come."""
        referrals_work.miss_meeting(by=seller.person, at=at, meeting=meeting)

    def hold(self, seller: Seller, referral: Referral, meeting: Meeting, at: datetime) -> None:
        """The meeting took place; some buy within weeks."""
        referrals_work.hold_meeting(by=seller.person, at=at, meeting=meeting)
        if self.rng.random() < rates.BUYS:
            sold_at = later(self.rng, at, 2 * DAY, 18 * DAY)
            self.agenda.plan(sold_at, partial(self.sell, seller, referral))
        elif self.rng.random() < 0.7:
            self.agenda.plan(at + 3 * DAY, partial(self.lose, seller, referral, "other_firm"))

    def lose(self, seller: Seller, referral: Referral, reason: str, at: datetime) -> None:
        """Nothing comes of it; nobody's fault."""
        referrals_work.lose(by=seller.person, at=at, referral=referral, reason=reason)

    def sell(self, seller: Seller, referral: Referral, at: datetime) -> None:
        """The friend becomes a client; the boss confirms within days."""
        low, high = rates.MARGIN_ZL
        number = f"U/{at.year}/{4000 + self.friends}-{referral.pk}"
        sale = sales.report(
            by=seller.person,
            at=at,
            referral=referral,
            value_grosze=self.rng.randrange(*rates.SALE_VALUE_ZL) * 100,
            margin_grosze=self.rng.randrange(low, high) * 100 + self.rng.randrange(100),
            contract=number,
            sold_on=at.date(),
        )
        self.agenda.plan(later(self.rng, at, DAY, 3 * DAY), partial(self.confirm_sale, sale))

    # --- the boss and the team --------------------------------------------------------------

    def confirm_sale(self, sale: Sale, at: datetime) -> None:
        """The boss confirms (the admin, what the boss sold); one in forty gets a complaint."""
        own = sale.seller_id == self.boss.pk
        sales.confirm(by=self.admin if own else self.boss, at=at, sale=sale)
        if not own and self.rng.random() < 0.025:
            self.agenda.plan(at + 6 * DAY, partial(self.complain, sale))

    def complain(self, sale: Sale, at: datetime) -> None:
        """A complaint is recorded and decided a week later."""
        complaint = sales.record_complaint(by=self.boss, at=at, sale=sale, ground="misinformed")
        upheld = self.rng.random() < 0.5
        decide = partial(
            sales.decide_complaint,
            by=self.boss,
            complaint=complaint,
            upheld=upheld,
            decision=rates.DECISIONS[upheld],
        )
        self.agenda.plan(at + 7 * DAY, decide)

    def boss_confirms(self, at: datetime) -> None:
        """Each morning: the meetings of before yesterday; the boss's own by the admin."""
        for person in (self.boss, self.admin):
            for meeting in meetings_to_confirm(person).filter(held_at__lt=at - DAY)[:20]:
                meetings.confirm(by=person, at=at, meeting=meeting)

    def praise(self, at: datetime) -> None:
        """Someone praises a colleague; others join."""
        people = [self.boss, *(s.person for s in self.sellers if s.ways.in_feed)]
        giver, receiver, *others = self.rng.sample(people, 6)
        praise = recognition.praise(
            by=giver, at=at, receiver=receiver, text=self.rng.choice(rates.PRAISES)
        )
        for other in others[: self.rng.randrange(4)]:
            recognition.clap(by=other, at=at + HOUR, praise=praise)

    def _key(self) -> str:
        return f"{self.rng.getrandbits(128):032x}"
