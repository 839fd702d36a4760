"""Balancing tests: why a campaign may rest on legitimate interest; written, then signed."""

from datetime import date, datetime

from polecam.journal.record import record
from polecam.kit.errors import NotAllowed, Refused
from polecam.kit.periods import day_of
from polecam.organisation import settings
from polecam.people.models import Person
from polecam.people.permissions import Permission, require
from polecam.privacy.models import BalancingTest
from polecam.store import tx

PARTS = ("interest", "necessity", "balance", "safeguards")


def write(
    *,
    by: Person,
    at: datetime,
    title: str,
    interest: str,
    necessity: str,
    balance: str,
    safeguards: str,
    test: BalancingTest | None = None,
) -> BalancingTest:
    """Write a draft for a campaign (`title`), change an unsigned one, or begin the next version.

    `test` unsigned: its words change. `test` signed: it stays as it is, and a new version of the
    same campaign begins. Raises NotAllowed, Refused("balancing_title", "balancing_part",
    "balancing_title_taken", "balancing_draft_open").
    """
    with tx.action():
        require(by, Permission.SEE_RULES)
        said = dict(zip(PARTS, (interest, necessity, balance, safeguards), strict=True))
        said = {part: words.strip()[:4_000] for part, words in said.items()}
        for part, words in said.items():
            if not words:
                raise Refused("balancing_part", field=part)
        draft = _draft(test, " ".join(title.split())[:120])
        for part, words in said.items():
            setattr(draft, part, words)
        draft.written_by, draft.written_at = by, at
        draft.save()
        data = {"version": draft.version}
        record("balancingtest.written", draft, by=by, at=at, data=data)
        return draft


def sign(
    *, by: Person, at: datetime, test: BalancingTest, passes: bool, review_on: date
) -> BalancingTest:
    """The data protection officer's word; from then on this version never changes.

    Raises NotAllowed("balancing_own") for whoever wrote it, Refused("balancing_signed",
    "balancing_review") unless it is looked at again after today, within two years.
    """
    with tx.action():
        require(by, Permission.SIGN_BALANCE)
        test = tx.lock(test)
        if test.signed_at is not None:
            raise Refused("balancing_signed")
        if test.written_by_id == by.pk:
            raise NotAllowed("balancing_own")
        today = day_of(at, settings.zone())
        if not today < review_on <= date(today.year + 2, today.month, min(today.day, 28)):
            raise Refused("balancing_review", field="review_on")
        test.passes, test.review_on = passes, review_on
        test.signed_by, test.signed_at = by, at
        test.save(update_fields=["passes", "review_on", "signed_by", "signed_at"])
        data = {"version": test.version, "passes": passes, "review": review_on}
        record("balancingtest.signed", test, by=by, at=at, data=data)
        return test


def _draft(test: BalancingTest | None, title: str) -> BalancingTest:
    """The row to write into: a new campaign's, the unsigned one's, or the next version's."""
    if test is None:
        if not title:
            raise Refused("balancing_title", field="title")
        if BalancingTest.objects.filter(title__iexact=title).exists():
            raise Refused("balancing_title_taken", field="title")
        return BalancingTest(title=title)
    test = tx.lock(test)
    if test.signed_at is None:
        return test
    newest = BalancingTest.objects.filter(title=test.title).order_by("-version").first()
    if newest is not None and newest.signed_at is None:
        raise Refused("balancing_draft_open")
    return BalancingTest(title=test.title, version=(newest or test).version + 1)
