"""Proof of the branch pools and of months filled up: each in the ledger as it was written down."""

CHECKS: tuple[tuple[str, str], ...] = (
    (
        "entry {}: account {} is another branch's than its transaction's",
        (
            "SELECT e.id, e.account_id FROM bonuses_entry e"
            " JOIN bonuses_ledgertransaction t ON t.id = e.transaction_id"
            " JOIN bonuses_account a ON a.id = e.account_id"
            " WHERE a.branch_id IS NOT NULL"
            " AND (t.branch_id IS NULL OR a.branch_id <> t.branch_id) ORDER BY e.id"
        ),
    ),
    (
        "pool of branch {}: holds {} but flows and payouts leave {}",
        (
            "SELECT b.id, COALESCE(a.balance, 0), COALESCE(f.flowed, 0) - COALESCE(p.paid, 0)"
            " FROM organisation_branch b"
            " LEFT JOIN bonuses_account a ON a.branch_id = b.id AND a.kind = 'pool'"
            " LEFT JOIN (SELECT branch_id, SUM(amount_grosze - COALESCE(back_grosze, 0)) AS flowed"
            "  FROM bonuses_poolflow GROUP BY branch_id) f ON f.branch_id = b.id"
            " LEFT JOIN (SELECT branch_id, SUM(amount_grosze) AS paid"
            "  FROM bonuses_poolpayout GROUP BY branch_id) p ON p.branch_id = b.id"
            " WHERE COALESCE(a.balance, 0) <> COALESCE(f.flowed, 0) - COALESCE(p.paid, 0)"
            " ORDER BY b.id"
        ),
    ),
    (
        "pool flow {}: is not what its sale saved",
        (
            # half_up of a part of what was saved, as bonuses.pool.rules has it
            "SELECT f.public_id FROM bonuses_poolflow f WHERE f.kind = 'saved' AND ("
            " f.saved_grosze <> f.benchmark_grosze - f.bonuses_grosze - f.time_grosze"
            " OR f.amount_grosze <> CASE WHEN f.saved_grosze <= 0 THEN 0"
            "  ELSE (2 * f.saved_grosze * f.pool_bp + 10000) / 20000 END) ORDER BY f.id"
        ),
    ),
    (
        "pool flow {}: is not in the ledger as it flowed",
        (
            "SELECT f.public_id FROM bonuses_poolflow f"
            " LEFT JOIN bonuses_ledgertransaction t ON t.id = f.posting_id"
            " LEFT JOIN bonuses_ledgertransaction r ON r.id = f.taking_back_id"
            " WHERE (f.amount_grosze > 0) <> (t.id IS NOT NULL)"
            " OR (t.id IS NOT NULL AND (t.kind <> 'pool' OR t.branch_id <> f.branch_id"
            "  OR COALESCE((SELECT SUM(e.amount) FROM bonuses_entry e JOIN bonuses_account a"
            "   ON a.id = e.account_id WHERE e.transaction_id = t.id AND a.kind = 'pool'), 0)"
            "   <> f.amount_grosze))"
            " OR (COALESCE(f.back_grosze, 0) > 0) <> (r.id IS NOT NULL)"
            " OR (r.id IS NOT NULL AND (r.kind <> 'void' OR r.branch_id <> f.branch_id"
            "  OR COALESCE((SELECT SUM(e.amount) FROM bonuses_entry e JOIN bonuses_account a"
            "   ON a.id = e.account_id WHERE e.transaction_id = r.id AND a.kind = 'pool'), 0)"
            "   <> -f.back_grosze)) ORDER BY f.id"
        ),
    ),
    (
        "pool flow {}: brought {} but the lines of somebody who left sum to {}",
        (
            "SELECT f.public_id, f.amount_grosze, COALESCE(SUM(l.amount_grosze), 0)"
            " FROM bonuses_poolflow f LEFT JOIN bonuses_line l ON l.vesting_id = f.posting_id"
            " WHERE f.kind = 'left' GROUP BY f.id, f.public_id, f.amount_grosze"
            " HAVING f.amount_grosze <> COALESCE(SUM(l.amount_grosze), 0) ORDER BY f.id"
        ),
    ),
    (
        "pool flow {}: stands though its sale was taken back",
        (
            # a decision of a dispute takes facts back, too, and credits the same sale anew
            "SELECT f.public_id FROM bonuses_poolflow f"
            " JOIN bonuses_creditedfact c ON c.id = f.fact_id"
            " JOIN sales_sale s ON s.public_id = c.source"
            " WHERE f.back_at IS NULL AND s.state = 'void' ORDER BY f.id"
        ),
    ),
    (
        "pool payout {}: {} divided but its parts sum to {}",
        (
            "SELECT p.public_id, p.amount_grosze, COALESCE(SUM(r.amount_grosze), 0)"
            " FROM bonuses_poolpayout p LEFT JOIN bonuses_poolpart r ON r.payout_id = p.id"
            " GROUP BY p.id, p.public_id, p.amount_grosze"
            " HAVING p.amount_grosze <> COALESCE(SUM(r.amount_grosze), 0) ORDER BY p.id"
        ),
    ),
    (
        "pool payout {}: the part of person {} is not in the ledger",
        (
            "SELECT p.public_id, r.person_id FROM bonuses_poolpart r"
            " JOIN bonuses_poolpayout p ON p.id = r.payout_id"
            " LEFT JOIN bonuses_ledgertransaction t ON t.id = r.posting_id"
            " WHERE t.id IS NULL OR t.kind <> 'share_out' OR t.person_id <> r.person_id"
            " OR t.branch_id <> p.branch_id OR (SELECT COUNT(*) FROM bonuses_entry e"
            "  JOIN bonuses_account a ON a.id = e.account_id WHERE e.transaction_id = t.id"
            "  AND e.amount = CASE WHEN (a.kind = 'payable') OR (a.kind = 'expense'"
            "   AND a.branch_id IS NOT NULL) THEN r.amount_grosze ELSE -r.amount_grosze END) <> 4"
            " ORDER BY r.id"
        ),
    ),
    (
        "ledger transaction {}: a flow or a part of a pool that is not written down",
        (
            "SELECT t.public_id FROM bonuses_ledgertransaction t"
            " WHERE (t.kind = 'pool'"
            "  AND NOT EXISTS (SELECT 1 FROM bonuses_poolflow f WHERE f.posting_id = t.id))"
            " OR (t.kind = 'share_out'"
            "  AND NOT EXISTS (SELECT 1 FROM bonuses_poolpart r WHERE r.posting_id = t.id))"
            " OR (t.kind IN ('guarantee', 'draw')"
            "  AND NOT EXISTS (SELECT 1 FROM bonuses_monthtopup m WHERE m.posting_id = t.id))"
            " ORDER BY t.id"
        ),
    ),
    (
        "{} of person {} for {}: is not in the ledger as it filled up the month",
        (
            "SELECT m.kind, m.person_id, m.month FROM bonuses_monthtopup m"
            " LEFT JOIN bonuses_ledgertransaction t ON t.id = m.posting_id"
            " WHERE t.id IS NULL OR t.kind <> m.kind OR t.person_id <> m.person_id"
            " OR t.month <> m.month OR m.amount_grosze <= 0"
            " OR m.amount_grosze > m.target_grosze - m.earned_grosze"
            " OR COALESCE((SELECT SUM(e.amount) FROM bonuses_entry e JOIN bonuses_account a"
            "  ON a.id = e.account_id WHERE e.transaction_id = t.id AND a.kind = 'payable'), 0)"
            "  <> m.amount_grosze ORDER BY m.id"
        ),
    ),
)
"""A sentence, and the rows it is about (the first is named)."""
