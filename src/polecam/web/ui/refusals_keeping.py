"""Sentences of refusals: copies, restoring and tasks."""

from django.utils.functional import Promise

SENTENCES: dict[str, str | Promise] = {}
