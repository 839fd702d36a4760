"""Words for an ask: scripts, own variants, rehearsal."""
