"""A mail server and a gateway on this machine, and a letter to send."""

from collections.abc import Iterator

import pytest

from polecam.messages.models import Message
from polecam.messages.outbox import Letter, write
from tests.messages.stand_ins import Gateway, MailServer, mail_server, sms_gateway


@pytest.fixture
def smtp(settings) -> Iterator[MailServer]:
    """A mail server, used by the settings."""
    with mail_server() as server:
        settings.EMAIL_BACKEND = "polecam.messages.smtp.Backend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.EMAIL_USE_TLS = False
        settings.EMAIL_HOST_USER = ""
        yield server


@pytest.fixture
def gateway(settings) -> Iterator[Gateway]:
    """SMSAPI, used by the settings."""
    with sms_gateway() as stand_in:
        settings.SMS_TOKEN, settings.SMS_URL = "token-of-the-firm", stand_in.url
        settings.SMS_FROM, settings.OUTSIDE_LOOPBACK = "Olszyna", True
        yield stand_in


@pytest.fixture(autouse=True)
def folder(settings, tmp_path) -> None:
    """A mailbox of files of one's own."""
    settings.MAIL_ROOT = tmp_path / "mail"


@pytest.fixture
def letter(marta, at) -> Message:
    """A letter to Marta that waits."""
    return to_staff(marta, at)


def to_staff(person, at, **more: object) -> Message:
    """A letter to somebody of the firm, written down."""
    said = Letter(
        kind="statement", to=person.email, subject="Rozliczenie", body="Jest.", language="pl",
        person=person, **more,
    )  # fmt: skip
    return write(said, event=None, at=at)
