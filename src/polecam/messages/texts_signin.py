"""What a letter about somebody's own sign-in says: something changed, and what to do if it was not
them. No code, no address, no place."""

from collections.abc import Callable

from django.utils.translation import gettext as _

NEW_DEVICE, SIGN_IN = "new_device", "sign_in"


def _new_device() -> tuple[str, str]:
    return _("You signed in on a new device"), _(
        "Good day,\n\n"
        "your account in Polecam was opened on a device that was not used for it before: "
        "%(device)s, %(when)s.\n\n"
        "Was it you? Then there is nothing to do.\n\n"
        "If not, end that session here and choose a new password:\n\n"
        "%(url)s\n"
    )


def _sign_in() -> tuple[str, str]:
    return _("Your sign-in to Polecam changed"), _(
        "Good day,\n\n"
        "%(what)s (%(when)s)\n\n"
        "Was it you? Then there is nothing to do.\n\n"
        "If not, look at your sign-in here and tell your admin:\n\n"
        "%(url)s\n"
    )


TEXTS: dict[str, Callable[[], tuple[str, str]]] = {
    NEW_DEVICE: _new_device,
    SIGN_IN: _sign_in,
}

WHAT: dict[str, Callable[[], str]] = {
    "totp_added": lambda: _("An authenticator app was added to your account."),
    "passkey_added": lambda: _("A passkey was added to your account."),
    "totp_removed": lambda: _("An authenticator app was removed from your account."),
    "passkey_removed": lambda: _("A passkey was removed from your account."),
    "doubted": lambda: _(
        "One of your passkeys was refused, because somebody else may have a copy of it."
    ),
    "codes_made": lambda: _("New spare codes were made for your account; the old ones are void."),
    "code_used": lambda: _("One of your spare codes was used to sign in."),
    "password": lambda: _("The password of your account was changed."),
    "reset": lambda: _(
        "An admin took away the second step of your sign-in, because somebody said that it was "
        "lost. Set it up again when you sign in next."
    ),
    "helped_in": lambda: _("A link for a new password was made for you on the server itself."),
}
"""What changed, in the language that is active."""
