"""What people ask about their data, with deadlines; and why a campaign may be done at all."""

from django.db import models

from polecam.parties.models import Party
from polecam.people.models import Person
from polecam.store.fields import Sealed, SealedField, public_id
from polecam.store.triggers import guard


class RequestKind(models.TextChoices):
    """What a person asks of the data protection officer (GDPR 15-21)."""

    ACCESS = "access"
    RECTIFY = "rectify"
    ERASE = "erase"
    PORT = "port"
    OBJECT = "object"


class Came(models.TextChoices):
    """How a request reached the firm."""

    LETTER = "letter"
    PHONE = "phone"
    EMAIL = "email"
    IN_PERSON = "in_person"
    OWN_PAGE = "own_page"


class RequestOutcome(models.TextChoices):
    """What became of a request."""

    DONE = "done"
    NOTHING_KEPT = "nothing_kept"
    TAKEN_BACK = "taken_back"
    REFUSED = "refused"


class PersonRequest(models.Model):
    """One request of a person, with its deadline: one month, three if a reason is given in time.

    `who`: what the letter says, while nobody is found yet; it goes once the request is done.
    """

    public_id = public_id()
    kind = models.CharField(max_length=7, choices=RequestKind.choices)
    party = models.ForeignKey(Party, null=True, on_delete=models.SET_NULL)
    who_sealed = SealedField(blank=True)
    came = models.CharField(max_length=9, choices=Came.choices, default=Came.LETTER)
    received_on = models.DateField()
    due_on = models.DateField()
    extended_why = models.CharField(max_length=200, blank=True)
    extended_at = models.DateTimeField(null=True)
    noted_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=12, choices=RequestOutcome.choices, blank=True)
    outcome_why = models.CharField(max_length=200, blank=True)

    who = Sealed("who_sealed")

    DATA = {
        "public_id": "id",
        "kind": "enum",
        "party": "id",
        "who_sealed": "contact",
        "came": "enum",
        "received_on": "date",
        "due_on": "date",
        "extended_why": "text",
        "extended_at": "date",
        "noted_by": "id",
        "noted_at": "date",
        "done_at": "date",
        "done_by": "id",
        "outcome": "enum",
        "outcome_why": "text",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=RequestKind.values), name="person_request_kind"
            ),
            models.CheckConstraint(
                condition=models.Q(came__in=Came.values), name="person_request_came"
            ),
            models.CheckConstraint(
                condition=models.Q(outcome__in=["", *RequestOutcome.values]),
                name="person_request_outcome",
            ),
            models.CheckConstraint(
                condition=models.Q(done_at=None, outcome="")
                | models.Q(done_at__isnull=False) & ~models.Q(outcome=""),
                name="person_request_done_with_outcome",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_on"], name="person_request_due", condition=models.Q(done_at=None)
            )
        ]


class BalancingTest(models.Model):
    """Why a campaign may rest on legitimate interest (GDPR 6(1)(f)); signed, then never changed."""

    public_id = public_id()
    title = models.CharField(max_length=120)
    version = models.PositiveSmallIntegerField(default=1)
    interest = models.TextField()
    necessity = models.TextField()
    balance = models.TextField()
    safeguards = models.TextField()
    passes = models.BooleanField(null=True)
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    signed_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(null=True)
    review_on = models.DateField(null=True)

    DATA = {
        "public_id": "id",
        "title": "text",
        "version": "number",
        "interest": "text",
        "necessity": "text",
        "balance": "text",
        "safeguards": "text",
        "passes": "enum",
        "written_by": "id",
        "written_at": "date",
        "signed_by": "id",
        "signed_at": "date",
        "review_on": "date",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(signed_at=None) | models.Q(passes__isnull=False),
                name="balancing_test_signed_with_result",
            ),
            models.UniqueConstraint(fields=["title", "version"], name="balancing_test_version"),
        ]


guard(
    "privacy_balancingtest",
    "privacy_balancingtest_signed",
    "UPDATE",
    "DELETE",
    when="OLD.signed_at IS NOT NULL",
)
