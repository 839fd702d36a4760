"""Sentences of refusals: the tree of regions, branches and teams."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

SENTENCES: dict[str, str | Promise] = {
    "level_misplaced": gettext_lazy(
        "A team hangs below a branch, a branch below a region, a region below the firm itself."
    ),
    "move_in_past": gettext_lazy(
        "Choose today or a later day: what was stays as it was, in every sum."
    ),
    "move_planned": gettext_lazy(
        "A move of this place is ahead already. Take it back first, then plan another."
    ),
    "move_nowhere": gettext_lazy("It stands there on that day already."),
    "move_needs_reason": gettext_lazy("Say why, in a few words. It stays on record."),
    "move_over": gettext_lazy("No move of this place is ahead any more."),
    "place_closed": gettext_lazy("This place is closed on that day."),
    "place_open": gettext_lazy("This place is open."),
    "place_not_empty": gettext_lazy(
        "There are still people or open matters here. They are listed on this page; once they have "
        "another place, it can close."
    ),
    "setting_firm_only": gettext_lazy("This setting is the whole firm’s, the same everywhere."),
    "setting_started": gettext_lazy(
        "This value holds already. Give the setting another one from a day on: the past stays."
    ),
}
