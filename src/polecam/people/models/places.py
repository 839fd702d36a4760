"""Roles in places of the tree, invitations to join, moves to come, deputies of managers."""

from django.db import models

from polecam.organisation.models import Branch
from polecam.people.models.persons import Person
from polecam.store.fields import public_id


class Role(models.TextChoices):
    """A role in a branch."""

    SELLER = "seller"
    MANAGER = "manager"
    ADMIN = "admin"
    DPO = "dpo"
    PAYROLL = "payroll"


class Membership(models.Model):
    """A role of a person in a branch, from `since` until `until` (half-open; null = still)."""

    public_id = public_id()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT)
    role = models.CharField(max_length=10, choices=Role.choices)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    DATA = {
        "public_id": "id",
        "person": "id",
        "branch": "id",
        "role": "enum",
        "since": "date",
        "until": "date",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "branch", "role"],
                condition=models.Q(until=None),
                name="membership_once",
            ),
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gt=models.F("since")),
                name="membership_ends_after_start",
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=Role.values), name="membership_role"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.public_id}"


class Welcome(models.Model):
    """A link by which a new person joins; the token is derived, never stored."""

    public_id = public_id()
    email = models.EmailField()
    first_name = models.CharField(max_length=60, blank=True)
    last_name = models.CharField(max_length=80, blank=True)
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT)
    role = models.CharField(max_length=10, choices=Role.choices)
    invited_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    language = models.CharField(max_length=2, default="pl")
    reminded_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    DATA = {
        "public_id": "id",
        "email": "personal",
        "first_name": "personal",
        "last_name": "personal",
        "branch": "id",
        "role": "enum",
        "invited_by": "id",
        "created_at": "date",
        "expires_at": "date",
        "accepted_at": "date",
        "language": "enum",
        "reminded_at": "date",
        "withdrawn_at": "date",
    }

    def __str__(self) -> str:
        return self.public_id


class WithClients(models.TextChoices):
    """What becomes of the clients of somebody who moves."""

    ALONG = "along"
    STAY = "stay"


class PlannedMove(models.Model):
    """A person changes from one place and role to another on a day to come; then it is done.

    `clients`: they go along, or stay with the branch, where a division of them is drafted.
    """

    public_id = public_id()
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    origin = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="+")
    target = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=10, choices=Role.choices)
    on = models.DateField()
    clients = models.CharField(max_length=5, choices=WithClients.choices, default=WithClients.STAY)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)

    DATA = {
        "public_id": "id",
        "person": "id",
        "origin": "id",
        "target": "id",
        "role": "enum",
        "clients": "enum",
        "on": "date",
        "made_by": "id",
        "made_at": "date",
        "done_at": "date",
        "cancelled_at": "date",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "origin"],
                condition=models.Q(done_at=None, cancelled_at=None),
                name="planned_move_once",
            ),
            models.CheckConstraint(
                condition=models.Q(done_at=None) | models.Q(cancelled_at=None),
                name="planned_move_ends_once",
            ),
            models.CheckConstraint(
                condition=~models.Q(origin=models.F("target")), name="planned_move_moves"
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=Role.values), name="planned_move_role"
            ),
            models.CheckConstraint(
                condition=models.Q(clients__in=WithClients.values), name="planned_move_clients"
            ),
        ]
        indexes = [models.Index(fields=["on"], name="planned_move_day")]


class Departure(models.Model):
    """A last day that is known beforehand: from the day `on` the person works here no longer."""

    public_id = public_id()
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    on = models.DateField()
    made_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)

    DATA = {
        "public_id": "id",
        "person": "id",
        "on": "personal",
        "made_by": "id",
        "made_at": "date",
        "done_at": "date",
        "cancelled_at": "date",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(done_at=None, cancelled_at=None),
                name="departure_once",
            ),
            models.CheckConstraint(
                condition=models.Q(done_at=None) | models.Q(cancelled_at=None),
                name="departure_ends_once",
            ),
        ]
        indexes = [models.Index(fields=["on"], name="departure_day")]


class Deputy(models.Model):
    """`person` stands in for the manager of `branch` from `since` until `until` (days of the firm,
    half-open). What a deputy may do: people.permissions.as_deputy."""

    public_id = public_id()
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT)
    manager = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="deputises")
    since = models.DateField()
    until = models.DateField()
    made_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    DATA = {
        "public_id": "id",
        "branch": "id",
        "manager": "id",
        "person": "id",
        "since": "personal",
        "until": "personal",
        "made_by": "id",
        "made_at": "date",
        "ended_at": "date",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until__gt=models.F("since")), name="deputy_has_length"
            ),
            models.CheckConstraint(
                condition=~models.Q(manager=models.F("person")), name="deputy_is_another"
            ),
        ]
        indexes = [models.Index(fields=["person", "until"], name="deputy_person")]
