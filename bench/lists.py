"""My referrals where they are long: one branch, twelve sellers, thousands of referrals each.

    python -m bench.lists [--clients 12000] [--referrals 50000]

CPU of this process per page of fifty (`time.process_time`, Django's test client, so a little more
than a server spends), queries, on the database of DATABASE_URL or a fresh SQLite file.
"""

import argparse
import atexit
import os
import shutil
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta

CPU_MS, QUERIES = 8, 12
ROUNDS, WARM_UP = 40, 5
PAGES = (
    "?", "?page=2", "?page=20", "?show=move", "?show=contact", "?show=ended&page=5", "?q=kowalczyk",
)  # fmt: skip


def begin() -> None:
    """A home of its own, with tables."""
    home = tempfile.mkdtemp(prefix="polecam-lists-")
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    os.environ.update(
        DJANGO_SETTINGS_MODULE="polecam.settings",
        POLECAM_ENV="development",
        POLECAM_HOME=home,
        POLECAM_LOG_LEVEL="ERROR",
    )
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    if os.environ.get("DATABASE_URL", "") == "":
        call_command("migrate", database="side", verbosity=0)


def work_done() -> None:
    """Claims, meetings and sales for the referrals of the bench's world, in bulk."""
    from polecam.claims.models import Claim, CreditShare
    from polecam.referrals import states
    from polecam.referrals.models import Meeting, Referral
    from polecam.sales.models import Sale

    now = datetime.now(UTC)
    rows = list(Referral.objects.order_by("pk"))
    CreditShare.objects.bulk_create(
        (
            CreditShare(
                referral=row, number=1, person_id=row.originator_id, share_bp=10_000, at=now
            )
            for row in rows
        ),
        batch_size=5_000,
    )
    Claim.objects.bulk_create(
        (
            Claim(
                referral=row,
                party_id=row.party_id,
                holder_id=row.originator_id,
                since=row.captured_at,
                until=now + timedelta(days=row.pk % 80 + 1),
            )
            for row in rows
            if row.state in states.WORKABLE
        ),
        batch_size=5_000,
    )
    Meeting.objects.bulk_create(
        (
            Meeting(
                referral=row,
                at=now + timedelta(days=row.pk % 9 - 4),
                set_by_id=row.originator_id,
            )
            for row in rows
            if row.state == states.MEETING
        ),
        batch_size=5_000,
    )
    Sale.objects.bulk_create(
        (
            Sale(
                referral=row,
                seller_id=row.originator_id,
                branch_id=row.branch_id,
                value_grosze=10_000_000,
                margin_grosze=436_000,
                sold_on=row.captured_at.date(),
                reported_at=row.captured_at,
            )
            for row in rows
            if row.state == states.WON
        ),
        batch_size=5_000,
    )


def measure(path: str, client) -> tuple[float, float, int, int]:
    """(median and highest CPU in ms, queries, bytes) of one page."""
    from bench.floor import Recorder

    for _ in range(WARM_UP):
        client.get(path)
    spent = []
    for _ in range(ROUNDS):
        before = time.process_time()
        answer = client.get(path)
        spent.append((time.process_time() - before) * 1000)
    asked = Recorder().during(lambda: client.get(path))
    return statistics.median(spent), max(spent), len(asked), len(answer.content)


def main() -> int:
    """Build, measure, judge."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--clients", type=int, default=12_000)
    parser.add_argument("--referrals", type=int, default=50_000)
    asked = parser.parse_args()
    begin()
    from django.db import connection
    from django.test import Client

    from bench.world import build
    from polecam.referrals.models import Referral

    seller = build(asked.clients, asked.referrals, branches=1, in_branch=12)[1]
    work_done()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    own = Referral.objects.filter(originator=seller).count()
    print(f"{connection.vendor}: {asked.referrals:,} referrals, {own:,} of the seller")
    client = Client(HTTP_HOST="localhost")
    client.force_login(seller)
    over = False
    for page in PAGES:
        middle, most, queries, size = measure(f"/referrals/{page}", client)
        kept = middle <= CPU_MS and queries <= QUERIES
        over = over or not kept
        mark = "" if kept else "  OVER"
        print(
            f"  {page:22} {middle:6.1f} ms CPU (most {most:.1f})  {queries} queries  {size} B{mark}"
        )
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
