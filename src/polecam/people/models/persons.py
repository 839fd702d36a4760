"""People who log in, and what they say they can do."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from polecam.store.fields import public_id


class Form(models.TextChoices):
    """Which grammatical form of verbs a person uses about themselves."""

    FEMININE = "f"
    MASCULINE = "m"
    NEUTRAL = "n"


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
