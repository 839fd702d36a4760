"""How the payroll file looks from now on: its columns in order, and the tax classes."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime

from polecam.bonuses.closing.columns import COLUMNS
from polecam.bonuses.models import PayrollFormat
from polecam.journal.record import record
from polecam.kit.errors import Refused
from polecam.organisation.settings import organisation
from polecam.people.models import EngagementKind, Person
from polecam.people.permissions import Permission, require
from polecam.store.tx import action

TAX_CLASS = re.compile(r"^[\w.\-/]{0,20}$")


def set_format(
    *, by: Person | None, at: datetime, columns: Sequence[str], tax_classes: Mapping[str, str]
) -> PayrollFormat:
    """From `at` on the file has these columns in this order; what was before stays on record.

    `tax_classes`: by kind of engagement, as the payroll system writes them.
    Raises Refused("format_columns", "format_class"), NotAllowed.
    """
    require(by, Permission.PAY)
    if not columns or len(set(columns)) < len(columns) or set(columns) - set(COLUMNS):
        raise Refused("format_columns", field="columns")
    classes = {kind: tax_classes.get(kind, "").strip() for kind in EngagementKind.values}
    if not all(TAX_CLASS.match(one) for one in classes.values()):
        raise Refused("format_class")
    with action():
        made = PayrollFormat.objects.create(
            columns=list(columns),
            tax_classes={kind: one for kind, one in classes.items() if one},
            valid_from=at,
            set_by=by,
        )
        record("payroll_format.set", organisation(), by=by, at=at, data={"columns": list(columns)})
    return made
