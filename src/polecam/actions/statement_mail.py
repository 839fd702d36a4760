"""A letter to a seller: their statement is there. No amount, no name of anybody outside."""

from datetime import datetime

from django.conf import settings

from polecam.actions.staff_mail import send_to_staff
from polecam.bonuses.models import Statement
from polecam.journal.models import Event
from polecam.messages.models import Message
from polecam.messages.texts_staff import STATEMENT


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

    return send_to_staff(
        event=event, kind=STATEMENT, person=found.person, facts={"url": url}, at=at
    )
