"""Words for an ask, what a seller means to say at its moment, and which words work."""

from django.db import models

from polecam.organisation.models import Branch
from polecam.people.models import Person
from polecam.store.fields import Sealed, SealedField, public_id


class AskChannel(models.TextChoices):
    """How a seller asks, and what words are for."""

    TALK = "talk"
    PHONE = "phone"
    MESSAGE = "message"


class Relation(models.TextChoices):
    """How well the two know each other."""

    NEW = "new"
    LONG = "long"
    INTRODUCED = "intro"


class Script(models.Model):
    """Versioned words for an ask, with an exit line; `seller` null = the house's own words.

    An empty kind of moment, channel or relation suits any. `changed_by`: who wrote or put away
    this version of the house's words for the firm; null = it came with the house.
    """

    public_id = public_id()
    code = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=2)
    seller = models.ForeignKey(Person, null=True, on_delete=models.CASCADE)
    changed_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    moment_kind = models.CharField(max_length=20, blank=True)
    channel = models.CharField(max_length=8, choices=AskChannel.choices, blank=True)
    relation = models.CharField(max_length=5, choices=Relation.choices, blank=True)
    text = models.CharField(max_length=240)
    exit_line = models.CharField(max_length=160)
    created_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    DATA = {
        "public_id": "id",
        "code": "enum",
        "version": "number",
        "language": "enum",
        "seller": "id",
        "changed_by": "id",
        "moment_kind": "enum",
        "channel": "enum",
        "relation": "enum",
        "text": "text",
        "exit_line": "text",
        "created_at": "date",
        "retired_at": "date",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["code", "version", "language"],
                condition=models.Q(seller__isnull=True),
                name="script_version_once",
            ),
            models.UniqueConstraint(
                fields=["seller", "code", "version", "language"],
                condition=models.Q(seller__isnull=False),
                name="own_script_version_once",
            ),
        ]


class IfThenPlan(models.Model):
    """A seller's own "when this happens, I say that": shown to them alone, at its moment."""

    public_id = public_id()
    seller = models.ForeignKey(Person, on_delete=models.CASCADE)
    moment_kind = models.CharField(max_length=20)
    then_sealed = SealedField()
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    then = Sealed("then_sealed")

    DATA = {
        "public_id": "id",
        "seller": "id",
        "moment_kind": "enum",
        "then_sealed": "secret",
        "made_at": "date",
        "ended_at": "date",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["seller", "moment_kind"],
                condition=models.Q(ended_at=None),
                name="one_plan_for_a_moment",
            )
        ]


class WordsChoice(models.Model):
    """A seller who does not want their words in random order (the fair test of variants)."""

    seller = models.OneToOneField(Person, on_delete=models.CASCADE)
    fair_test = models.BooleanField(default=True)
    changed_at = models.DateTimeField()

    DATA = {"seller": "id", "fair_test": "enum", "changed_at": "date"}


class ScriptTally(models.Model):
    """Answers heard and yeses, per kind of moment, sentence, seller and month; rebuildable.

    `code` and `version` name a sentence of the house that chance put first; "" and 0 stand for
    asks in which it put none. So the rows of one kind add up to its MomentTally, and the cells cut
    from both nest (asking.word_rates, invariant 21): no row is ever shown.
    """

    branch = models.ForeignKey(Branch, on_delete=models.CASCADE)
    seller = models.ForeignKey(Person, on_delete=models.CASCADE)
    kind = models.CharField(max_length=20, blank=True)
    code = models.CharField(max_length=40, blank=True)
    version = models.PositiveSmallIntegerField(default=0)
    month = models.CharField(max_length=7)
    asks = models.IntegerField(default=0)
    yes = models.IntegerField(default=0)

    DATA = {
        "branch": "id",
        "seller": "id",
        "kind": "enum",
        "code": "enum",
        "version": "number",
        "month": "date",
        "asks": "number",
        "yes": "number",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["branch", "month", "kind", "code", "version", "seller"],
                name="script_tally_once",
            ),
            models.CheckConstraint(
                condition=models.Q(yes__gte=0) & models.Q(asks__gte=models.F("yes")),
                name="script_tally_sane",
            ),
        ]
