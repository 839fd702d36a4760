"""People, their roles, and the time they are here."""

from polecam.people.models.persons import Form, Person, Skill, SkillKind
from polecam.people.models.places import (
    Departure,
    Deputy,
    Membership,
    PlannedMove,
    Role,
    Welcome,
    WithClients,
)
from polecam.people.models.times import Absence, Engagement, EngagementKind

__all__ = [
    "Absence",
    "Departure",
    "Deputy",
    "Engagement",
    "EngagementKind",
    "Form",
    "Membership",
    "Person",
    "PlannedMove",
    "Role",
    "Skill",
    "SkillKind",
    "Welcome",
    "WithClients",
]
