"""Which media this installation has. There is no SMS gateway but the files of demo and tests."""

from django.conf import settings


def sms_possible() -> bool:
    """Whether a text message would reach anyone, so that a number can be confirmed by it."""
    return bool(settings.SMS_TO_FILES)
