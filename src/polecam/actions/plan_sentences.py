"""The sentences of a draft: add one with usual amounts, take one out, move one."""

from dataclasses import replace
from datetime import datetime

from polecam.actions.plan_drafts import keep, writable
from polecam.bonuses import templates
from polecam.bonuses.models import Component, PlanVersion
from polecam.bonuses.plan_draft import DraftComponent
from polecam.bonuses.plan_queries import draft_of
from polecam.kit.errors import Refused
from polecam.people.models import Person
from polecam.store.tx import action

MOST = 20
"""More sentences nobody reads."""


def add_component(
    *, by: Person, at: datetime, version: PlanVersion, fact_kind: str, shape: str = "flat"
) -> Component:
    """Add a sentence at the end, with usual amounts.

    Raises Refused("plan_long", "choice_unknown") and as `plan_drafts.save` does.
    """
    usual = templates.usual(fact_kind, shape)
    if usual is None:
        raise Refused("choice_unknown", field="fact_kind")
    with action():
        version = writable(by, version)
        draft = draft_of(version)
        if len(draft.components) >= MOST:
            raise Refused("plan_long", most=MOST)
        keep(version, replace(draft, components=(*draft.components, usual)), by=by, at=at)
        return Component.objects.get(version=version, position=len(draft.components) + 1)


def remove_component(*, by: Person, at: datetime, version: PlanVersion, position: int) -> None:
    """Take a sentence out; those after it move up. Raises Refused("plan_no_component") too."""
    with action():
        version = writable(by, version)
        draft = draft_of(version)
        left, _ = _without(draft.components, position)
        keep(version, replace(draft, components=left), by=by, at=at)


def move_component(
    *, by: Person, at: datetime, version: PlanVersion, position: int, to: int
) -> None:
    """Move a sentence to another place (1 is first). Raises Refused("plan_no_component") too."""
    with action():
        version = writable(by, version)
        draft = draft_of(version)
        left, moved = _without(draft.components, position)
        if not 1 <= to <= len(draft.components):
            raise Refused("plan_no_component")
        order = (*left[: to - 1], moved, *left[to - 1 :])
        keep(version, replace(draft, components=order), by=by, at=at)


def _without(
    components: tuple[DraftComponent, ...], position: int
) -> tuple[tuple[DraftComponent, ...], DraftComponent]:
    if not 1 <= position <= len(components):
        raise Refused("plan_no_component")
    return components[: position - 1] + components[position:], components[position - 1]
