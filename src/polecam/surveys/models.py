"""The satisfaction survey, the pulse about asking, and what a human decided after it."""

from django.db import models

from polecam.clients.models import Client
from polecam.organisation.models import Branch
from polecam.people.models import Person
from polecam.store.fields import public_id


class SurveyWay(models.TextChoices):
    """How a survey reached its client."""

    LINK = "link"
    QR = "qr"
    EMAIL = "email"


class SurveyRound(models.Model):
    """Some clients of a branch who agreed to it get a survey by e-mail, at one person's word.

    `wanted` of them, as far as there are so many; the worker asks them one by one. `stopped_at`:
    whoever may begin one may also stop it.
    """

    public_id = public_id()
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT)
    begun_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    wanted = models.PositiveIntegerField()
    finished_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)

    DATA = {
        "public_id": "id",
        "branch": "id",
        "begun_by": "id",
        "begun_at": "date",
        "wanted": "number",
        "finished_at": "date",
        "stopped_at": "date",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["branch"],
                condition=models.Q(finished_at=None),
                name="one_open_survey_round",
            )
        ]


class Survey(models.Model):
    """One question 0-10 to one client, and one "what helped most?"; answered by their own link.

    The token is HMAC(key, public_id, version). `score` and `helped` go when the client takes the
    answer back (`withdrawn_at`) or is erased.
    """

    public_id = public_id()
    version = models.PositiveSmallIntegerField(default=1)
    client = models.ForeignKey(Client, on_delete=models.CASCADE)
    owner = models.ForeignKey(Person, null=True, on_delete=models.PROTECT)
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT)
    way = models.CharField(max_length=5, choices=SurveyWay.choices)
    round = models.ForeignKey(SurveyRound, null=True, on_delete=models.SET_NULL)
    language = models.CharField(max_length=2, default="pl")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    score = models.PositiveSmallIntegerField(null=True)
    helped = models.CharField(max_length=12, blank=True)
    answered_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    DATA = {
        "public_id": "id",
        "version": "number",
        "client": "id",
        "owner": "id",
        "branch": "id",
        "way": "enum",
        "round": "id",
        "language": "enum",
        "made_at": "date",
        "expires_at": "date",
        "score": "personal",
        "helped": "personal",
        "answered_at": "date",
        "withdrawn_at": "date",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(score=None) | models.Q(score__gte=0, score__lte=10),
                name="survey_score",
            ),
            models.CheckConstraint(condition=models.Q(way__in=SurveyWay.values), name="survey_way"),
            models.UniqueConstraint(
                fields=["round", "client"],
                condition=models.Q(round__isnull=False),
                name="survey_once_a_round",
            ),
        ]
        indexes = [
            models.Index(fields=["branch", "made_at"], name="survey_branch"),
            models.Index(fields=["client", "made_at"], name="survey_client"),
            models.Index(
                fields=["branch", "answered_at"],
                name="survey_answers",
                condition=models.Q(score__isnull=False),
            ),
        ]


class Pulse(models.Model):
    """ "I felt free to refuse": one tap, asked of few of those who were asked. No answer is named.

    `ask`: a keyed hash of the ask, so that it is sampled once and never found again from here. An
    answer is a row of its own (`free` set) without client, ask or link; the row that was asked only
    keeps `answered_at`, the start of the firm's day, never the minute.
    """

    public_id = public_id()
    version = models.PositiveSmallIntegerField(default=1)
    ask = models.CharField(max_length=15, unique=True)
    client = models.ForeignKey(Client, null=True, on_delete=models.SET_NULL)
    seller = models.ForeignKey(Person, on_delete=models.PROTECT)
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    free = models.BooleanField(null=True)
    answered_at = models.DateTimeField(null=True)

    DATA = {
        "public_id": "id",
        "version": "number",
        "ask": "id",
        "client": "id",
        "seller": "id",
        "branch": "id",
        "made_at": "date",
        "expires_at": "date",
        "free": "personal",
        "answered_at": "date",
    }

    class Meta:
        indexes = [
            models.Index(fields=["branch", "answered_at"], name="pulse_branch"),
            models.Index(fields=["client", "expires_at"], name="pulse_client"),
        ]


class Decision(models.TextChoices):
    """What a human decided after looking at an alert."""

    NOTHING = "nothing"
    TALK = "talk"
    PAUSE = "pause"


class PulseAlert(models.Model):
    """A branch's pulse fell below its threshold: the boss looks, then decides; nothing by itself.

    `seller`: whose answers it is about, once there are enough of them; else the branch's.
    """

    public_id = public_id()
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT)
    seller = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    raised_at = models.DateTimeField()
    answers = models.PositiveIntegerField()
    not_free = models.PositiveIntegerField()
    looked_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    looked_at = models.DateTimeField(null=True)
    decision = models.CharField(max_length=8, choices=Decision.choices, blank=True)
    why = models.CharField(max_length=300, blank=True)

    DATA = {
        "public_id": "id",
        "branch": "id",
        "seller": "id",
        "raised_at": "date",
        "answers": "number",
        "not_free": "number",
        "looked_by": "id",
        "looked_at": "date",
        "decision": "enum",
        "why": "text",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(decision="") | models.Q(looked_at__isnull=False),
                name="pulse_decided_after_a_look",
            ),
            models.UniqueConstraint(
                fields=["branch", "seller"],
                condition=models.Q(decision="", seller__isnull=False),
                name="one_open_alert_a_seller",
            ),
            models.UniqueConstraint(
                fields=["branch"],
                condition=models.Q(decision="", seller=None),
                name="one_open_alert_a_branch",
            ),
        ]


class SuggestionPause(models.Model):
    """No client is suggested to a seller for a while: decided by a human, with a reason.

    The seller reads both, and may still record whatever happened.
    """

    public_id = public_id()
    seller = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT)
    alert = models.ForeignKey(PulseAlert, on_delete=models.PROTECT)
    since = models.DateTimeField()
    until = models.DateTimeField()
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    DATA = {
        "public_id": "id",
        "seller": "id",
        "branch": "id",
        "alert": "id",
        "since": "date",
        "until": "date",
        "decided_by": "id",
        "ended_at": "date",
    }

    class Meta:
        indexes = [models.Index(fields=["seller", "until"], name="pause_seller")]
