"""The other half of the life: money, disputes, clients who speak, the officer, the nights."""

from polecam.actions import (
    client_consents,
    clients,
    closing,
    dispute_decisions,
    disputes,
    effort,
    erasure,
    matches,
    officer,
    officer_deeds,
    own_words,
    parties,
    paying,
    person_requests,
    plan_acknowledgements,
    plan_drafts,
    plan_publishing,
    pool,
    pulse,
    rewards,
    roots,
    sales,
    setup,
    survey_answers,
    survey_rounds,
    surveys,
    thanks,
)
from polecam.bonuses.models import PlanVersion
from polecam.bonuses.pool import ledger as pool_ledger
from polecam.claims.models import Dispute
from polecam.kit.periods import day_of
from polecam.parties.models import Merge
from polecam.privacy.models import PersonRequest
from polecam.sales.models import Complaint, Sale
from polecam.surveys.models import Pulse, Survey
from polecam.thanks.models import Thanks
from tests.soak.diary import Diary, branch, client, nth, referral, who

ZONE = "Europe/Warsaw"
WORDS = "Dziennik pokazuje, kto pierwszy zadzwonił i kto był na spotkaniu."


def the_plan(does: Diary) -> None:
    """The boss writes a plan, payroll looks at it, sellers read it. Nothing is left to chance."""
    for key in ("pulse_bp",):
        does(
            key,
            lambda at, k=key: setup.set_setting(
                by=who("Ada"), at=at, key=k, value=10_000, branch=branch(), why="Próba"
            ),
        )
    does(
        "a plan",
        lambda at: plan_drafts.start(
            by=who("Tomasz"), at=at, branch=branch(), name="Premia", template="bank", valid_from=at
        ),
    )
    does("submitted", lambda at: plan_publishing.submit(by=who("Tomasz"), at=at, version=_plan()))
    does("approved", lambda at: plan_publishing.approve(by=who("Roman"), at=at, version=_plan()))
    for first in ("Marta", "Kamil"):
        does(
            f"{first} reads the plan",
            lambda at, f=first: plan_acknowledgements.acknowledge(
                by=who(f), at=at, version=_plan()
            ),
        )


def _plan() -> PlanVersion:
    return nth(PlanVersion.objects.all(), 0)


def clients_speak(does: Diary) -> None:
    """Surveys, pulses, thanks, rewards."""
    for number in (0, 2, 5):
        does(
            f"client {number} may be asked",
            lambda at, n=number: client_consents.give(
                client=client(n), channel="email", purpose="survey", wording_code="",
                source=client_consents.IMPORT, at=at, by=who("Ada"),
            ),
        )  # fmt: skip
    does("a survey", lambda at: surveys.ask(by=who("Marta"), at=at, client=client(2), way="email"))
    does(
        "its answer",
        lambda at: survey_answers.answer(survey=nth(Survey.objects.all(), 0), at=at, score=10),
        bare=True,
    )
    does(
        "what helped",
        lambda at: survey_answers.tell_what_helped(
            survey=nth(Survey.objects.all(), 0), at=at, helped="clear"
        ),
        bare=True,
    )
    does(
        "a round",
        lambda at: survey_rounds.begin(by=who("Tomasz"), at=at, branch=branch(), wanted=5),
    )
    does("a pulse is answered", _answer_pulses, bare=True)
    does(
        "rewards on",
        lambda at: setup.set_setting(
            by=who("Ada"), at=at, key="rewards", value=True, branch=branch(), why="Próba"
        ),
    )
    does(
        "their budget",
        lambda at: rewards.set_budget(
            by=who("Ada"), at=at, branch=branch(), year=at.year, grosze=100_000
        ),
    )
    does(
        "a reward",
        lambda at: rewards.add_preset(by=who("Ada"), at=at, code="both", branch=branch()),
    )
    does(
        "thanks",
        lambda at: thanks.give(
            by=who("Marta"), at=at, way="words",
            thanks=nth(Thanks.objects.filter(seller=who("Marta")), 0),
        ),
    )  # fmt: skip


def _answer_pulses(at) -> None:
    for asked in Pulse.objects.filter(answered_at=None, expires_at__gt=at).order_by("pk"):
        pulse.answer(pulse=asked, at=at, free=True)


def disputed(does: Diary) -> None:
    """Kamil finds that he brought a friend, too; the boss decides, Kamil accepts."""
    does(
        "a dispute",
        lambda at: disputes.raise_dispute(
            by=who("Kamil"), at=at, referral=referral(1), reason="worked", claimed_bp=8_000,
            note="Rozmowa zaczęła się u mnie.",
        ),
    )  # fmt: skip
    does(
        "words of Marta",
        lambda at: disputes.state(by=who("Marta"), at=at, dispute=_case(), words=WORDS),
    )
    does(
        "decided",
        lambda at: dispute_decisions.decide(
            by=_case().decider, at=at, dispute=_case(), outcome="partly", rule="work", words=WORDS,
            granted_bp=1_500,
        ),
    )  # fmt: skip
    for first in ("Kamil", "Marta"):
        does(
            f"{first} accepts",
            lambda at, f=first: dispute_decisions.accept(by=who(f), at=at, dispute=_case()),
        )


def _case() -> Dispute:
    return nth(Dispute.objects.all(), -1)


def paid(does: Diary, month: str) -> None:
    """Payroll closes a month with two people, and pays."""
    does(f"{month} published", lambda at: closing.publish(by=who("Roman"), at=at, month=month))
    does(f"{month} asked", lambda at: closing.ask(by=who("Roman"), at=at, month=month))
    does(f"{month} closed", lambda at: closing.close(by=who("Ada"), at=at, month=month))
    does(f"{month} paid", lambda at: paying.pay(by=who("Roman"), at=at, month=month))


def complaints(does: Diary) -> None:
    """A sale is complained of, another one taken back."""
    does(
        "a complaint",
        lambda at: sales.record_complaint(
            by=who("Tomasz"), at=at, sale=nth(Sale.objects.all(), 0), ground="service"
        ),
    )
    does(
        "not upheld",
        lambda at: sales.decide_complaint(
            by=who("Tomasz"), at=at, complaint=nth(Complaint.objects.all(), 0), upheld=False,
            decision="Rozmowa była zgodna z zasadami.",
        ),
    )  # fmt: skip
    does(
        "void",
        lambda at: sales.void(
            by=who("Tomasz"), at=at, sale=nth(Sale.objects.all(), 1), reason="cancelled"
        ),
    )


def the_pool(does: Diary) -> None:
    """What is left over is shared out."""
    does(
        "shared out",
        lambda at: (
            pool.share_out(
                by=who("Tomasz"), at=at, branch=branch(), amount_grosze=_held(), seen_grosze=_held()
            )
            if _held()
            else None
        ),
    )


def _held() -> int:
    return pool_ledger.balance(branch().pk)


def the_law(does: Diary) -> None:
    """Requests of persons, an erasure, two records of one person."""
    does(
        "a request",
        lambda at: person_requests.note(
            by=who("Irena"), at=at, kind="access", party=client(2).party, came="email",
            received_on=day_of(at, ZONE),
        ),
    )  # fmt: skip
    does(
        "looked into",
        lambda at: officer.open_person(
            by=who("Irena"), at=at, party=client(2).party, reason="access"
        ),
    )
    does("exported", lambda at: officer.export(by=who("Irena"), at=at, party=client(2).party))
    does(
        "answered",
        lambda at: person_requests.finish(
            by=who("Irena"), at=at, request=nth(PersonRequest.objects.all(), 0), outcome="done"
        ),
    )
    does(
        "corrected",
        lambda at: officer_deeds.correct(
            by=who("Irena"), at=at, party=client(4).party, first_name="Olga", last_name="Lisowska"
        ),
    )
    does("erased", lambda at: erasure.erase(by=who("Irena"), at=at, party=referral(2).party))
    does(
        "objected",
        lambda at: officer_deeds.objection(by=who("Irena"), at=at, party=client(3).party),
    )
    does(
        "one person",
        lambda at: parties.join(
            by=who("Tomasz"), at=at, one=client(0).party, other=client(1).party
        ),
    )
    does(
        "two persons",
        lambda at: matches.part(by=who("Tomasz"), at=at, merge=nth(Merge.objects.all(), 0)),
    )
    does("never again", lambda at: clients.never_ask(by=who("Marta"), at=at, client=client(1)))
    does(
        "roots outside",
        lambda at: roots.keep_outside(by=who("Ada"), at=at, email="audit@x.example", language="pl"),
    )
    does(
        "an hour",
        lambda at: effort.log_time(by=who("Marta"), at=at, source="referral", minutes=60),
    )
    does(
        "own words",
        lambda at: own_words.write(
            by=who("Marta"), at=at, kind="praise", language="pl", text="Mam do Pana prośbę.",
            exit_line="Można odmówić.",
        ),
    )  # fmt: skip


def quiet_days(does: Diary, first: int, last: int) -> None:
    """Days on which only the worker works."""
    for number in range(first, last):
        does.day(number)
        does(f"day {number}", lambda at: None)
