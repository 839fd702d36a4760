"""Migrations only add; what a release stopped using goes one release later, and stands here.

The rule and how to follow it: docs/adr/0038, CONTRIBUTING.md ("A model or a column").
"""

import json
from pathlib import Path

import pytest
from django.db.migrations import operations as ops
from django.db.models import NOT_PROVIDED

from polecam.keeping import schema

FIRST = json.loads((Path(__file__).parent / "first_release" / "migrations.json").read_text())
"""Those of 0.1.0: whoever has an older database does not exist."""
CONTRACTED = {
    # migration: what goes, and since which release nothing uses it
    "organisation.0002_real_branch": "Branch.parent, never used; carried over into Placement",
}
DATA_ONLY = {
    "asking.0003_asking_is_not_imposing",
    "asking.0004_words_in_cells",
    "asking.0007_drawn_first",
    "bonuses.0004_pays",
    "claims.0002_fairness",
    "messages.0002_asking_is_not_imposing",
    "messages.0003_outbox",
    "mail.0002_asking_is_not_imposing",
    "mail.0003_outbox",
    "organisation.0002_real_branch",
}
"""Run code that changes rows, not tables: nothing for a database that is made at once."""
TABLES_TOO = {"parties.0003_names_in_byte_order"}
"""Have `on_new_tables` for one."""


def destructive(operation: ops.base.Operation, state) -> str:
    """Why the release before could not work with the tables afterwards; empty where it can."""
    if isinstance(operation, ops.RemoveField | ops.DeleteModel | ops.RenameField | ops.RenameModel):
        return type(operation).__name__
    if isinstance(operation, ops.AlterModelTable):
        return "AlterModelTable"
    if isinstance(operation, ops.AddField):
        field = operation.field
        given = field.default is not NOT_PROVIDED or field.db_default is not NOT_PROVIDED
        if not (field.null or given or field.many_to_many):
            return f"AddField {operation.name}: neither null nor a default"
    if isinstance(operation, ops.AlterField):
        return _narrower(operation, state)
    return ""


def _narrower(operation: ops.AlterField, state) -> str:
    before = state.models[state.app, operation.model_name_lower].fields[operation.name]
    after = operation.field
    if before.null and not after.null:
        return f"AlterField {operation.name}: no longer null"
    if before.get_internal_type() != after.get_internal_type():
        return f"AlterField {operation.name}: another type"
    if after.max_length and (before.max_length or 10**9) > after.max_length:
        return f"AlterField {operation.name}: shorter"
    if after.unique and not before.unique:
        return f"AlterField {operation.name}: unique"
    return ""


@pytest.fixture(autouse=True)
def migrations_as_outside(settings):
    settings.MIGRATION_MODULES = {}


def _model(operation: ops.base.Operation) -> str:
    said = getattr(operation, "model_name_lower", None) or operation.name_lower
    return str(said)


def later_than_first():
    loader = schema.disk()
    return loader, [n for n in schema.known() if list(n) not in FIRST and _ours(loader, n)]


def _ours(loader, node) -> bool:
    return loader.disk_migrations[node].__module__.startswith("polecam.")


def test_no_release_takes_away_what_the_one_before_uses():
    loader, nodes = later_than_first()
    found = {}
    first = loader.project_state([tuple(node) for node in FIRST]).models
    for app, name in nodes:
        state = loader.project_state((app, name), at_end=False)
        state.app = app
        for operation in loader.disk_migrations[app, name].operations:
            why = destructive(operation, state)
            if why and (app, _model(operation)) in first:  # a newer table has no older user
                found.setdefault(f"{app}.{name}", []).append(why)
            operation.state_forwards(app, state)
    assert {key: why for key, why in found.items() if key not in CONTRACTED} == {}
    assert set(CONTRACTED) <= set(found), "nothing goes there: take it off the list"


def test_what_runs_code_says_what_new_tables_need():
    loader = schema.disk()
    ours = [node for node in schema.known() if _ours(loader, node)]
    assert set(schema.by_hand(ours)) <= DATA_ONLY | TABLES_TOO
    also = {
        f"{app}.{name}"
        for app, name in ours
        if hasattr(
            __import__(loader.disk_migrations[app, name].__module__, fromlist=["x"]), schema.ALSO
        )
    }
    assert also == TABLES_TOO


def test_the_rule_bites():
    from django.db import models

    field = models.CharField(max_length=3)
    assert destructive(ops.AddField("branch", "code", field), None)
    assert not destructive(ops.AddField("branch", "code", models.CharField(null=True)), None)
    assert destructive(ops.RemoveField("branch", "code"), None)
    assert destructive(ops.DeleteModel("Branch"), None)
