"""Proof of the bonus: what does not hold, the first broken row of each kind by name."""

from collections.abc import Iterator

from django.db import connection

from polecam.bonuses import engine, verify_engine, verify_extras
from polecam.bonuses.closing import verify as verify_closing
from polecam.bonuses.pool import verify as verify_pool
from polecam.store import triggers

CHECKS: tuple[tuple[str, str], ...] = (
    (
        "ledger transaction {}: not sealed",
        "SELECT t.public_id FROM bonuses_ledgertransaction t WHERE NOT t.sealed ORDER BY t.id",
    ),
    (
        "ledger transaction {}: entries sum to {} instead of 0",
        (
            "SELECT t.public_id, SUM(e.amount) FROM bonuses_ledgertransaction t"
            " JOIN bonuses_entry e ON e.transaction_id = t.id"
            " GROUP BY t.id, t.public_id HAVING SUM(e.amount) <> 0 ORDER BY t.id"
        ),
    ),
    (
        "ledger transaction {}: no entries",
        (
            "SELECT t.public_id FROM bonuses_ledgertransaction t WHERE NOT EXISTS"
            " (SELECT 1 FROM bonuses_entry e WHERE e.transaction_id = t.id) ORDER BY t.id"
        ),
    ),
    (
        "entry {}: account {} is another unit's or another seller's",
        (
            "SELECT e.id, e.account_id FROM bonuses_entry e"
            " JOIN bonuses_ledgertransaction t ON t.id = e.transaction_id"
            " JOIN bonuses_account a ON a.id = e.account_id"
            " WHERE a.unit <> t.unit OR a.person_id <> t.person_id ORDER BY e.id"
        ),
    ),
    (
        "account {}: balance {} but entries sum to {}",
        (
            "SELECT a.id, a.balance, COALESCE(SUM(e.amount), 0) FROM bonuses_account a"
            " LEFT JOIN bonuses_entry e ON e.account_id = a.id"
            " GROUP BY a.id, a.balance HAVING a.balance <> COALESCE(SUM(e.amount), 0) ORDER BY a.id"
        ),
    ),
    (
        "ledger transaction {}: does not take back {} entry by entry",
        (
            "SELECT r.public_id, t.public_id FROM bonuses_ledgertransaction r"
            " JOIN bonuses_ledgertransaction t ON t.id = r.reverses_id"
            " JOIN bonuses_entry e ON e.transaction_id IN (r.id, t.id)"
            " GROUP BY r.id, r.public_id, t.public_id, e.account_id"
            " HAVING SUM(e.amount) <> 0 ORDER BY r.id"
        ),
    ),
    (
        "fact {}: shares of its source sum to {} bp",
        (
            "SELECT MIN(f.public_id), SUM(f.share_bp) FROM bonuses_creditedfact f"
            " WHERE f.reverses_id IS NULL GROUP BY f.source, f.kind, f.round, f.ordinal"
            " HAVING SUM(f.share_bp) <> 10000 ORDER BY MIN(f.id)"
        ),
    ),
    (
        "line {}: state {} does not fit its transactions and its fact",
        (
            "SELECT l.public_id, l.state FROM bonuses_line l"
            " LEFT JOIN bonuses_creditedfact r ON r.reverses_id = l.fact_id"
            " WHERE (l.state = 'void') <> (r.id IS NOT NULL)"
            " OR (l.voiding_id IS NOT NULL AND l.state <> 'void')"
            " OR (l.voiding_id IS NULL AND l.state = 'void' AND NOT EXISTS (SELECT 1"
            "  FROM bonuses_poolflow p WHERE p.posting_id = l.vesting_id))"
            " OR (l.state IN ('payable', 'paid', 'pooled') AND l.vesting_id IS NULL)"
            " OR (l.state = 'pending' AND l.vesting_id IS NOT NULL) ORDER BY l.id"
        ),
    ),
    (
        "account {} ({}): balance {} but the lines in that state sum to {}",
        (
            "SELECT a.id, a.kind, a.balance, COALESCE(SUM(l.amount_grosze"
            " - COALESCE(s.amount_grosze, 0)), 0) FROM bonuses_account a"
            " LEFT JOIN bonuses_line l ON l.person_id = a.person_id AND l.state = a.kind"
            " LEFT JOIN bonuses_suspense s ON s.line_id = l.id AND s.ended_at IS NULL"
            " WHERE a.kind = 'pending' AND a.unit = 'PLN'"
            " GROUP BY a.id, a.kind, a.balance"
            " HAVING a.balance <> COALESCE(SUM(l.amount_grosze - COALESCE(s.amount_grosze, 0)), 0)"
            " ORDER BY a.id"
        ),
    ),
    (
        "account {} (disputed): balance {} but {} waits for decisions",
        (
            "SELECT a.id, a.balance, COALESCE(SUM(s.amount_grosze), 0) FROM bonuses_account a"
            " LEFT JOIN bonuses_line l ON l.person_id = a.person_id"
            " LEFT JOIN bonuses_suspense s ON s.line_id = l.id AND s.ended_at IS NULL"
            " WHERE a.kind = 'disputed' AND a.unit = 'PLN' GROUP BY a.id, a.balance"
            " HAVING a.balance <> COALESCE(SUM(s.amount_grosze), 0) ORDER BY a.id"
        ),
    ),
    (
        "suspense {}: does not fit its line, its transactions or its dispute",
        (
            "SELECT s.public_id FROM bonuses_suspense s JOIN bonuses_line l ON l.id = s.line_id"
            " JOIN claims_dispute d ON d.id = s.dispute_id"
            " WHERE s.amount_grosze > l.amount_grosze"
            " OR (s.ended_at IS NULL) <> (s.release_id IS NULL)"
            " OR (s.ended_at IS NULL AND (l.state NOT IN ('pending', 'payable')"
            "     OR d.state IN ('closed', 'withdrawn')))"
            " OR EXISTS (SELECT 1 FROM bonuses_ledgertransaction t WHERE t.id = s.holding_id"
            "     AND (t.kind <> 'hold' OR t.person_id <> l.person_id"
            "     OR (SELECT MAX(e.amount) FROM bonuses_entry e WHERE e.transaction_id = t.id)"
            "         <> s.amount_grosze))"
            " OR EXISTS (SELECT 1 FROM bonuses_ledgertransaction t WHERE t.id = s.release_id"
            "     AND (t.kind <> 'release' OR t.person_id <> l.person_id"
            "     OR (SELECT MAX(e.amount) FROM bonuses_entry e WHERE e.transaction_id = t.id)"
            "         <> s.amount_grosze))"
            " ORDER BY s.id"
        ),
    ),
    (
        "line {}: vested before its hold ended",
        (
            "SELECT l.public_id FROM bonuses_line l"
            " JOIN bonuses_ledgertransaction t ON t.id = l.vesting_id"
            " WHERE t.at < l.vests_at ORDER BY l.id"
        ),
    ),
)
"""A sentence, and the rows it is about (the first is named)."""


def problems() -> Iterator[str]:
    """What is wrong with plans, facts, lines, ledger and their guards; nothing when all holds."""
    for name in sorted(triggers.missing()):
        if name.startswith("bonuses_"):
            yield f"trigger {name}: missing"
    for sentence, statement in (
        *CHECKS,
        *verify_engine.CHECKS,
        *verify_closing.CHECKS,
        *verify_extras.CHECKS,
        *verify_pool.CHECKS,
    ):
        with connection.cursor() as cursor:
            cursor.execute(f"{statement} LIMIT 1")
            row = cursor.fetchone()
        if row:
            yield sentence.format(*row)
    yield from verify_closing.problems()
    yield from engine.differences(engine.EVERYTHING)[:1]
