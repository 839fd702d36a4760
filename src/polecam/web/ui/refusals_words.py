"""Refusals of words for an ask: own ones, the house's, plans."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

SENTENCES: dict[str, str | Promise] = {
    "channel_unknown": gettext_lazy("Choose one of the possibilities shown."),
    "relation_unknown": gettext_lazy("Choose one of the possibilities shown."),
    "words_language": gettext_lazy("Choose one of the possibilities shown."),
    "words_private": gettext_lazy(
        "Leave health and family out (“%(word)s”). Ask about plans and occasions instead."
    ),
    "words_place": gettext_lazy(
        "Nothing is filled in for “%(place)s”. Use the places named under the field."
    ),
    "words_link_missing": gettext_lazy(
        "Words for a message need the place {link}, so that the client has something to pass on."
    ),
    "words_link_needless": gettext_lazy(
        "{link} stands in a message only. Choose “In a message”, or leave it out."
    ),
    "words_unknown": gettext_lazy("This sentence is not there any more."),
    "words_unchanged": gettext_lazy("Nothing changed, so no new version was made."),
    "words_last": gettext_lazy(
        "It is the last one that suits any moment. Write another one first, then put this away."
    ),
    "plan_empty": gettext_lazy("Write what you mean to say; one sentence is enough."),
    "not_your_plan": gettext_lazy("A plan belongs to whoever made it."),
}
