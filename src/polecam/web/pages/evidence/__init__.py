"""Pages: what referrals bring the firm and the seller."""
