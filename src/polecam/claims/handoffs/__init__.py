"""Giving a referral to a colleague: what may be split, who fits, who may see an offer."""
