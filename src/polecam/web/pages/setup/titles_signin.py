"""Titles of settings: signing in."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

SIGNIN: dict[str, tuple[str | Promise, str | Promise]] = {
    "factor_manager": (
        gettext_lazy("Second step for managers"),
        gettext_lazy("Besides a password, a code from an app or a passkey. For the whole firm."),
    ),
    "factor_admin": (
        gettext_lazy("Second step for admins"),
        gettext_lazy("They open the doors for everybody else, so theirs is locked twice."),
    ),
    "factor_dpo": (
        gettext_lazy("Second step for the data protection officer"),
        gettext_lazy("They see what the house knows about a person."),
    ),
    "factor_payroll": (
        gettext_lazy("Second step for payroll"),
        gettext_lazy("They see amounts and pay them out."),
    ),
    "factor_seller": (
        gettext_lazy("Second step for sellers"),
        gettext_lazy("They see their own clients. Anyone may set it up, also where nobody must."),
    ),
    "factor_grace_days": (
        gettext_lazy("Days to set the second step up"),
        gettext_lazy(
            "From the day somebody takes on such a role. After that, only their own sign-in page "
            "opens until it is done. 0: at once."
        ),
    ),
    "session_idle_hours": (
        gettext_lazy("Signed out by itself after"),
        gettext_lazy(
            "Hours without any use. However busy, after 14 days everybody signs in again."
        ),
    ),
}
