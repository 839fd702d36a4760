"""Proof of the extras: each in the ledger, each budget the sum of what came from it."""

CHECKS: tuple[tuple[str, str], ...] = (
    (
        "extra {}: is not in the ledger as it was given",
        (
            "SELECT x.public_id FROM claims_extra x"
            " LEFT JOIN bonuses_extraposting p ON p.extra_id = x.id"
            " LEFT JOIN bonuses_ledgertransaction t ON t.id = p.posting_id"
            " LEFT JOIN bonuses_ledgertransaction r ON r.id = p.taking_back_id"
            " WHERE t.id IS NULL OR t.kind <> 'extra' OR t.person_id <> x.person_id"
            " OR (r.id IS NOT NULL AND (r.reverses_id IS NULL OR r.reverses_id <> t.id))"
            " OR (SELECT MAX(e.amount) FROM bonuses_entry e WHERE e.transaction_id = t.id)"
            " <> x.amount_grosze ORDER BY x.id"
        ),
    ),
    (
        "ledger transaction {}: an extra that nobody gave",
        (
            "SELECT t.public_id FROM bonuses_ledgertransaction t WHERE t.kind = 'extra'"
            " AND NOT EXISTS (SELECT 1 FROM bonuses_extraposting p WHERE p.posting_id = t.id)"
            " ORDER BY t.id"
        ),
    ),
    (
        "extra budget {} of branch {}: {} used but its extras sum to {}",
        (
            "SELECT b.month, b.branch_id, b.used_grosze, COALESCE(SUM(x.amount_grosze), 0)"
            " FROM claims_extrabudget b LEFT JOIN (SELECT x.budget_id, x.amount_grosze"
            "  FROM claims_extra x JOIN bonuses_extraposting p ON p.extra_id = x.id"
            "  WHERE p.taking_back_id IS NULL) x ON x.budget_id = b.id"
            " GROUP BY b.id, b.month, b.branch_id, b.used_grosze"
            " HAVING b.used_grosze <> COALESCE(SUM(x.amount_grosze), 0) ORDER BY b.id"
        ),
    ),
)
"""A sentence, and the rows it is about (the first is named)."""
