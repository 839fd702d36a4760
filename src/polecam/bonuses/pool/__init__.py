"""The branch pool: its rules, its postings, its proof."""
