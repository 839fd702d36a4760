"""What the database itself refuses about plans, facts, lines and the ledger, whoever asks."""

from polecam.store.triggers import append_only, guard

append_only("bonuses_entry")
append_only("bonuses_creditedfact")
for row, table, version in (
    ("component", "bonuses_component", "{0}.version_id"),
    (
        "band",
        "bonuses_band",
        "(SELECT version_id FROM bonuses_component WHERE id = {0}.component_id)",
    ),
):
    published = "(SELECT published_at FROM bonuses_planversion WHERE id = {0}) IS NOT NULL"
    guard(
        table,
        f"bonuses_{row}_complete",
        "INSERT",
        when=published.format(version.format("NEW")),
    )
    guard(
        table,
        f"bonuses_{row}_published",
        "UPDATE",
        "DELETE",
        when=published.format(version.format("OLD")),
    )
guard(
    "bonuses_planversion",
    "bonuses_version_published",
    "UPDATE",
    "DELETE",
    when="OLD.published_at IS NOT NULL",
)

guard("bonuses_ledgertransaction", "bonuses_transaction_born_open", "INSERT", when="NEW.sealed")
guard(
    "bonuses_ledgertransaction",
    "bonuses_transaction_sealed",
    "UPDATE",
    "DELETE",
    when="OLD.sealed",
)
guard(
    "bonuses_ledgertransaction",
    "bonuses_transaction_unbalanced",
    "UPDATE",
    when="NEW.sealed AND COALESCE((SELECT SUM(e.amount) FROM bonuses_entry e"
    " WHERE e.transaction_id = NEW.id), 1) <> 0",
)
guard(
    "bonuses_entry",
    "bonuses_entry_into_sealed",
    "INSERT",
    when="(SELECT t.sealed FROM bonuses_ledgertransaction t WHERE t.id = NEW.transaction_id)",
)
guard(
    "bonuses_entry",
    "bonuses_entry_other_unit",
    "INSERT",
    when="(SELECT t.unit FROM bonuses_ledgertransaction t WHERE t.id = NEW.transaction_id)"
    " <> (SELECT a.unit FROM bonuses_account a WHERE a.id = NEW.account_id)",
)

guard(
    "bonuses_ledgertransaction",
    "bonuses_month_closed",
    "INSERT",
    when="EXISTS (SELECT 1 FROM bonuses_payrollmonth m WHERE m.month >= NEW.month"
    " AND m.state IN ('closed', 'paid'))",
)
guard(
    "bonuses_payrollmonth",
    "bonuses_payroll_month_reopened",
    "UPDATE",
    when="NEW.month <> OLD.month OR (OLD.state = 'closed' AND NEW.state NOT IN ('closed', 'paid'))"
    " OR (OLD.state = 'paid' AND NEW.state <> 'paid') OR (OLD.state IN ('closed', 'paid')"
    " AND (NEW.digest <> OLD.digest OR NEW.closed_at <> OLD.closed_at"
    " OR CAST(NEW.totals AS text) <> CAST(OLD.totals AS text)))",
)
guard("bonuses_payrollmonth", "bonuses_payroll_month_kept", "DELETE")
guard(
    "bonuses_statement",
    "bonuses_statement_locked",
    "UPDATE",
    when="OLD.state <> 'published' AND (NEW.state = 'published' OR NEW.body <> OLD.body"
    " OR (OLD.state = 'paid' AND NEW.state <> 'paid') OR NEW.person_id <> OLD.person_id"
    " OR NEW.payroll_month_id <> OLD.payroll_month_id OR NEW.engagement <> OLD.engagement"
    " OR NEW.digest <> OLD.digest OR NEW.opening_grosze <> OLD.opening_grosze"
    " OR NEW.closing_grosze <> OLD.closing_grosze OR NEW.payout_grosze <> OLD.payout_grosze)",
)
guard("bonuses_statement", "bonuses_statement_kept", "DELETE", when="OLD.state <> 'published'")
guard("bonuses_suspense", "bonuses_suspense_kept", "DELETE")
guard(
    "bonuses_suspense",
    "bonuses_suspense_amount",
    "UPDATE",
    when="OLD.ended_at IS NOT NULL OR NEW.amount_grosze <> OLD.amount_grosze"
    " OR NEW.line_id <> OLD.line_id OR NEW.dispute_id <> OLD.dispute_id"
    " OR NEW.holding_id <> OLD.holding_id",
)
append_only("bonuses_settlement")
append_only("bonuses_acknowledgement")
append_only("bonuses_versionchoice")
append_only("bonuses_payrollformat")
append_only("bonuses_coaching")
append_only("bonuses_poolpayout")
append_only("bonuses_poolpart")
guard("bonuses_poolflow", "bonuses_pool_flow_kept", "DELETE")
guard(
    "bonuses_poolflow",
    "bonuses_pool_flow_amounts",
    "UPDATE",
    when="OLD.back_at IS NOT NULL OR NEW.amount_grosze <> OLD.amount_grosze"
    " OR NEW.fact_id <> OLD.fact_id OR NEW.branch_id <> OLD.branch_id OR NEW.kind <> OLD.kind"
    " OR COALESCE(NEW.posting_id, 0) <> COALESCE(OLD.posting_id, 0)",
)
append_only("bonuses_monthtopup")

guard("bonuses_line", "bonuses_line_kept", "DELETE")
guard(
    "bonuses_line",
    "bonuses_line_amount",
    "UPDATE",
    when="NEW.amount_grosze <> OLD.amount_grosze OR NEW.whole_grosze <> OLD.whole_grosze"
    " OR NEW.fact_id <> OLD.fact_id OR NEW.component_id <> OLD.component_id"
    " OR NEW.person_id <> OLD.person_id OR NEW.month <> OLD.month"
    " OR NEW.accrual_id <> OLD.accrual_id OR NEW.vests_at <> OLD.vests_at"
    " OR NEW.revision <> OLD.revision"
    " OR COALESCE(NEW.corrects_id, 0) <> COALESCE(OLD.corrects_id, 0)",
)
guard(
    "bonuses_line",
    "bonuses_line_steps",
    "UPDATE",
    when="NEW.state <> OLD.state AND NOT ("
    "(OLD.state = 'pending' AND NEW.state IN ('payable', 'pooled', 'void'))"
    " OR (OLD.state = 'payable' AND NEW.state IN ('paid', 'void'))"
    " OR (OLD.state IN ('paid', 'owed', 'pooled') AND NEW.state = 'void'))",
)
guard(
    "bonuses_line",
    "bonuses_line_waits",
    "UPDATE",
    when="NEW.state <> OLD.state AND NEW.state IN ('paid', 'void') AND EXISTS (SELECT 1"
    " FROM bonuses_suspense s WHERE s.line_id = NEW.id AND s.ended_at IS NULL)",
)
guard(
    "bonuses_line",
    "bonuses_line_paid",
    "UPDATE",
    when="(NEW.state = 'paid' AND NEW.paid_grosze <> NEW.amount_grosze)"
    " OR (NEW.paid_grosze <> OLD.paid_grosze AND (OLD.state <> 'payable'"
    " OR NEW.state NOT IN ('payable', 'paid') OR NEW.paying_id IS NULL"
    " OR (NEW.amount_grosze >= 0 AND NEW.paid_grosze NOT BETWEEN OLD.paid_grosze"
    " AND NEW.amount_grosze - COALESCE((SELECT SUM(s.amount_grosze) FROM bonuses_suspense s"
    " WHERE s.line_id = NEW.id AND s.ended_at IS NULL), 0))))",
)
guard(
    "bonuses_line",
    "bonuses_line_held",
    "UPDATE",
    when="OLD.state = 'pending' AND NEW.state IN ('payable', 'pooled') AND COALESCE((SELECT t.at"
    " FROM bonuses_ledgertransaction t WHERE t.id = NEW.vesting_id) < OLD.vests_at,"
    " NEW.vesting_id IS NULL)",
)
