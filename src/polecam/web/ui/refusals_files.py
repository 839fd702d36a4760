"""Sentences of refusals: files, feeds and copies of what one may see."""

from django.utils.functional import Promise

SENTENCES: dict[str, str | Promise] = {}
