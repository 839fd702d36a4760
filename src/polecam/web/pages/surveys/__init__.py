"""Satisfaction, as the firm sees it."""
