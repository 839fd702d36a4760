"""Receipts of the tests: captured through the real actions, sealed, taken outside."""

import html
from datetime import datetime, timedelta

from django.db import connection
from django.http import HttpResponse

from polecam.actions import journal, referrals
from polecam.claims import papers
from polecam.claims.models import Receipt
from polecam.claims.slip import text
from polecam.clients.models import Client
from polecam.organisation.models import Organisation
from polecam.people.models import Person
from polecam.referrals.models import Referral
from polecam.store import triggers

DAY = timedelta(days=1)


def bring(seller: Person, client: Client, at: datetime, name: str = "Piotr") -> Referral:
    """`seller` notes that `client` named a friend."""
    return referrals.capture(
        by=seller,
        at=at,
        client=client,
        first_name=name,
        key=f"{client.pk}-{name}-{at}",
        kind="spontaneous",
    )


def receipt_of(referral: Referral, kind: str = "capture") -> Receipt:
    """The receipt that came with it."""
    return Receipt.objects.get(referral=referral.public_id, kind=kind)


def seal(at: datetime) -> None:
    """Every day up to two days after `at` is closed; the firm began on that day."""
    Organisation.objects.update(created_at=at - DAY)
    journal.seal_due(at=at + 2 * DAY)


def outside(receipt: Receipt) -> str:
    """Everything its holder can take along: receipt, proof, opening."""
    return text(papers.whole(receipt, receipt.person))


def plant(statement: str, *values: object) -> None:
    """Change rows as someone with the database's password would."""
    triggers.drop()
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        assert cursor.rowcount
    triggers.install()


def shown(answer: HttpResponse) -> str:
    """A page as it is read."""
    text = html.unescape(answer.content.decode())
    return text.replace("\u00a0", " ").replace("\u202f", " ")
