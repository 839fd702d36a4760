"""Words for what comes next and for why it came to nothing: codes only, no free text."""

NEXT_STEPS = ("call", "email", "offer", "documents", "decision")
"""What the holder plans: call, write, prepare an offer, wait for documents or for a decision."""

LOST_REASONS = ("no_need", "not_now", "other_firm", "no_contact", "no_agreement")
"""Chosen by the holder. Voiding a sale sets SALE_VOID."""
SALE_VOID = "sale_void"

STEP_DAYS = 183
"""How far ahead a reminder may lie, in days."""
MEETING_BACK_DAYS = 7
"""How long after it took place a meeting may still be entered, in days."""
MEETING_AHEAD_DAYS = 366
"""How far ahead a meeting may be set, in days."""
