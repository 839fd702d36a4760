"""Proof of lines and their differences: posted as they are, linked, owed, within budgets."""

CHECKS: tuple[tuple[str, str], ...] = (
    (
        "ledger transaction {}: moved {} but its lines sum to {}",
        (
            # what of a line waited for a dispute when the rest of it vested did not move
            "SELECT m.public_id, m.moved, m.total FROM ("
            "SELECT t.id, t.public_id, e.moved, SUM(l.amount_grosze"
            " - CASE WHEN t.kind = 'vest' THEN COALESCE((SELECT SUM(s.amount_grosze)"
            "   FROM bonuses_suspense s WHERE s.line_id = l.id AND s.holding_id < t.id"
            "   AND (s.release_id IS NULL OR s.release_id > t.id)), 0) ELSE 0 END) AS total"
            " FROM bonuses_ledgertransaction t"
            " JOIN (SELECT x.transaction_id, SUM(CASE"
            "  WHEN y.kind = 'accrue' AND a.kind = 'expense' THEN -x.amount"
            "  WHEN y.kind = 'void' AND a.kind = 'expense' THEN x.amount"
            "  WHEN y.kind = 'vest' AND a.kind = 'payable' THEN x.amount ELSE 0 END) AS moved"
            "  FROM bonuses_entry x JOIN bonuses_account a ON a.id = x.account_id"
            "  JOIN bonuses_ledgertransaction y ON y.id = x.transaction_id"
            "  WHERE y.kind IN ('accrue', 'vest', 'void')"
            "  GROUP BY x.transaction_id) e ON e.transaction_id = t.id"
            " JOIN bonuses_line l ON (t.kind = 'accrue' AND l.accrual_id = t.id)"
            "   OR (t.kind = 'vest' AND l.vesting_id = t.id)"
            "   OR (t.kind = 'void' AND l.voiding_id = t.id)"
            " GROUP BY t.id, t.public_id, e.moved) m WHERE m.moved <> m.total ORDER BY m.id"
        ),
    ),
    (
        "line {}: does not follow the first line of its fact and component",
        (
            "SELECT l.public_id FROM bonuses_line l"
            " LEFT JOIN bonuses_line o ON o.id = l.corrects_id"
            " WHERE l.revision > 0 AND (o.id IS NULL OR o.revision <> 0"
            " OR o.fact_id <> l.fact_id OR o.component_id <> l.component_id"
            " OR NOT EXISTS (SELECT 1 FROM bonuses_line p WHERE p.fact_id = l.fact_id"
            "  AND p.component_id = l.component_id AND p.revision = l.revision - 1)) ORDER BY l.id"
        ),
    ),
    (
        "line {}: owed but no difference below zero of what was paid",
        (
            "SELECT l.public_id FROM bonuses_line l"
            " LEFT JOIN bonuses_line o ON o.id = l.corrects_id"
            " WHERE l.state = 'owed' AND (l.amount_grosze >= 0 OR o.id IS NULL"
            " OR o.state NOT IN ('payable', 'paid')) ORDER BY l.id"
        ),
    ),
    (
        "account {} (receivable): balance {} but lines and settlements come to {}",
        (
            "SELECT x.id, x.balance, x.found FROM (SELECT a.id, a.balance,"
            " COALESCE((SELECT SUM(CASE WHEN l.state = 'owed' THEN l.amount_grosze"
            "   ELSE -l.paid_grosze END) FROM bonuses_line l WHERE l.person_id = a.person_id"
            "   AND l.state IN ('owed', 'void')), 0)"
            " + COALESCE((SELECT SUM(e.amount) FROM bonuses_entry e"
            "  JOIN bonuses_ledgertransaction t ON t.id = e.transaction_id"
            "  WHERE e.account_id = a.id AND t.kind <> 'accrue' AND NOT (t.kind = 'void'"
            "   AND EXISTS (SELECT 1 FROM bonuses_line v WHERE v.voiding_id = t.id))), 0)"
            " AS found FROM bonuses_account a WHERE a.kind = 'receivable' AND a.unit = 'PLN'"
            "  AND a.person_id IS NOT NULL) x WHERE x.balance <> x.found ORDER BY x.id"
        ),
    ),
    (
        "budget of component {}: {} of {} used but its lines sum to {}",
        (
            "SELECT b.component_id, b.used_grosze, b.granted_grosze, COALESCE(l.total, 0)"
            " FROM bonuses_componentbudget b LEFT JOIN (SELECT component_id,"
            "  SUM(amount_grosze) AS total FROM bonuses_line WHERE state <> 'void'"
            "  GROUP BY component_id) l ON l.component_id = b.component_id"
            " JOIN bonuses_component c ON c.id = b.component_id"
            " WHERE b.used_grosze <> COALESCE(l.total, 0) OR b.used_grosze > b.granted_grosze"
            " OR b.granted_grosze <> c.budget_grosze ORDER BY b.component_id"
        ),
    ),
    (
        "component {}: pays from a budget that nobody granted",
        (
            "SELECT c.public_id FROM bonuses_component c WHERE c.budget_grosze > 0"
            " AND EXISTS (SELECT 1 FROM bonuses_line l WHERE l.component_id = c.id)"
            " AND NOT EXISTS (SELECT 1 FROM bonuses_componentbudget b"
            "  WHERE b.component_id = c.id) ORDER BY c.id"
        ),
    ),
)
"""A sentence, and the rows it is about (the first is named)."""
