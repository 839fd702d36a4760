"""Sentences of refusals: signing in."""

from django.utils.functional import Promise

SENTENCES: dict[str, str | Promise] = {}
