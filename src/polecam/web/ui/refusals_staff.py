"""Sentences of refusals: people, their roles, deputies and leaving."""

from django.utils.functional import Promise

SENTENCES: dict[str, str | Promise] = {}
