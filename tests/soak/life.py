"""What sellers do: they ask, friends are named and say yes."""

from datetime import timedelta

from polecam.actions import (
    asks,
    clients,
    confirmations,
    consents,
    courage,
    goals,
    invitations,
    moments,
    notebook,
    objections,
    recognition,
    referrals,
    skills,
    warmth,
)
from polecam.asking.models import Ask
from polecam.kit.periods import day_of
from polecam.privacy.models import Consent
from polecam.recognition.models import Praise
from polecam.referrals.models import Invitation
from tests.soak.diary import DAY, SOON, Diary, client, nth, referral, who

ZONE = "Europe/Warsaw"


def asking(does: Diary) -> None:
    """Moments, asks, answers: yes, later, no, taken back."""
    does(
        "a moment",
        lambda at: moments.note_moment(
            by=who("Marta"), at=at, client=client(0), kind="praise", on=day_of(at, ZONE)
        ),
    )
    does("a guess", lambda at: courage.guess(by=who("Marta"), at=at, client=client(0), percent=50))
    does(
        "an ask",
        lambda at: asks.record(by=who("Marta"), at=at, client=client(0), key="ask-0"),
        bare=True,
    )
    does(
        "a name",
        lambda at: referrals.capture(
            by=who("Marta"), at=at, client=client(0), first_name="Piotr", key="cap-0", kind="asked",
            ask=nth(Ask.objects.all(), -1),
        ),
        bare=True,
    )  # fmt: skip
    does(
        "how warm",
        lambda at: warmth.set_warmth(by=who("Marta"), at=at, referral=referral(0), warmth="told"),
    )
    does(
        "another ask",
        lambda at: asks.record(by=who("Kamil"), at=at, client=client(3), key="a1"),
        bare=True,
    )
    does(
        "later",
        lambda at: asks.answer(
            by=who("Kamil"), at=at, ask=nth(Ask.objects.all(), -1), outcome="later",
            later_on=day_of(at, ZONE) + 30 * DAY,
        ),
    )  # fmt: skip
    does(
        "a third ask",
        lambda at: asks.record(by=who("Ola"), at=at, client=client(5), key="a2"),
        bare=True,
    )
    does(
        "taken back",
        lambda at: asks.undo(by=who("Ola"), at=at, ask=nth(Ask.objects.all(), -1)),
        SOON,
    )
    does(
        "a page of the notebook",
        lambda at: notebook.write(by=who("Kamil"), at=at, kind="refused", what="Za wcześnie."),
    )
    does("a goal", lambda at: asks.set_goal(by=who("Marta"), at=at, asks=5))
    does("a wish", lambda at: goals.set_money_goal(by=who("Kamil"), at=at, amount_grosze=50_000))
    does(
        "praise",
        lambda at: recognition.praise(
            by=who("Kamil"), at=at, receiver=who("Marta"), text="Brawo za rozmowę"
        ),
    )
    does(
        "a clap",
        lambda at: recognition.clap(by=who("Ola"), at=at, praise=nth(Praise.objects.all(), -1)),
    )
    does(
        "skills",
        lambda at: skills.set_skills(
            by=who("Kamil"), at=at, languages=("de",), needs=("firm",), places="Skawina"
        ),
    )
    does(
        "rests", lambda at: clients.rest_until(
            by=who("Ola"), at=at, client=client(5), until=day_of(at, ZONE) + timedelta(days=40)
        ),
    )  # fmt: skip


FRIENDS = (
    # whose client, friend, number, channels
    (1, "Ewa", "Bielak", "+48602673411", ["phone", "sms"]),
    (3, "Adam", "Nowak", "+48602673412", ["phone"]),
    (4, "Zofia", "Lis", "+48602673413", ["email"]),
    (6, "Rafał", "Mróz", "+48602673414", ["phone"]),
    (2, "Nina", "Krol", "+48602673415", ["phone", "email"]),
)


def friends(does: Diary, most: int = len(FRIENDS)) -> None:
    """Friends are named, take the invitation, say yes and confirm; one says no."""
    does(
        "taken along",
        lambda at: invitations.take(invitation=referral(0).invitation, at=at),
        bare=True,
    )
    _says_yes(does, 0, ("Piotr", "Nowak", "+48601673417", ["phone", "email"]))
    for number, (client_number, first, last, phone, channels) in enumerate(FRIENDS[:most], 1):
        does(
            f"{first} is named",
            lambda at, n=number, c=client_number, f=first: referrals.capture(
                by=client(c).owner, at=at, client=client(c), first_name=f, key=f"cap-{n}",
                kind="spontaneous",
            ),
            bare=True,
        )  # fmt: skip
        _says_yes(does, number, (first, last, phone, channels))
    if most < len(FRIENDS):
        return
    does(
        "one more is named",
        lambda at: referrals.capture(
            by=who("Ola"), at=at, client=client(5), first_name="Karol", key="cap-6",
            kind="spontaneous",
        ),
        bare=True,
    )  # fmt: skip
    does(
        "no, thank you",
        lambda at: objections.decline(invitation=referral(6).invitation, at=at),
        bare=True,
    )
    does(
        "named by mistake",
        lambda at: referrals.capture(
            by=who("Ola"), at=at, client=client(5), first_name="Ktoś", key="cap-7",
            kind="spontaneous",
        ),
        bare=True,
    )  # fmt: skip
    does("undone", lambda at: referrals.undo(by=who("Ola"), at=at, referral=referral(7)), SOON)
    does(
        "a link for many",
        lambda at: invitations.make(by=who("Ola"), at=at, client=client(5), reusable=True),
    )
    does(
        "through the link",
        lambda at: _answers(nth(Invitation.objects.all(), -1), at, "wide"),
        bare=True,
    )


def _answers(invitation: Invitation, at, key: str) -> object:
    return consents.consent(
        invitation=invitation, at=at, first_name="Iga", last_name="Wrona", phone="+48602673499",
        channels=["phone"], key=key,
    )  # fmt: skip


def _says_yes(does: Diary, number: int, said: tuple[str, str, str, list[str]]) -> None:
    first, last, phone, channels = said
    does(
        f"{first} says yes",
        lambda at: consents.consent(
            invitation=referral(number).invitation, at=at, first_name=first, last_name=last,
            phone=phone, email=f"{last}@poczta.example".lower(), channels=channels,
            preferred=channels[0], may_tell=True, key=f"yes-{number}",
        ),
        bare=True,
    )  # fmt: skip
    does(f"{first} confirms", lambda at: _confirm_all(number, at), bare=True)


def _confirm_all(number: int, at) -> None:
    """Every link that was sent is opened; again, where the answer was lost."""
    for consent in Consent.objects.filter(referral=referral(number).public_id).order_by("pk"):
        if consent.confirmed_at is None:
            confirmations.confirm(consent=consent, at=at)
