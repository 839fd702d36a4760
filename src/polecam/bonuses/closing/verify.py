"""Proof of payroll: what is payable, what was paid, and every statement that was locked."""

from collections.abc import Iterator

from django.db.models import QuerySet

from polecam.bonuses.closing import figures as closing
from polecam.bonuses.models import MonthState, PayrollMonth, Statement

CHECKS: tuple[tuple[str, str], ...] = (
    (
        "account {} (payable): balance {} but lines and other amounts come to {}",
        (
            "SELECT x.id, x.balance, x.found FROM (SELECT a.id, a.balance,"
            # what is left of payable lines, but for what waits for a decision
            " COALESCE((SELECT SUM(l.amount_grosze - l.paid_grosze) FROM bonuses_line l"
            "  WHERE l.person_id = a.person_id AND l.state = 'payable'), 0)"
            " - COALESCE((SELECT SUM(s.amount_grosze) FROM bonuses_suspense s"
            "  JOIN bonuses_line l ON l.id = s.line_id"
            "  WHERE l.person_id = a.person_id AND l.state = 'payable' AND s.ended_at IS NULL), 0)"
            # what has no line: extras, parts of a pool, guarantees, less what was netted
            " + COALESCE((SELECT SUM(e.amount) FROM bonuses_entry e"
            "  JOIN bonuses_ledgertransaction t ON t.id = e.transaction_id"
            "  WHERE e.account_id = a.id"
            "  AND t.kind NOT IN ('accrue', 'vest', 'hold', 'release', 'pay')"
            "  AND NOT (t.kind = 'void' AND EXISTS (SELECT 1 FROM bonuses_line v"
            "   WHERE v.voiding_id = t.id))), 0)"
            # of which was paid what no line says
            " + COALESCE((SELECT SUM(e.amount) FROM bonuses_entry e"
            "  JOIN bonuses_ledgertransaction t ON t.id = e.transaction_id"
            "  WHERE e.account_id = a.id AND t.kind = 'pay'), 0)"
            " + COALESCE((SELECT SUM(l.paid_grosze) FROM bonuses_line l"
            "  WHERE l.person_id = a.person_id), 0) AS found"
            " FROM bonuses_account a WHERE a.kind = 'payable' AND a.unit = 'PLN'"
            "  AND a.person_id IS NOT NULL) x WHERE x.balance <> x.found ORDER BY x.id"
        ),
    ),
    (
        "line {}: {} of {} paid does not fit its state {}",
        (
            "SELECT l.public_id, l.paid_grosze, l.amount_grosze, l.state FROM bonuses_line l"
            " WHERE (l.state = 'paid' AND l.paid_grosze <> l.amount_grosze)"
            " OR (l.state IN ('pending', 'owed') AND l.paid_grosze <> 0)"
            " OR (l.amount_grosze >= 0 AND l.paid_grosze NOT BETWEEN 0 AND l.amount_grosze)"
            " ORDER BY l.id"
        ),
    ),
    (
        "person {}: {} was paid but statements say {} to {}",
        (
            "SELECT p.person_id, p.grosze, q.least, q.most FROM ("
            "SELECT s.person_id,"
            " SUM(CASE WHEN s.state = 'paid' THEN s.payout_grosze ELSE 0 END) AS least,"
            " SUM(CASE WHEN s.state = 'published' THEN 0 ELSE s.payout_grosze END) AS most"
            " FROM bonuses_statement s GROUP BY s.person_id) q"
            " JOIN (SELECT a.person_id, SUM(e.amount) AS grosze FROM bonuses_entry e"
            "  JOIN bonuses_account a ON a.id = e.account_id AND a.kind = 'paid'"
            "  JOIN bonuses_ledgertransaction t ON t.id = e.transaction_id AND t.kind = 'pay'"
            "  GROUP BY a.person_id) p ON p.person_id = q.person_id"
            " WHERE p.grosze < q.least OR p.grosze > q.most ORDER BY p.person_id"
        ),
    ),
    (
        "statement {}: opens with {} but the one before closed with {}",
        (
            "SELECT public_id, opening_grosze, before FROM (SELECT s.public_id,"
            " s.opening_grosze, LAG(s.closing_grosze) OVER (PARTITION BY s.person_id"
            "  ORDER BY m.month) AS before, m.month FROM bonuses_statement s"
            "  JOIN bonuses_payrollmonth m ON m.id = s.payroll_month_id) x"
            " WHERE before IS NOT NULL AND before <> opening_grosze ORDER BY month, public_id"
        ),
    ),
    (
        "settlement {}: {} is not what its transaction moved",
        (
            "SELECT s.public_id, s.amount_grosze FROM bonuses_settlement s WHERE NOT EXISTS"
            " (SELECT 1 FROM bonuses_entry e JOIN bonuses_account a ON a.id = e.account_id"
            "  WHERE e.transaction_id = s.posting_id AND a.kind = 'receivable'"
            "  AND a.person_id = s.person_id AND e.amount = s.amount_grosze) ORDER BY s.id"
        ),
    ),
)
"""A sentence, and the rows it is about (the first is named)."""


def problems(month: str = "") -> Iterator[str]:
    """Statements (of one month, or all) that are not what was signed for; the first is named."""
    rows = Statement.objects.order_by("payroll_month__month", "person")
    if month:
        rows = rows.filter(payroll_month__month=month)
    yield from _first(rows)
    months = PayrollMonth.objects.filter(state__in=(MonthState.CLOSED, MonthState.PAID))
    for row in months.filter(month=month) if month else months.order_by("month"):
        own = Statement.objects.filter(payroll_month=row).order_by("person")
        if closing.digest_of_month(own.values_list("digest", flat=True)) != row.digest:
            yield f"month {row.month}: its digest is not that of its statements"
            return


def _first(rows: QuerySet[Statement]) -> Iterator[str]:
    for one in rows.iterator(chunk_size=500):
        found = closing.read(one.body)
        if closing.digest(one.body) != one.digest:
            yield f"statement {one.public_id}: its digest is not that of its text"
            return
        said = (found.opening["total"], found.closing["total"], found.payout.amount)
        if said != (one.opening_grosze, one.closing_grosze, one.payout_grosze):
            yield f"statement {one.public_id}: its figures are not those of its text"
            return
        if said[0] + sum(move.amount for move in found.movements) != said[1]:
            yield f"statement {one.public_id}: opening and movements do not make the closing"
            return
