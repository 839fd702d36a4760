"""Signing in by the firm's identity provider."""

from django.utils.translation import gettext as _

from polecam.web.ui.sentences import Tale, tells


@tells("identity.bound")
def bound(tale: Tale) -> str:
    """The first sign-in by the provider."""
    return _("An account of the firm was bound to a person.")


@tells("identity.unbound")
def unbound(tale: Tale) -> str:
    """They got another account."""
    return _("An account of the firm was parted from a person.")
