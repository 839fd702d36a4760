"""Letters to people who work here, and to whoever keeps the roots: a link says the rest behind the
sign-in; nobody outside the firm is named."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from polecam.messages import texts_signin
from polecam.messages.quiet import PASSWORD, ROOTS

WELCOME, DISPUTE, STATEMENT, CLAIM_ENDS = "welcome", "dispute", "statement", "claim_ends"
FEED = "feed"


def _welcome() -> tuple[str, str]:
    return _("%(firm)s invites you to Polecam"), _(
        "Good day,\n\n"
        "%(firm)s invites you to work with Polecam. Choose your password here; the link "
        "works once, for seven days:\n\n"
        "%(url)s\n\n"
        "You expected nothing of the kind? Then simply leave it."
    )


def _password() -> tuple[str, str]:
    return _("A new password for Polecam"), _(
        "Hello,\n\n"
        "someone asked for a new password for your account in Polecam. If it was you, "
        "open this link within an hour:\n\n"
        "%(url)s\n\n"
        "If it was not you, do nothing. Your password stays as it is."
    )


def _dispute() -> tuple[str, str]:
    return _("A question waits for your decision"), _(
        "Good day,\n\n"
        "a question about the credit for a recommendation waits for your decision, until "
        "%(when)s. You are no party to it; both sides and the journal are on one page:\n\n"
        "%(url)s\n\n"
        "After that it goes one step up by itself."
    )


def _statement() -> tuple[str, str]:
    return _("Your statement is there"), _(
        "Good day,\n\n"
        "your statement of last month's bonuses is there. It says what moved, what is paid, and "
        "where each amount comes from:\n\n"
        "%(url)s\n\n"
        "If something does not add up, ask on the line itself. Until the month is closed it can "
        "still change."
    )


def _claim_ends() -> tuple[str, str]:
    return _("One of your exclusivities ends %(when)s"), _(
        "Good day,\n\n"
        "the exclusivity on one of the referrals you lead ends %(when)s. %(helps)s\n\n"
        "%(url)s\n\n"
        "The authorship stays where it is, whatever happens."
    )


def _feed() -> tuple[str, str]:
    return _("A nightly file: %(name)s"), _(
        "Good day,\n\n"
        "about the nightly file “%(name)s”. %(why)s\n\n"
        "%(url)s\n\n"
        "Nothing of it was imported meanwhile; what is there stays as it is."
    )


def _roots() -> tuple[str, str]:
    return _("Root of the day %(day)s"), _(
        "%(firm)s, journal of recommendations:\n\n"
        "%(roots)s\n\n"
        "Keep this mail: it proves who brought whom on that day, even if somebody should "
        "rewrite the whole journal later. To check a receipt, open %(url)s and paste the "
        "receipt and this mail.\n"
    )


TEXTS: dict[str, Callable[[], tuple[str, str]]] = {
    WELCOME: _welcome,
    PASSWORD: _password,
    DISPUTE: _dispute,
    STATEMENT: _statement,
    CLAIM_ENDS: _claim_ends,
    FEED: _feed,
    ROOTS: _roots,
    **texts_signin.TEXTS,
}
