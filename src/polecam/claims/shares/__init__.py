"""Proposals of other shares, and a mentor's or leader's extra: rules and reads."""
