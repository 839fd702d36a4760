"""Refusals about messages and their words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

SENTENCES: dict[str, str | Promise] = {
    "template_subject": gettext_lazy("A letter needs a subject."),
    "template_length": gettext_lazy("Write something, and at most %(most)s characters."),
    "template_place_unknown": gettext_lazy(
        "Nothing would fill %(place)s. The places you can use stand beside the text."
    ),
    "template_place_missing": gettext_lazy(
        "%(place)s has to stay: without it the message lacks what its reader is owed."
    ),
    "template_link_in_subject": gettext_lazy("A link belongs into the text, not into the subject."),
    "message_moved_on": gettext_lazy(
        "This message has moved on meanwhile. Nothing was changed; this is how it stands now."
    ),
}
