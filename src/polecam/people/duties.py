"""Which roles one person had better not hold together, and why: told before it is saved."""

from collections.abc import Collection

from polecam.people.models import Role

SELLS = frozenset({Role.SELLER, Role.MANAGER})
CONFLICTS: tuple[tuple[str, frozenset[str], frozenset[str]], ...] = (
    ("payroll_sells", frozenset({Role.PAYROLL}), SELLS),
    ("payroll_admin", frozenset({Role.PAYROLL}), frozenset({Role.ADMIN})),
    ("dpo_decides", frozenset({Role.DPO}), frozenset({Role.ADMIN, Role.MANAGER})),
    ("dpo_works", frozenset({Role.DPO}), frozenset({Role.SELLER, Role.PAYROLL})),
)
"""(code, one side, the other side). The data protection officer: GDPR 38(6)."""


def conflicts(roles: Collection[str]) -> list[str]:
    """Codes of the conflicts among these roles of one person, in any branches."""
    held = set(roles)
    return [code for code, one, other in CONFLICTS if held & one and held & other]


def new_conflicts(before: Collection[str], more: str) -> list[str]:
    """Those that would come with one role more."""
    known = conflicts(before)
    return [code for code in conflicts({*before, more}) if code not in known]


def ended_by_move(held: Collection[str], role: str) -> set[str]:
    """Which of the roles held in the old place end by a move to another place as `role`: whoever
    sells or leads there stops doing so; an office role moves alone."""
    family = SELLS if role in SELLS else frozenset({role})
    return set(held) & family
