"""Sales that referrals brought, and complaints about them."""

from django.db import models

from polecam.clients.models import Client
from polecam.organisation.models import Branch
from polecam.people.models import Person
from polecam.referrals.models import Referral
from polecam.store.fields import public_id


class SaleState(models.TextChoices):
    """reported -> confirmed (by someone else, or a matched file) -> retained, or void."""

    REPORTED = "reported"
    CONFIRMED = "confirmed"
    RETAINED = "retained"
    VOID = "void"


class LateReason(models.TextChoices):
    """Why a sale was reported more than a week after its day."""

    PAPERS = "papers"
    ABSENCE = "absence"
    FORGOTTEN = "forgotten"


class VoidReason(models.TextChoices):
    """Why a sale does not count."""

    MISTAKE = "mistake"
    NOT_CONCLUDED = "not_concluded"
    CANCELLED = "cancelled"


class Sale(models.Model):
    """A won referral: amounts in grosze, the day it was sold, its contract number.

    `client` is set at the confirmation. `confirmed_via`: `person` or `file`. `late_reason`: why
    it was reported more than a week after its day.
    """

    public_id = public_id()
    referral = models.OneToOneField(Referral, on_delete=models.PROTECT)
    client = models.ForeignKey(Client, null=True, on_delete=models.PROTECT)
    seller = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT)
    value_grosze = models.BigIntegerField()
    margin_grosze = models.BigIntegerField()
    contract = models.CharField(max_length=40, blank=True)
    sold_on = models.DateField()
    late_reason = models.CharField(max_length=10, choices=LateReason.choices, blank=True)
    state = models.CharField(max_length=10, choices=SaleState.choices, default=SaleState.REPORTED)
    reported_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_via = models.CharField(max_length=8, blank=True)
    retained_at = models.DateTimeField(null=True)
    void_at = models.DateTimeField(null=True)
    void_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    void_reason = models.CharField(max_length=14, choices=VoidReason.choices, blank=True)

    DATA = {
        "public_id": "id",
        "referral": "id",
        "client": "id",
        "seller": "id",
        "branch": "id",
        "value_grosze": "number",
        "margin_grosze": "number",
        "contract": "personal",
        "sold_on": "date",
        "late_reason": "enum",
        "state": "enum",
        "reported_at": "date",
        "confirmed_at": "date",
        "confirmed_by": "id",
        "confirmed_via": "enum",
        "retained_at": "date",
        "void_at": "date",
        "void_by": "id",
        "void_reason": "enum",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["branch", "contract"],
                condition=~models.Q(contract="") & ~models.Q(state="void"),
                name="contract_once_per_branch",
            ),
            models.CheckConstraint(
                condition=models.Q(value_grosze__gte=0) & models.Q(margin_grosze__gte=0),
                name="sale_amounts_not_negative",
            ),
            models.CheckConstraint(
                condition=~models.Q(confirmed_via="person")
                | ~models.Q(confirmed_by=models.F("seller")),
                name="sale_not_confirmed_by_its_seller",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=SaleState.values), name="sale_state"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["reported", "void"])
                | models.Q(confirmed_at__isnull=False),
                name="sale_counts_once_confirmed",
            ),
        ]
        indexes = [
            models.Index(fields=["branch", "state"], name="sale_branch_state"),
            models.Index(fields=["seller", "sold_on"], name="sale_seller"),
        ]


class Ground(models.TextChoices):
    """What a complaint is about."""

    MISINFORMED = "misinformed"
    PRESSURE = "pressure"
    SERVICE = "service"
    OTHER = "other"


class Complaint(models.Model):
    """A complaint on a sale, recorded by the manager; upheld, it voids the unpaid lines.

    `note` and `decision` are erasable; the journal holds HMACs of them over `nonce`.
    """

    public_id = public_id()
    sale = models.ForeignKey(Sale, on_delete=models.PROTECT)
    ground = models.CharField(max_length=12, choices=Ground.choices)
    note = models.CharField(max_length=240, blank=True)
    decision = models.CharField(max_length=240, blank=True)
    nonce = models.CharField(max_length=32, blank=True)
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    upheld = models.BooleanField(null=True)

    DATA = {
        "public_id": "id",
        "sale": "id",
        "ground": "enum",
        "note": "personal",
        "decision": "personal",
        "nonce": "secret",
        "recorded_by": "id",
        "recorded_at": "date",
        "decided_at": "date",
        "decided_by": "id",
        "upheld": "enum",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sale"],
                condition=models.Q(decided_at=None),
                name="one_open_complaint_per_sale",
            )
        ]
