"""Surveys and the pulse."""
