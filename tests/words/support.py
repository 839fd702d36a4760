"""Samples of the words' pages: a plan of Marta's, a sentence of the house's."""

from datetime import datetime

from polecam.asking.models import IfThenPlan, Script
from polecam.people.models import Person


def house(at: datetime, code: str = "house-one", **more: object) -> list[Script]:
    """A sentence of the house's in both languages."""
    texts = {
        "pl": ("{address}, komu jeszcze mogę pomóc?", "Można śmiało odmówić."),
        "en": ("{address}, whom else may I help?", "It is fine to say no."),
    }
    return [
        Script.objects.create(
            code=code, version=1, language=language, text=text, exit_line=way_out, created_at=at,
            **more,
        )
        for language, (text, way_out) in texts.items()
    ]  # fmt: skip


def samples(marta: Person, at: datetime) -> dict[str, str]:
    """For the addresses of the area."""
    house(at)
    plan = IfThenPlan(seller=marta, moment_kind="keys", made_at=at)
    plan.then = "Mam prośbę."
    plan.save()
    return {"words:plan": plan.public_id, "words:code": "house-one"}
