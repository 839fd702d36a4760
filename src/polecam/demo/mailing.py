"""The outbox of the demo: words of the firm's own, and three messages for the admin to look at."""

from datetime import datetime, timedelta

from polecam.actions import bounces, outbox, templates
from polecam.demo.found import World
from polecam.demo.people import ADMIN
from polecam.messages import words
from polecam.messages.mail import message_id
from polecam.messages.models import Medium, Message, MessageState
from polecam.messages.outbox import Letter, write
from polecam.messages.texts import CONFIRMED, MEETING
from polecam.messages.texts_staff import STATEMENT

AGO = timedelta(minutes=10)
"""Longer than a lease: whoever was sending then has died."""
OWN = (
    "Dzień dobry,\n\n"
    "{seller} zapisuje, że udało się porozmawiać. Jeśli tak było, można to potwierdzić jednym "
    "dotknięciem na własnej stronie; jeśli nie, nie trzeba nic robić.\n\n"
    "{own}\n\n"
    "{firm}, Oddział Podgórze"
)
NOTICE = """\
From: MAILER-DAEMON@poczta.example
Subject: Undelivered Mail Returned to Sender
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; poczta.example

Final-Recipient: rfc822; {to}
Action: failed
Status: 5.1.1

--b
Content-Type: text/rfc822-headers

Message-ID: {ident}

--b--
"""


def looked_after(world: World, *, at: datetime) -> None:
    """Ada says a message in her own words; two messages came back; of one nobody knows."""
    ada = world.people[ADMIN.first]
    templates.write(
        by=ada,
        at=at - AGO,
        kind=MEETING,
        medium=Medium.EMAIL,
        language="pl",
        subject="Czy udało się porozmawiać?",
        body=OWN,
    )
    sent = Message.objects.filter(state=MessageState.SENT, kind=CONFIRMED).order_by("-id")
    letter = sent.filter(medium=Medium.EMAIL).first()
    if letter is not None:
        raw = NOTICE.format(to=letter.to, ident=message_id(letter.public_id))
        bounces.told_by_mail(at=at, raw=raw.encode())
    text = sent.filter(medium=Medium.SMS).first()
    if text is not None:
        told = bounces.Told("", text.public_id, "UNDELIVERED")
        bounces.told_by_gateway(at=at, told=[told])
    _left_in_the_middle(world, at=at - AGO)


def _left_in_the_middle(world: World, *, at: datetime) -> None:
    """A letter to Marta that was being handed over when the machine went down."""
    marta = world.people["Marta"]
    subject, body = words.house(STATEMENT, Medium.EMAIL, marta.language)
    letter = Letter(
        kind=STATEMENT,
        to=marta.email,
        subject=subject,
        body=words.filled(body, {"url": "/statements/"}),
        language=marta.language,
        person=marta,
    )
    taken = outbox.take(message=write(letter, event=None, at=at), at=at)
    if taken is not None:
        outbox.hand(message=taken, at=at)
