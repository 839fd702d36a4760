"""A letter to a seller: their statement is there. No amount, no name of anybody outside."""

from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from polecam.actions.staff_mail import send_to_staff
from polecam.bonuses.models import Statement
from polecam.journal.models import Event
from polecam.messages.models import Message

KIND = "statement"


def tell_of_statement(*, event: Event, at: datetime) -> Message | None:
    """Mail the owner of the statement that `event` (statement.published) is about, once.

    None when the statement is gone again, or its owner no longer works here.
    """
    found = (
        Statement.objects.select_related("person", "payroll_month")
        .filter(public_id=event.subject)
        .first()
    )
    if found is None:
        return None
    month = found.payroll_month.month
    url = f"{settings.BASE_URL}/statements/{month}/"

    def words() -> tuple[str, str]:
        return _("Your statement is there"), _body(url)

    return send_to_staff(event=event, kind=KIND, person=found.person, words=words, at=at)


def _body(url: str) -> str:
    return _(
        "Good day,\n\n"
        "your statement of last month's bonuses is there. It says what moved, what is paid, and "
        "where each amount comes from:\n\n"
        "%(url)s\n\n"
        "If something does not add up, ask on the line itself. Until the month is closed it can "
        "still change."
    ) % {"url": url}
