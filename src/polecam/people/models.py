"""People who log in, their roles in branches, and invitations to join."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from polecam.organisation.models import Branch
from polecam.store.fields import public_id


class Form(models.TextChoices):
    """Which grammatical form of verbs a person uses about themselves."""

    FEMININE = "f"
    MASCULINE = "m"
    NEUTRAL = "n"


class Role(models.TextChoices):
    """A role in a branch."""

    SELLER = "seller"
    MANAGER = "manager"
    ADMIN = "admin"
    DPO = "dpo"
    PAYROLL = "payroll"


class PersonManager(BaseUserManager["Person"]):
    """Finds people by e-mail, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        """For Django's sign-in."""
        return self.get(email__iexact=username)


class Person(AbstractBaseUser):
    """Someone who works here and logs in."""

    public_id = public_id()
    email = models.EmailField(unique=True)
    first_name = models.CharField(max_length=60)
    last_name = models.CharField(max_length=80, blank=True)
    form = models.CharField(max_length=1, choices=Form.choices, default=Form.NEUTRAL)
    title = models.CharField(max_length=60, blank=True)
    language = models.CharField(max_length=2, default="pl")
    theme = models.CharField(max_length=5, default="auto")
    weekly_goal = models.PositiveSmallIntegerField(null=True)
    in_feed_since = models.DateTimeField(null=True)
    notice_acknowledged_at = models.DateTimeField(null=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    objects = PersonManager()

    DATA = {
        "public_id": "id",
        "email": "personal",
        "password": "secret",
        "last_login": "date",
        "first_name": "personal",
        "last_name": "personal",
        "form": "personal",
        "title": "personal",
        "language": "enum",
        "theme": "enum",
        "weekly_goal": "personal",
        "in_feed_since": "date",
        "notice_acknowledged_at": "date",
        "is_active": "enum",
        "created_at": "date",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(form__in=Form.values), name="person_form")
        ]

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def full_name(self) -> str:
        """First and last name."""
        return str(self)


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
    }

    def __str__(self) -> str:
        return self.public_id


class SkillKind(models.TextChoices):
    """In what a colleague may fit better."""

    LANGUAGE = "language"
    PRODUCT = "product"
    PLACE = "place"


class Skill(models.Model):
    """What a person says they can do: a language (ISO code), a need they serve, a town."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE)
    kind = models.CharField(max_length=8, choices=SkillKind.choices)
    value = models.CharField(max_length=60)

    DATA = {"person": "id", "kind": "enum", "value": "personal"}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "kind", "value"], name="skill_once"),
            models.CheckConstraint(
                condition=models.Q(kind__in=SkillKind.values), name="skill_kind"
            ),
        ]
        indexes = [models.Index(fields=["kind", "value"], name="skill_value")]


class Absence(models.Model):
    """Somebody is away from `since` until `until` (half-open, days), and who stands in."""

    public_id = public_id()
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    since = models.DateField()
    until = models.DateField()
    cover = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    DATA = {
        "public_id": "id",
        "person": "id",
        "since": "personal",
        "until": "personal",
        "cover": "id",
        "made_by": "id",
        "made_at": "date",
        "ended_at": "date",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until__gt=models.F("since")), name="absence_has_length"
            ),
            models.CheckConstraint(
                condition=models.Q(cover=None) | ~models.Q(cover=models.F("person")),
                name="absence_covered_by_another",
            ),
        ]
        indexes = [models.Index(fields=["person", "until"], name="absence_person")]


class EngagementKind(models.TextChoices):
    """On what footing a person works: it sets labels, payroll and what a receivable may do."""

    EMPLOYMENT = "employment"
    CIVIL = "civil"
    B2B = "b2b"


class Engagement(models.Model):
    """A person's footing and part of full time (basis points) from `since` until `until`, in days
    of the firm (half-open; null = still)."""

    public_id = public_id()
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    kind = models.CharField(max_length=10, choices=EngagementKind.choices)
    full_time_bp = models.PositiveIntegerField(default=10_000)
    since = models.DateField()
    until = models.DateField(null=True)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    DATA = {
        "public_id": "id",
        "person": "id",
        "kind": "personal",
        "full_time_bp": "personal",
        "since": "personal",
        "until": "personal",
        "made_by": "id",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(until=None), name="engagement_once"
            ),
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gt=models.F("since")),
                name="engagement_has_length",
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=EngagementKind.values)
                & models.Q(full_time_bp__gt=0, full_time_bp__lte=10_000),
                name="engagement_kind_and_part",
            ),
        ]
        indexes = [models.Index(fields=["person", "since"], name="engagement_person")]
