"""Second factors, passkeys, spare codes, open sessions, identities elsewhere, and who signed in."""

from django.db import models

from polecam.people.models import Person
from polecam.store.fields import Sealed, SealedField, public_id


class FactorKind(models.TextChoices):
    """What a person proves themselves with, besides a password."""

    TOTP = "totp"
    PASSKEY = "passkey"


class Factor(models.Model):
    """An authenticator app (its seed sealed) or a passkey (its public key), once confirmed."""

    public_id = public_id()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="factors")
    kind = models.CharField(max_length=7, choices=FactorKind.choices)
    name = models.CharField(max_length=60, blank=True)
    secret_sealed = SealedField(blank=True)
    secret = Sealed("secret_sealed")
    credential = models.CharField(max_length=1400, blank=True)  # base64url, as WebAuthn names it
    public_key = models.TextField(blank=True)
    sign_count = models.BigIntegerField(default=0)
    last_step = models.BigIntegerField(default=0)  # the last time step whose code was taken
    created_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)

    DATA = {
        "public_id": "id",
        "person": "id",
        "kind": "enum",
        "name": "personal",
        "secret_sealed": "contact",
        "credential": "id",
        "public_key": "text",
        "sign_count": "number",
        "last_step": "number",
        "created_at": "date",
        "confirmed_at": "date",
        "last_used_at": "date",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["credential"],
                condition=~models.Q(credential=""),
                name="factor_credential_once",
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=FactorKind.values), name="factor_kind"
            ),
        ]
        indexes = [models.Index(fields=["person", "kind"], name="factor_person")]


class SpareCode(models.Model):
    """A code for the day the telephone is lost: kept as a keyed hash, good once."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    code_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    DATA = {"person": "id", "code_hash": "secret", "made_at": "date", "used_at": "date"}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "code_hash"], name="spare_code_once")
        ]


class Session(models.Model):
    """An open session of a person, so that they can see and end it; its key only as a hash."""

    public_id = public_id()
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    key_hash = models.CharField(max_length=64, unique=True)
    device = models.CharField(max_length=60, blank=True)
    strong = models.BooleanField(default=False)  # a second factor was shown
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    DATA = {
        "public_id": "id",
        "person": "id",
        "key_hash": "secret",
        "device": "personal",
        "strong": "enum",
        "began_at": "date",
        "seen_at": "date",
        "ended_at": "date",
    }

    class Meta:
        indexes = [models.Index(fields=["person", "ended_at"], name="session_person")]


class Way(models.TextChoices):
    """How somebody came in, or tried to."""

    PASSWORD = "password"  # noqa: S105 - the name of a way
    TOTP = "totp"
    PASSKEY = "passkey"
    SPARE = "spare"
    SSO = "sso"
    WELCOME = "welcome"
    PERSONA = "persona"


class Outcome(models.TextChoices):
    """What came of it."""

    IN = "in"
    HALF = "half"
    WRONG = "wrong"
    TOO_OFTEN = "too_often"
    NOT_HERE = "not_here"
    OUT = "out"
    ENDED = "ended"


class SignIn(models.Model):
    """One sign-in or one try: who (if known), when, how, from what kind of device, what came of it.

    The address is kept as a keyed hash only, so that two rows can be told to be from one place.
    """

    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT)
    at = models.DateTimeField()
    way = models.CharField(max_length=8, choices=Way.choices)
    outcome = models.CharField(max_length=9, choices=Outcome.choices)
    device = models.CharField(max_length=60, blank=True)
    place = models.CharField(max_length=32, blank=True)

    DATA = {
        "person": "id",
        "at": "date",
        "way": "enum",
        "outcome": "enum",
        "device": "personal",
        "place": "id",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(way__in=Way.values) & models.Q(outcome__in=Outcome.values),
                name="sign_in_way_and_outcome",
            )
        ]
        indexes = [
            models.Index(fields=["at"], name="sign_in_at"),
            models.Index(fields=["person", "at"], name="sign_in_person"),
        ]


class Identity(models.Model):
    """A person as the firm's single sign-on knows them: its issuer and its never-changing id."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    issuer = models.CharField(max_length=200)
    subject = models.CharField(max_length=255)
    linked_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)

    DATA = {
        "person": "id",
        "issuer": "text",
        "subject": "personal",
        "linked_at": "date",
        "last_used_at": "date",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="identity_once"),
            models.UniqueConstraint(fields=["issuer", "person"], name="identity_one_person"),
        ]
