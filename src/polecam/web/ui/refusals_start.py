"""Sentences of refusals: the first days of a firm."""

from django.utils.functional import Promise

SENTENCES: dict[str, str | Promise] = {}
