"""The thanks a client is owed, the catalogue of rewards, and what was given to whom."""

from django.db import models

from polecam.clients.models import Client
from polecam.organisation.models import Branch
from polecam.parties.models import Party
from polecam.people.models import Person
from polecam.referrals.models import Referral
from polecam.store.fields import public_id


class Occasion(models.TextChoices):
    """When thanks are due: never timed by a sale."""

    RECOMMENDED = "recommended"
    TALKED = "talked"


class ThanksWay(models.TextChoices):
    """How the client was thanked."""

    WORDS = "words"
    CARD = "card"
    EMAIL = "email"


class Thanks(models.Model):
    """One thank-you owed to a client for one referral: at the recommendation, or after the talk.

    The second only where the friend allowed it. `skipped_at`: the client wants none.
    """

    public_id = public_id()
    client = models.ForeignKey(Client, on_delete=models.CASCADE)
    referral = models.ForeignKey(Referral, on_delete=models.CASCADE)
    seller = models.ForeignKey(Person, on_delete=models.PROTECT)
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT)
    occasion = models.CharField(max_length=11, choices=Occasion.choices)
    due_on = models.DateField()
    way = models.CharField(max_length=5, choices=ThanksWay.choices, blank=True)
    done_at = models.DateTimeField(null=True)
    skipped_at = models.DateTimeField(null=True)

    DATA = {
        "public_id": "id",
        "client": "id",
        "referral": "id",
        "seller": "id",
        "branch": "id",
        "occasion": "enum",
        "due_on": "date",
        "way": "enum",
        "done_at": "date",
        "skipped_at": "date",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["referral", "occasion"], name="thanks_once"),
            models.CheckConstraint(
                condition=models.Q(occasion__in=Occasion.values), name="thanks_occasion"
            ),
        ]
        indexes = [models.Index(fields=["seller", "done_at", "due_on"], name="thanks_due")]


class Side(models.TextChoices):
    """Whom a reward is for; `both`: the client and the friend get the same."""

    CLIENT = "client"
    FRIEND = "friend"
    BOTH = "both"
    CHARITY = "charity"


class RewardOutcome(models.TextChoices):
    """What a reward is attached to: never to a sale, never to a number of contacts."""

    CONSENT = "consent"
    TALK = "talk"


class TaxClass(models.TextChoices):
    """How the firm's accountants treat a reward; the product assumes no exemption."""

    UNSET = "unset"
    PRIZE = "prize"
    GIFT = "gift"
    PROMOTION = "promotion"
    NONE = "none"


class Reward(models.Model):
    """Something the firm gives in thanks: value, stock, tax class, and whether a human approves.

    `value_grosze` is flat, and each side's own where it is for both. `outcome`: what must have
    happened. `stock` null: as many as wanted; else what is left. `branch` null: the whole firm.
    """

    public_id = public_id()
    branch = models.ForeignKey(Branch, null=True, on_delete=models.PROTECT)
    side = models.CharField(max_length=7, choices=Side.choices)
    title_pl = models.CharField(max_length=80)
    title_en = models.CharField(max_length=80)
    outcome = models.CharField(
        max_length=7, choices=RewardOutcome.choices, default=RewardOutcome.CONSENT
    )
    value_grosze = models.BigIntegerField()
    tax_class = models.CharField(max_length=9, choices=TaxClass.choices, default=TaxClass.UNSET)
    stock = models.PositiveIntegerField(null=True)
    needs_approval = models.BooleanField(default=True)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    DATA = {
        "public_id": "id",
        "branch": "id",
        "side": "enum",
        "title_pl": "text",
        "title_en": "text",
        "outcome": "enum",
        "value_grosze": "number",
        "tax_class": "enum",
        "stock": "number",
        "needs_approval": "enum",
        "made_by": "id",
        "made_at": "date",
        "ended_at": "date",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(side__in=Side.values), name="reward_side"),
            models.CheckConstraint(
                condition=models.Q(value_grosze__gte=0), name="reward_value_not_negative"
            ),
            models.CheckConstraint(
                condition=models.Q(outcome__in=RewardOutcome.values), name="reward_outcome"
            ),
        ]


class RewardBudget(models.Model):
    """What a branch may give in a calendar year; granting takes from it under its lock."""

    branch = models.ForeignKey(Branch, on_delete=models.PROTECT)
    year = models.PositiveSmallIntegerField()
    grosze = models.BigIntegerField()
    used_grosze = models.BigIntegerField(default=0)

    DATA = {"branch": "id", "year": "number", "grosze": "number", "used_grosze": "number"}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["branch", "year"], name="reward_budget_once"),
            models.CheckConstraint(
                condition=models.Q(used_grosze__gte=0)
                & models.Q(used_grosze__lte=models.F("grosze")),
                name="reward_budget_holds",
            ),
        ]


class GrantState(models.TextChoices):
    """asked -> approved | refused; approved -> given | cancelled."""

    ASKED = "asked"
    APPROVED = "approved"
    REFUSED = "refused"
    GIVEN = "given"
    CANCELLED = "cancelled"


class Flag(models.TextChoices):
    """Why a human of compliance must look before a reward is approved."""

    NO = "", "-"
    MANY = "many", "many"


class RewardGrant(models.Model):
    """One reward for one outcome of one referral, never for a number of contacts.

    `party`: who gets it; null for charity. What it was worth and how it is taxed are kept as they
    were that day. `year`: the year it is counted in, of the approval, then of the giving;
    `budget_year`: the budget it was taken from. `flag`: many rewarded referrals of one client.
    """

    public_id = public_id()
    reward = models.ForeignKey(Reward, on_delete=models.PROTECT)
    client = models.ForeignKey(Client, null=True, on_delete=models.SET_NULL)
    party = models.ForeignKey(Party, null=True, on_delete=models.SET_NULL)
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT)
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT)
    side = models.CharField(max_length=7, choices=Side.choices)
    value_grosze = models.BigIntegerField()
    tax_class = models.CharField(max_length=9, choices=TaxClass.choices)
    year = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=9, choices=GrantState.choices)
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=200, blank=True)
    flag = models.CharField(max_length=4, choices=Flag.choices, blank=True)
    budget_year = models.PositiveSmallIntegerField(null=True)
    given_at = models.DateTimeField(null=True)

    DATA = {
        "public_id": "id",
        "reward": "id",
        "client": "id",
        "party": "id",
        "referral": "id",
        "branch": "id",
        "side": "enum",
        "value_grosze": "number",
        "tax_class": "enum",
        "year": "number",
        "state": "enum",
        "asked_at": "date",
        "decided_by": "id",
        "decided_at": "date",
        "why": "text",
        "flag": "enum",
        "budget_year": "number",
        "given_at": "date",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["referral", "side"],
                condition=~models.Q(state__in=["refused", "cancelled"]),
                name="one_reward_a_side",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=GrantState.values), name="grant_state"
            ),
        ]
        indexes = [
            models.Index(fields=["party", "year"], name="grant_party_year"),
            models.Index(fields=["client", "year"], name="grant_client_year"),
            models.Index(fields=["branch", "state"], name="grant_branch_state"),
        ]


class ThanksChoice(models.Model):
    """How a client wants to be thanked: for the friend, me, both, charity, or with nothing."""

    client = models.OneToOneField(Client, on_delete=models.CASCADE)
    choice = models.CharField(max_length=7)  # a Side, or "none"
    reward = models.ForeignKey(Reward, null=True, on_delete=models.SET_NULL)
    chosen_at = models.DateTimeField()

    DATA = {"client": "id", "choice": "enum", "reward": "id", "chosen_at": "date"}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(choice__in=[*Side.values, "none"]), name="thanks_choice"
            )
        ]
