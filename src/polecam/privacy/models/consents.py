"""Consents with their wording, and who must never be entered again."""

from django.db import models

from polecam.parties.models import Party
from polecam.people.models import Person
from polecam.store.fields import public_id
from polecam.store.triggers import append_only, guard


class Channel(models.TextChoices):
    """A way to reach someone, consented to separately."""

    PHONE = "phone"
    SMS = "sms"
    EMAIL = "email"
    VISIT = "visit"


class Purpose(models.TextChoices):
    """What the contact is for."""

    REFERRAL = "referral"
    OTHER_OFFERS = "other_offers"


class Held(models.TextChoices):
    """Why a human must look at a consent before it counts."""

    NO = "", "-"
    OWN_SESSION = "own_session", "own_session"


class Wording(models.Model):
    """The exact words someone agreed to: immutable, versioned, re-renderable."""

    code = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=2)
    text = models.TextField()
    digest = models.CharField(max_length=64)
    created_at = models.DateTimeField()

    DATA = {
        "code": "enum",
        "version": "number",
        "language": "enum",
        "text": "text",
        "digest": "id",
        "created_at": "date",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["code", "version", "language"], name="wording_version_once"
            )
        ]


class Consent(models.Model):
    """Proof that a party agreed to one channel for one purpose.

    `confirmed_at`: a link sent to that very channel came back. `unlocked_at`: from then on the
    consent counts; set with the confirmation, or earlier by one of the two dated exceptions (a
    visit needs no contact; the no-SMS-gateway setting). `held_for`: a human must look first, for
    example because the answer came from an employee's own session; a held consent unlocks
    nothing. Active = unlocked and not withdrawn. `names_branch`: the accepted wording named the
    whole branch, not only `receiver`. `invitation` and `referral` are public ids (the rooms
    above). What was given never changes; each later date is set once, never unset.
    """

    public_id = public_id()
    party = models.ForeignKey(Party, on_delete=models.CASCADE)
    receiver = models.ForeignKey(Person, on_delete=models.PROTECT)
    channel = models.CharField(max_length=5, choices=Channel.choices)
    purpose = models.CharField(max_length=12, choices=Purpose.choices, default=Purpose.REFERRAL)
    wording = models.ForeignKey(Wording, on_delete=models.PROTECT)
    names_branch = models.BooleanField(default=False)
    source = models.CharField(max_length=12)
    referral = models.CharField(max_length=15)
    invitation = models.CharField(max_length=15, blank=True)
    given_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    unlocked_at = models.DateTimeField(null=True)
    held_for = models.CharField(max_length=12, choices=Held.choices, blank=True)
    withdrawn_at = models.DateTimeField(null=True)

    DATA = {
        "public_id": "id",
        "party": "id",
        "receiver": "id",
        "channel": "enum",
        "purpose": "enum",
        "wording": "id",
        "names_branch": "enum",
        "source": "enum",
        "referral": "id",
        "invitation": "id",
        "given_at": "date",
        "confirmed_at": "date",
        "unlocked_at": "date",
        "held_for": "enum",
        "withdrawn_at": "date",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(channel__in=Channel.values), name="consent_channel"
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_at=None)
                | models.Q(confirmed_at__gte=models.F("given_at")),
                name="consent_confirmed_after_given",
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at=None)
                | models.Q(withdrawn_at__gte=models.F("given_at")),
                name="consent_withdrawn_after_given",
            ),
            models.CheckConstraint(
                condition=models.Q(unlocked_at=None) | models.Q(held_for=""),
                name="consent_held_unlocks_nothing",
            ),
        ]
        indexes = [models.Index(fields=["referral"], name="consent_referral")]


class Telling(models.Model):
    """A friend allowed that whoever recommended them is told that the talk took place. No more.

    `referral` is a public id (the room above). Unticked unless ticked; taken back in one step, for
    good: given anew, it is a new row.
    """

    public_id = public_id()
    party = models.ForeignKey(Party, on_delete=models.CASCADE)
    referral = models.CharField(max_length=15)
    wording = models.ForeignKey(Wording, on_delete=models.PROTECT)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    DATA = {
        "public_id": "id",
        "party": "id",
        "referral": "id",
        "wording": "id",
        "given_at": "date",
        "withdrawn_at": "date",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["referral"],
                condition=models.Q(withdrawn_at=None),
                name="telling_once",
            )
        ]


class SuppressionKind(models.TextChoices):
    """What a suppression matches on."""

    PHONE = "phone"
    EMAIL = "email"
    NAME_OF_CLIENT = "name_of_client"


class Suppression(models.Model):
    """Someone objected: a keyed hash of a phone, an address, or a name with the same client."""

    kind = models.CharField(max_length=14, choices=SuppressionKind.choices)
    index = models.CharField(max_length=64)
    at = models.DateTimeField()

    DATA = {"kind": "enum", "index": "id", "at": "date"}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "index"], name="suppression_once")]


append_only("privacy_wording")
guard("privacy_suppression", "privacy_suppression_kept", "UPDATE", "DELETE")
guard(
    "privacy_consent",
    "privacy_consent_set_once",
    "UPDATE",
    when="(OLD.confirmed_at IS NOT NULL AND NEW.confirmed_at IS NULL) OR "
    "(OLD.withdrawn_at IS NOT NULL AND NEW.withdrawn_at IS NULL) OR "
    "(OLD.unlocked_at IS NOT NULL AND NEW.unlocked_at IS NULL) OR "
    "OLD.channel <> NEW.channel OR OLD.purpose <> NEW.purpose OR OLD.party_id <> NEW.party_id OR "
    "OLD.wording_id <> NEW.wording_id OR OLD.receiver_id <> NEW.receiver_id OR "
    "OLD.given_at <> NEW.given_at",
)
guard(
    "privacy_telling",
    "privacy_telling_set_once",
    "UPDATE",
    when="(OLD.withdrawn_at IS NOT NULL AND NEW.withdrawn_at IS NULL) OR "
    "OLD.referral <> NEW.referral OR OLD.wording_id <> NEW.wording_id OR "
    "OLD.given_at <> NEW.given_at",
)
