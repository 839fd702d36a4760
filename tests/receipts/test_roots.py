"""Each day's root goes out by mail, once, to everyone who keeps it."""

from datetime import timedelta
from smtplib import SMTPRecipientsRefused

import pytest

from polecam.actions import journal, outbox, roots
from polecam.claims import papers
from polecam.claims.models import RootHolder
from polecam.claims.slip_check import roots_in
from polecam.journal.models import Event, Seal
from polecam.kit.errors import NotAllowed, Refused
from polecam.messages import mail
from polecam.organisation.models import Organisation
from polecam.worker import daily
from tests.receipts.support import DAY

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def box(settings, tmp_path, firm, at):
    """A mailbox of files; the firm began two days ago."""
    settings.MAIL_ROOT = tmp_path / "mail"
    settings.EMAIL_BACKEND = "polecam.messages.mail.FileBackend"
    Organisation.objects.update(created_at=at - 2 * DAY)


def sent() -> list:
    return list(mail.newest())[::-1]


def test_the_root_of_yesterday_comes_once(marta, at):
    roots.keep(by=marta, at=at)
    journal.seal_due(at=at)
    assert roots.send_due(at=at) == 1
    assert roots.send_due(at=at) == 0
    (filed,) = sent()
    newest = Seal.objects.order_by("-day").first()
    assert filed.to == marta.email
    assert roots_in(filed.body) == {newest.root}
    assert "Zachowaj" in filed.body
    assert "/verify/" in filed.body
    assert "Zielinska" not in filed.body


def test_every_day_that_follows_comes_in_its_order(marta, at):
    roots.keep(by=marta, at=at)
    journal.seal_due(at=at)
    roots.send_due(at=at)
    journal.seal_due(at=at + 3 * DAY)
    assert roots.send_due(at=at + 3 * DAY) == 1
    assert roots_in(sent()[1].body) == set(
        Seal.objects.order_by("-day").values_list("root", flat=True)[:3]
    )
    assert papers.holding(Seal.objects.order_by("-day").first().day) == 1


def test_the_daily_job_mails_after_it_sealed(marta, at):
    roots.keep(by=marta, at=at)
    names = [name for name, _job in daily.JOBS]
    assert names.index("roots") > names.index("seal")
    daily.run_due(at, worker="w" * 32, strict=True)
    daily.run_due(at, worker="w" * 32, strict=True)
    assert len(sent()) == 1


def test_one_address_that_fails_stops_nobody_else(marta, kamil, at, monkeypatch):
    roots.keep(by=kamil, at=at)
    roots.keep(by=marta, at=at)
    journal.seal_due(at=at)
    real = mail.send_email

    def broken(to: str, *rest: str) -> None:
        if to == kamil.email:
            raise SMTPRecipientsRefused({to: (452, b"4.2.2 the mailbox is full")})
        real(to, *rest)

    monkeypatch.setattr(mail, "send_email", broken)
    assert roots.send_due(at=at) == 2
    assert [filed.to for filed in sent()] == [marta.email]
    monkeypatch.setattr(mail, "send_email", real)
    assert roots.send_due(at=at) == 0, "both are in the outbox"
    outbox.deliver_due(at=at + timedelta(minutes=1))
    assert [filed.to for filed in sent()] == [marta.email, kamil.email]


def test_whoever_stops_or_left_gets_no_more(marta, kamil, at):
    roots.keep(by=marta, at=at)
    roots.keep(by=kamil, at=at)
    roots.stop(by=marta, at=at)
    kamil.is_active = False
    kamil.save(update_fields=["is_active"])
    journal.seal_due(at=at)
    assert roots.send_due(at=at) == 0
    assert sent() == []


def test_asking_twice_is_one_holder_and_coming_back_works(marta, at):
    first = roots.keep(by=marta, at=at)
    assert roots.keep(by=marta, at=at) == first
    roots.stop(by=marta, at=at)
    roots.stop(by=marta, at=at)
    assert roots.keep(by=marta, at=at) != first
    kinds = list(Event.objects.order_by("id").values_list("kind", flat=True))
    assert kinds == ["root_holder.began", "root_holder.ended", "root_holder.began"]


def test_the_admin_adds_an_auditor_in_english_and_takes_them_away(ada, at):
    holder = roots.keep_outside(by=ada, at=at, email="audit@example.org", language="en")
    journal.seal_due(at=at)
    roots.send_due(at=at)
    (filed,) = sent()
    assert (filed.to, "Keep this mail" in filed.body) == ("audit@example.org", True)
    roots.stop_outside(by=ada, at=at, holder=holder)
    holder.refresh_from_db()
    assert (holder.email, holder.until) == ("", at), "an address nobody writes to is forgotten"


def test_what_the_admin_types_is_looked_at(ada, at):
    roots.keep_outside(by=ada, at=at, email="audit@example.org", language="pl")
    for email, code in (
        ("no address", "email_invalid"),
        ("AUDIT@example.org", "root_holder_known"),
    ):
        with pytest.raises(Refused, match=code):
            roots.keep_outside(by=ada, at=at, email=email, language="pl")
    assert RootHolder.objects.count() == 1


def test_only_the_admin_adds_others(marta, tomek, ada, at):
    holder = roots.keep_outside(by=ada, at=at, email="audit@example.org", language="pl")
    for who in (marta, tomek):
        with pytest.raises(NotAllowed):
            roots.keep_outside(by=who, at=at, email="me@example.org", language="pl")
        with pytest.raises(NotAllowed):
            roots.stop_outside(by=who, at=at, holder=holder)
    assert papers.outside_keepers().count() == 1
