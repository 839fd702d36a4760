"""Sentences of refusals: signing in by the firm's identity provider."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

SENTENCES: dict[str, str | Promise] = {
    "sso_nobody": gettext_lazy(
        "This account belongs to nobody who works here yet. Ask your administrator for an "
        "invitation to your work e-mail, then sign in again."
    ),
    "sso_without_email": gettext_lazy(
        "Your account came without an e-mail address, so we cannot tell who you are. Whoever looks "
        "after the accounts of your firm can let it be sent along."
    ),
    "sso_email_unproven": gettext_lazy(
        "The e-mail address of your account is not confirmed yet. Confirm it there, then sign in "
        "again."
    ),
    "sso_other_account": gettext_lazy(
        "Your person here is bound to another account of the firm. If you got a new one, your "
        "administrator lets it be bound anew."
    ),
}
