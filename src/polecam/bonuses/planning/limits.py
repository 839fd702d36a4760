"""What a plan may not exceed: bounds of common sense, far inside those of 64-bit sums."""

LARGEST_AMOUNT = 10_000_000
"""100,000 zl: at most so much for one fact, as a floor, a guarantee or an advance of a month."""
LARGEST_SUM = 1_000_000_000
"""10,000,000 zl: at most so much as a cap of a month, or as a budget."""
LARGEST_EDGE = {"count": 10_000_000_000, "value": 1_000_000_000_000, "margin": 1_000_000_000_000}
"""The last edge of a table: a million facts, or 10,000,000,000 zl, in one month. Together with
LARGEST_AMOUNT and LARGEST_RATE within what the engine can add up (bonuses.rules.within_bounds)."""
LARGEST_RATE = 10_000
"""Nobody is paid more than the whole of what a sale brings."""
HIGH_RATE = {"margin": 5_000, "value": 1_000}
"""Above this rate somebody has probably mistyped: half of a margin, a tenth of a value."""
LONGEST_HOLD, LONGEST_CLAWBACK = 365, 1_095
LONGEST_MONTHS = 60
LARGEST_COUNT = 1_000
"""At most so many facts may a condition ask for."""
LONGEST_WINDOW_DAYS = 366
NOTICE_DAYS = 14
"""A team should see a new version so many days before it holds."""
