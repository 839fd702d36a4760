"""One seller with 3,000 clients and 300 referrals leaves: how long draft, preview, run, undo take.

    POLECAM_HOME=<empty folder> .venv/bin/python -m bench.portfolio [clients] [led]

For PostgreSQL give an empty database in DATABASE_URL.
"""

import os
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TypeVar

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "polecam.settings")
os.environ.setdefault("POLECAM_ENV", "test")

import django

django.setup()

from django.core.management import call_command
from django.db import connection, connections, transaction
from django.test import Client as Browser
from django.test import override_settings
from django.urls import reverse

from bench.world import build
from polecam.actions import people, portfolio, portfolio_work
from polecam.claims.models import BulkHandoff, BulkItem, Claim, CreditShare
from polecam.clients.models import Client
from polecam.parties.models import Party
from polecam.people.models import Person
from polecam.privacy import wordings
from polecam.privacy.models import Consent
from polecam.referrals.models import Referral

T = TypeVar("T")


def fill(seller: Person, clients: int, led: int, now: datetime) -> None:
    """The seller's portfolio: every other friend's consent names the branch."""
    branch = seller.memberships.first().branch
    version = Referral.objects.exclude(plan_version_id=None).values_list("plan_version_id").first()
    parties = Party.objects.bulk_create(
        Party(first_name=f"Anna{n}", last_name="Kowal", created_at=now) for n in range(clients)
    )
    owned = Client.objects.bulk_create(
        Client(party=party, branch=branch, owner=seller, created_at=now, updated_at=now)
        for party in parties
    )
    friends = Party.objects.bulk_create(
        Party(first_name=f"Piotr{n}", created_at=now) for n in range(led)
    )
    referrals = Referral.objects.bulk_create(
        Referral(
            client=owned[n % clients], party=friend, originator=seller, branch=branch,
            kind="spontaneous", state="consented", captured_at=now, state_at=now,
            consented_at=now, plan_version_id=version[0] if version else None,
        )
        for n, friend in enumerate(friends)
    )  # fmt: skip
    words = wordings.current(wordings.code_for("email", names_branch=True), "pl", at=now)
    Consent.objects.bulk_create(
        Consent(
            party=referral.party, receiver=seller, channel="email", wording=words,
            names_branch=n % 2 == 0, source="link", referral=referral.public_id,
            given_at=now, confirmed_at=now, unlocked_at=now,
        )
        for n, referral in enumerate(referrals)
    )  # fmt: skip
    CreditShare.objects.bulk_create(
        CreditShare(referral=referral, number=1, person=seller, share_bp=10_000, at=now)
        for referral in referrals
    )
    Claim.objects.bulk_create(
        Claim(
            referral=referral, party=referral.party, holder=seller, since=now,
            until=now + timedelta(days=90),
        )
        for referral in referrals
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def timed(name: str, what: Callable[[], T]) -> T:
    """Do it and say how long it took."""
    start, work = time.perf_counter(), time.process_time()
    made = what()
    took, cpu = time.perf_counter() - start, time.process_time() - work
    print(f"  {name:34} {took:8.2f} s, {cpu:8.2f} s of processor")
    return made


def longest_step() -> Callable[[], float]:
    """Watch the transactions of the run: the longest one, in milliseconds."""
    real, seen = portfolio_work.action, [0.0]

    class Watched:
        def __enter__(self) -> None:
            self.inner = real()
            self.start = time.perf_counter()
            self.inner.__enter__()

        def __exit__(self, *error: object) -> None:
            self.inner.__exit__(*error)
            seen[0] = max(seen[0], (time.perf_counter() - self.start) * 1000)

    portfolio_work.action = Watched  # type: ignore[assignment]
    return lambda: seen[0]


@override_settings(ALLOWED_HOSTS=["*"], SECURE_SSL_REDIRECT=False)
def main(clients: int, led: int) -> None:
    """Build, leave, look, run, undo."""
    call_command("migrate", verbosity=0)
    if "side" in connections:
        call_command("migrate", database="side", verbosity=0)
    boss, seller, *_others = build(300, 200, branches=1, in_branch=6)
    now = datetime.now(UTC) - timedelta(hours=1)
    with transaction.atomic():
        fill(seller, clients, led, now)
    print(f"{connection.vendor}: {clients} clients, {led} referrals led")
    at = datetime.now(UTC)
    timed("leaving, with the draft", lambda: people.leave(by=None, at=at, person=seller))
    bulk = BulkHandoff.objects.get()
    browser = Browser()
    browser.force_login(boss)
    page = reverse("portfolio:one", args=[bulk.public_id])
    assert browser.get(page).status_code == 200
    timed("preview", lambda: browser.get(page))
    longest = longest_step()
    started = portfolio.start(by=boss, at=at, bulk=bulk)
    done = timed("run", lambda: portfolio_work.work_off(bulk=started, by=boss, at=at))
    moved = BulkItem.objects.filter(bulk=bulk, moved=True).count()
    print(f"  moved {moved}; longest step {longest():.0f} ms")
    timed("result", lambda: browser.get(page))
    undoing = portfolio.undo(by=boss, at=datetime.now(UTC), bulk=done)
    timed(
        "undo",
        lambda: portfolio_work.work_off(bulk=undoing, by=boss, at=datetime.now(UTC)),
    )
    left = BulkItem.objects.filter(bulk=bulk, moved=True).count()
    print(f"  left {left}; longest step {longest():.0f} ms")


if __name__ == "__main__":
    sizes = [int(word) for word in sys.argv[1:]]
    main(*(sizes or [3_000, 300]))
