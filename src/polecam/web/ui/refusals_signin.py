"""Sentences of refusals: signing in."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

SENTENCES: dict[str, str | Promise] = {
    "code_wrong": gettext_lazy(
        "This code does not fit. A new one comes every 30 seconds, and each works once."
    ),
    "spare_wrong": gettext_lazy("This is none of your spare codes, or it was used already."),
    "passkey_wrong": gettext_lazy("This passkey could not be confirmed here. Nothing was changed."),
    "passkey_doubted": gettext_lazy(
        "This passkey counts differently than before, so somebody may have a copy. Sign in another "
        "way and remove it."
    ),
    "passkey_known": gettext_lazy("This passkey is set up already."),
    "factors_many": gettext_lazy(
        "Ten are set up already. Remove one that you no longer use, then add the new one."
    ),
    "factor_over": gettext_lazy("This app was set up already, or its time is over. Begin again."),
    "no_factor": gettext_lazy("Set up an app or a passkey first; spare codes stand in for it."),
    "own_factor": gettext_lazy(
        "Nobody does this for themselves. Ask another admin, or use a spare code."
    ),
}
