"""The register of processing activities (GDPR 30), from what the models declare about themselves.

An activity names its models; the kinds of data are read from their DATA classes, the periods from
the settings in force. A model with personal data that no activity names is a test failure, and on
the page an activity of its own, so that nothing is ever left out.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps

from polecam.organisation import settings

PERSONAL = frozenset({"personal", "contact", "secret"})


@dataclass(frozen=True, slots=True)
class Activity:
    """One purpose: the models it needs (app.Model) and the settings that say how long."""

    code: str
    models: tuple[str, ...]
    periods: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """An activity as it is today: codes of its kinds of data, its periods in days."""

    activity: Activity
    kinds: tuple[str, ...]
    periods: Mapping[str, Any]


ACTIVITIES: tuple[Activity, ...] = (
    Activity(
        "recommending",
        ("parties.Party", "referrals.Invitation", "referrals.Referral", "referrals.Card"),
        ("unanswered_days", "inactive_days", "invitation_days", "card_days"),
    ),
    Activity("asking", ("clients.Client", "asking.Moment"), ("ask_rest_days",)),
    Activity("surveys", ("surveys.Survey", "surveys.Pulse"), ("survey_days",)),
    Activity("thanks", ("thanks.RewardGrant", "thanks.Thanks", "thanks.ThanksChoice")),
    Activity("messages", ("mail.Message",)),
    Activity("requests", ("privacy.PersonRequest", "privacy.Consent"), ("request_days",)),
    Activity("imports", ("imports.RejectedRow", "imports.Feed", "files.Upload")),
    Activity("sales", ("sales.Sale", "sales.Complaint")),
    Activity(
        "credit",
        (
            "claims.Dispute",
            "claims.DisputeParty",
            "claims.DisputeDecision",
            "claims.ShareProposal",
            "claims.Handoff",
            "claims.Receipt",
            "claims.RootHolder",
        ),
    ),
    Activity(
        "work",
        (
            "people.Person",
            "people.Welcome",
            "people.Skill",
            "people.Absence",
            "people.Engagement",
            "people.Deputy",
            "people.Departure",
            "recognition.Praise",
        ),
    ),
    Activity(
        "own",
        (
            "asking.IfThenPlan",
            "asking.Guess",
            "asking.Setback",
            "effort.TimeEntry",
            "effort.Timer",
            "effort.SourceIncome",
            "effort.MoneyGoal",
        ),
    ),
    Activity("inlets", ("asking.Inlet",)),
    Activity(
        "signing_in",
        (
            "signin.Factor",
            "signin.SpareCode",
            "signin.Session",
            "signin.SignIn",
            "signin.Identity",
        ),
    ),
)
KIND: dict[str, str] = {
    **dict.fromkeys(("first_name", "last_name", "form", "name_key", "name_key2"), "names"),
    **dict.fromkeys(
        ("phone_sealed", "phone_index", "email_sealed", "email_index", "email", "to_sealed"),
        "contact",
    ),
    **dict.fromkeys(("number", "product", "renews_on", "contract"), "contract"),
    **dict.fromkeys(("on", "rating", "appointment_at"), "moments"),
    **dict.fromkeys(
        (
            "note",
            "words",
            "statement",
            "appeal",
            "decision",
            "text",
            "body_sealed",
            "out_sealed",
            "what_sealed",
            "if_sealed",
            "then_sealed",
            "row_sealed",
            "who_sealed",
        ),
        "words",
    ),
    **dict.fromkeys(("score", "helped", "free"), "answers"),
    **dict.fromkeys(("preferred_channel", "preferred_day", "preferred_time"), "wishes"),
    **dict.fromkeys(
        (
            "title",
            "weekly_goal",
            "value",
            "since",
            "until",
            "kind",
            "full_time_bp",
            "source",
            "minutes",
            "effort",
            "amount_grosze",
            "amount_sealed",
            "said_sealed",
        ),
        "work",
    ),
    **dict.fromkeys(
        (
            "password",
            "secret_sealed",
            "nonce",
            "salt",
            "key_hash",
            "code_hash",
            "login_sealed",
            "place_sealed",
            "subject",
            "device",
            "name",
        ),
        "keys",
    ),
}
BARE = "dates"
"""An activity whose models hold nothing but ids, enums, numbers and dates about a person."""
UNNAMED = "unnamed"


def entries(at: datetime) -> list[Entry]:
    """Every activity as of `at`; one query. What nobody named yet stands at the end."""
    keys = {key for activity in ACTIVITIES for key in activity.periods}
    now = settings.values(*sorted(keys), at=at)
    found = [
        Entry(activity, _kinds(activity), {key: now[key] for key in activity.periods})
        for activity in ACTIVITIES
    ]
    left = tuple(sorted({place.rpartition(".")[0] for place in unnamed_fields()}))
    if left:
        found.append(Entry(Activity(UNNAMED, left), (UNNAMED,), {}))
    return found


def personal_fields() -> dict[str, set[str]]:
    """Fields that hold something about a person, by model (app.Model)."""
    found = {}
    for model in apps.get_models():
        declared = vars(model).get("DATA", {})
        fields = {name for name, kind in declared.items() if kind in PERSONAL}
        if fields:
            found[model._meta.label] = fields
    return found


def unnamed_fields() -> set[str]:
    """app.Model.field of personal data that no activity covers, or whose kind nobody named."""
    covered = {model for activity in ACTIVITIES for model in activity.models}
    return {
        f"{model}.{field}"
        for model, fields in personal_fields().items()
        for field in fields
        if model not in covered or field not in KIND
    }


def _kinds(activity: Activity) -> tuple[str, ...]:
    fields = personal_fields()
    kinds = {KIND.get(name, UNNAMED) for model in activity.models for name in fields.get(model, ())}
    return tuple(kind for kind in dict.fromkeys(KIND.values()) if kind in kinds) or (BARE,)
