"""Moments told by e-mail: once, from the right address, and nothing of the message stays."""

from email.message import EmailMessage

import pytest

from polecam.actions import inlets
from polecam.asking import inlet_mail
from polecam.asking.models import Inlet, Moment
from polecam.cli import mailing_in
from polecam.journal.models import Event


@pytest.fixture
def mailbox(ada, branch, at, catalogue) -> tuple[Inlet, str]:
    """An address of the whole firm, and its token."""
    return inlets.make(by=ada, at=at, kind="email", name="Skrzynka", branch=None)


def letter(token, subject="K-1: Kredyt wypłacony", body="", **more) -> bytes:
    message = EmailMessage()
    message["From"] = "system@firma.example"
    message["To"] = f"Momenty <polecam+{token}@firma.example>"
    message["Message-ID"] = "<1@firma.example>"
    message["Subject"] = subject
    for name, value in more.items():
        del message[name.replace("_", "-")]
        if value:
            message[name.replace("_", "-")] = value
    message.set_content(body)
    return message.as_bytes()


def test_a_message_becomes_a_moment_once_and_nothing_of_it_stays(mailbox, numbered):
    raw = letter(mailbox[1], body="Klientka jest bardzo zadowolona.")
    assert mailing_in.hear(raw) == 0
    assert mailing_in.hear(raw) == 0
    moment = Moment.objects.get()
    assert (moment.client, moment.kind, moment.source) == (numbered, "loan_disbursed", "email")
    assert moment.note == ""
    kept = str(list(Moment.objects.values())) + str(list(Event.objects.values()))
    assert "zadowolona" not in kept
    assert "1@firma.example" not in kept


def test_the_first_line_serves_where_the_subject_says_nothing(mailbox, numbered):
    body = "\n  K-1: praise\nreszta listu"
    assert mailing_in.hear(letter(mailbox[1], subject="Zgłoszenie", body=body)) == 0
    assert Moment.objects.get().kind == "praise"


def test_a_forwarded_subject_is_read_and_the_envelope_goes_first(mailbox, numbered):
    raw = letter(mailbox[1], subject="Fwd: Odp: K-1: praise", To="biuro@firma.example")
    assert mailing_in.hear(raw) == 67
    assert mailing_in.hear(raw, f"polecam+{mailbox[1].upper()}@firma.example") == 0
    assert Moment.objects.count() == 1


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"To": "polecam@firma.example"}, 67),
        ({"To": f"polecam+{'0' * 32}@firma.example"}, 67),
        ({"Message_ID": ""}, 65),
        ({"subject": "dzień dobry", "body": "proszę o kontakt"}, 65),
        ({"subject": "K-1: pogoda"}, 65),
        ({"subject": "K-1: claim_paid"}, 65),
        ({"Auto_Submitted": "auto-replied"}, 0),
        ({"subject": "K-404: praise"}, 0),
    ],
)
def test_what_is_no_moment(mailbox, numbered, more, code, capsys):
    assert mailing_in.hear(letter(mailbox[1], **more)) == code
    assert not Moment.objects.exists()
    assert "K-1" not in capsys.readouterr().err, "nothing of the message is printed"


def test_damaged_and_oversized_messages(mailbox, numbered):
    token = mailbox[1].encode()
    head = b"To: a+" + token + b"@b.example\nMessage-ID: <2@x>\n"
    bad_charset = head + b"Content-Type: text/plain; charset=nonsense\nSubject: x\n\nK-1: praise\n"
    assert mailing_in.hear(bad_charset) in (0, 65)
    assert mailing_in.hear(head + b"Subject: =?utf-8?q?K-1:_praise?=\n\n" + b"\xff" * 1000) == 0
    assert mailing_in.hear(b"\x00" * (inlet_mail.LARGEST_MESSAGE + 1)) == 65
    assert mailing_in.hear(b"") == 67


def test_a_closed_mailbox_does_not_exist(mailbox, numbered, ada, at):
    inlets.close(by=ada, at=at, inlet=mailbox[0])
    assert mailing_in.hear(letter(mailbox[1])) == 67
