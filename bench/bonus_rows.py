"""Rows of the bonus bench: a firm, its plan, a million facts out of one INSERT, a bare copy."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

SELLERS = 500
MONTHS = tuple(f"2025-{month:02}" for month in range(1, 13))
ANALYSE = "ANALYZE"


def firm() -> tuple[list, object, datetime]:
    """Sellers, the published plan, and a moment of the first month."""
    from polecam.organisation.models import Branch, Organisation
    from polecam.people.models import Person

    at = datetime(2025, 1, 1, 12, tzinfo=UTC)
    Organisation.objects.create(id=1, name="Bank Olszyna", created_at=at)
    branch = Branch.objects.create(name="Podgórze", created_at=at)
    sellers = Person.objects.bulk_create(
        Person(email=f"osoba{n}@olszyna.example", first_name="Anna", created_at=at)
        for n in range(SELLERS)
    )
    return sellers, plan(at, branch), at


def plan(at: datetime, branch: object) -> object:
    """Flat, rated, marginal, whole under a cap, and an accelerator with a condition."""
    from polecam.bonuses.models import Band, Component, Plan, PlanVersion

    version = PlanVersion.objects.create(
        plan=Plan.objects.create(name="Plan", branch=branch, created_at=at),
        number=1,
        valid_from=at,
        hold_days=30,
        clawback_days=90,
    )
    parts: list[tuple[dict, list[tuple[int, int | None, int]]]] = [
        ({"fact_kind": "consent", "amount_grosze": 1_000}, []),
        ({"fact_kind": "meeting", "amount_grosze": 4_000}, []),
        ({"fact_kind": "sale", "base": "margin", "rate_bp": 1_250, "floor_grosze": 5_000}, []),
        (
            {"fact_kind": "meeting", "shape": "marginal"},
            [(0, 100_000, 500), (100_000, 200_000, 1_000), (200_000, None, 1_500)],
        ),
        (
            {"fact_kind": "sale", "shape": "whole", "base": "value", "cap_grosze": 400_000},
            [(0, 5_000_000, 10), (5_000_000, 20_000_000, 20), (20_000_000, None, 30)],
        ),
        (
            {
                "fact_kind": "sale",
                "shape": "accelerator",
                "needs_kind": "complaint",
                "needs_most": 0,
            },
            [(0, 30_000, 0), (30_000, None, 2_000)],
        ),
    ]
    for position, (columns, rows) in enumerate(parts, start=1):
        part = Component.objects.create(version=version, position=position, **columns)
        weight = "rate_bp" if part.base == "value" else "amount_grosze"
        Band.objects.bulk_create(
            Band(component=part, lower=lower, upper=upper, **{weight: heavy})
            for lower, upper, heavy in rows
        )
    version.published_at = at
    version.save(update_fields=["published_at"])
    return version


def write_facts(count: int, sellers: list, version: object, at: datetime) -> None:
    """Confirmed facts in one statement; half are consents, a third of the rest sales, and every
    fifth is shared by two. A prime stride spreads sellers, months and amounts."""
    from django.db import connection

    postgres = connection.vendor == "postgresql"
    sources = count * 5 // 6  # of six rows two belong together
    series = (
        f"SELECT n FROM generate_series(CAST(0 AS bigint), {sources - 1}) n"
        if postgres
        else f"SELECT n FROM (WITH RECURSIVE c(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM c"
        f" WHERE n < {sources - 1}) SELECT n FROM c)"
    )
    digits = (
        "substr(md5(CAST(n AS text) || {0}), 1, 15)"
        if postgres
        else ("substr(lower(hex(randomblob(8))), 1, 15)")
    )
    month = "'2025-' || substr('0' || CAST(n / 97 % 12 + 1 AS text), -2)"
    if postgres:
        month = "'2025-' || lpad(CAST(n / 97 % 12 + 1 AS text), 2, '0')"
    moment = f"{month} || '-' || substr('0' || CAST(n % 27 + 1 AS text), -2) || ' 10:00:00'"
    if postgres:
        moment = (
            f"CAST({month} || '-' || lpad(CAST(n % 27 + 1 AS text), 2, '0') || ' 10:00:00+00'"
            " AS timestamptz)"
        )
    vests = f"{moment} + interval '30 days'" if postgres else f"datetime({moment}, '+30 days')"
    first, last = sellers[0].pk, len(sellers)
    kind = (
        "CASE WHEN n % 6 < 3 THEN 'consent' WHEN n % 6 < 5 THEN 'meeting'"
        " WHEN n % 1000 = 5 THEN 'complaint' ELSE 'sale' END"
    )
    person = f"{first} + (n * 7919 + n / 5) % {last}"
    other = f"{first} + (n * 7919 + n / 5 + 1) % {last}"
    shared = "n % 5 = 0"
    base = "CASE WHEN n % 6 = 5 THEN n * 104729 % 900000 ELSE 0 END"
    columns = (
        "public_id, kind, source, referral, version_id, branch_id, person_id, share_bp,"
        " share_offset_bp, base_grosze, value_grosze, ordinal, round, month, confirmed_at, vests_at"
    )

    def rows(who: str, share: str, offset: str, salt: str, where: str) -> str:
        return (
            f"SELECT {digits.format(salt)}, {kind}, 's' || n, 's' || n, {version.pk},"
            f" {version.plan.branch_id}, {who}, {share}, {offset}, {base}, ({base}) * 8, 0, 1,"
            f" {month}, {moment}, {vests}"
            f" FROM ({series}) numbers WHERE {where}"
        )

    with connection.cursor() as cursor:
        for select in (
            rows(person, f"CASE WHEN {shared} THEN 6667 ELSE 10000 END", "0", "'a'", "1 = 1"),
            rows(other, "3333", "6667", "'b'", shared),
        ):
            cursor.execute(f"INSERT INTO bonuses_creditedfact ({columns}) {select}")


def one_more(seller: object, version: object, month: str, number: int) -> object:
    """A confirmed meeting late in the month."""
    from polecam.bonuses.models import CreditedFact

    confirmed_at = datetime(2025, 12, 28, 9, tzinfo=UTC) + timedelta(seconds=number)
    return CreditedFact.objects.create(
        kind="meeting",
        source=f"x{number}",
        referral=f"x{number}",
        version=version,
        branch_id=version.plan.branch_id,
        person=seller,
        share_bp=10_000,
        month=month,
        confirmed_at=confirmed_at,
        vests_at=confirmed_at + timedelta(days=30),
    )


def bare_copy(timed: Callable[[Callable[[], object]], float]) -> float:
    """Seconds of a bare INSERT ... SELECT of all lines, month by month, into a table like theirs,
    with the same indexes, foreign keys and guards."""
    from django.db import connection, transaction

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            _copy_postgres(cursor)
        else:
            _copy_sqlite(cursor)

    def copy() -> None:
        for month in MONTHS:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(
                    "INSERT INTO bare_line SELECT * FROM bonuses_line WHERE month = %s", [month]
                )

    return timed(copy)


def _copy_postgres(cursor: object) -> None:
    cursor.execute("CREATE TABLE bare_line (LIKE bonuses_line INCLUDING ALL)")
    cursor.execute("ALTER TABLE bare_line ALTER COLUMN id DROP IDENTITY IF EXISTS")
    cursor.execute(
        "SELECT pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE conrelid = 'bonuses_line'::regclass AND contype = 'f'"
    )
    for (definition,) in cursor.fetchall():
        own = definition.replace("REFERENCES bonuses_line(", "REFERENCES bare_line(")
        cursor.execute(f"ALTER TABLE bare_line ADD {own}")


def _copy_sqlite(cursor: object) -> None:
    cursor.execute("SELECT sql FROM sqlite_master WHERE tbl_name = 'bonuses_line' AND sql > ''")
    found = [row[0] for row in cursor.fetchall()]
    for sql in sorted(found, key=lambda one: not one.startswith("CREATE TABLE")):
        if sql.startswith("CREATE TRIGGER"):
            continue  # none of them looks at an INSERT
        copy = sql.replace('"bonuses_line"', '"bare_line"').replace('INDEX "', 'INDEX "bare_')
        cursor.execute(copy)
