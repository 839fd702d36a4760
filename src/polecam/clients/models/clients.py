"""Existing customers who may recommend, each with an owner."""

from django.db import models

from polecam.imports.models import Import
from polecam.organisation.models import Branch
from polecam.parties.models import Party
from polecam.people.models import Person
from polecam.store.fields import public_id


class Client(models.Model):
    """An existing customer. Only the owner asks, unless the client is shared.

    `resting_until`: not now until that date, without a cause. `introduced_by`: the client who
    recommended them, remembered for good. `imported_by`: the file they came with (GDPR 15: the
    source). `renews_on`: the next date on which something of theirs is renewed.
    """

    public_id = public_id()
    party = models.OneToOneField(Party, on_delete=models.PROTECT)
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT)
    owner = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, db_index=False)
    number = models.CharField(max_length=40, blank=True)
    since = models.DateField(null=True)
    renews_on = models.DateField(null=True)
    product = models.CharField(max_length=80, blank=True)
    shared = models.BooleanField(default=False)
    never_ask_at = models.DateTimeField(null=True)
    resting_until = models.DateField(null=True)
    introduced_by = models.ForeignKey("self", null=True, on_delete=models.SET_NULL)
    imported_by = models.ForeignKey(Import, null=True, on_delete=models.SET_NULL, db_index=False)
    last_asked_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    DATA = {
        "public_id": "id",
        "party": "id",
        "branch": "id",
        "owner": "id",
        "number": "personal",
        "since": "personal",
        "renews_on": "personal",
        "product": "personal",
        "shared": "enum",
        "never_ask_at": "date",
        "resting_until": "date",
        "introduced_by": "id",
        "imported_by": "id",
        "last_asked_at": "date",
        "created_at": "date",
        "updated_at": "date",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["branch", "number"],
                condition=~models.Q(number=""),
                name="client_number_once_per_branch",
            )
        ]
        indexes = [
            models.Index(fields=["owner", "id"], name="client_owner"),
            models.Index(fields=["branch"], name="client_shared", condition=models.Q(shared=True)),
            models.Index(fields=["number"], name="client_number"),
        ]

    def __str__(self) -> str:
        return self.public_id
