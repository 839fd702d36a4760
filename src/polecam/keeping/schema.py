"""The tables as of a set of migrations: made at once, not one migration after the other.

A new database needs the result of 600 operations, not the way there; a copy needs the tables of the
release it was made with. Both are the state that Django computes from the migrations (0.2 s), made
with indexes and foreign keys last, which is also the quickest way to fill them.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from importlib import import_module

from django.apps import apps as current
from django.db import models, router
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import RunPython, RunSQL
from django.db.migrations.recorder import MigrationRecorder

Node = tuple[str, str]
"""A migration: app and name."""
Models = list[type[models.Model]]
ALSO = "on_new_tables"
"""What a migration module must still do to tables made at once: a function of (apps, editor)."""


def disk() -> MigrationLoader:
    """Every migration this release knows; those that a squashed one replaces, too."""
    return MigrationLoader(None, replace_migrations=False)


def known() -> list[Node]:
    """Every migration of this release, in an order in which they can run."""
    loader = disk()
    return _in_order(loader, loader.graph.nodes)


def applied(connection: BaseDatabaseWrapper) -> dict[Node, datetime]:
    """The migrations this database has been through, and when."""
    rows = MigrationRecorder(connection).applied_migrations()
    return {node: row.applied for node, row in rows.items()}


def unknown(nodes: Iterable[Node]) -> list[Node]:
    """Those of a newer release, or of somebody else."""
    loader = disk()
    ours = loader.migrated_apps | {app for app, _name in loader.graph.nodes}
    return sorted(n for n in nodes if n[0] in ours and n not in loader.graph.nodes)


def models_of(nodes: Iterable[Node], alias: str) -> Models:
    """The tables as these migrations leave them, those that live in the database `alias`.

    Without any migration: as the code has them (a test's database made without).
    """
    wanted = list(nodes)
    loader = disk()
    ours = [node for node in wanted if node in loader.graph.nodes]
    apps = loader.project_state(ours).apps if ours else current
    found = apps.get_models(include_auto_created=True)
    return [model for model in found if _lives_in(alias, model)]


def make(
    connection: BaseDatabaseWrapper,
    nodes: Iterable[Node],
    *,
    fill: Callable[[Models], None] | None = None,
    when: datetime | None = None,
) -> None:
    """Make the tables of these migrations, and note them as applied; `fill` them before their
    indexes and foreign keys are made. One transaction: all of it, or nothing.
    """
    nodes = list(nodes)
    made = models_of(nodes, connection.alias)
    recorder = MigrationRecorder(connection)
    connection.disable_constraint_checking()  # SQLite's editor wants it; see its docstring
    try:
        with connection.schema_editor(atomic=True) as editor:
            _drop_all(connection, editor)
            recorder.ensure_schema()
            for model in made:
                if not model._meta.auto_created:
                    editor.create_model(model)
            if fill:
                fill(made)
            _also(nodes, editor)
            recorder.migration_qs.bulk_create(
                recorder.Migration(app=app, name=name, **({"applied": when} if when else {}))
                for app, name in nodes
            )
    finally:
        connection.enable_constraint_checking()


def is_empty(connection: BaseDatabaseWrapper) -> bool:
    """Whether nobody works with this database yet: no firm, no person, no event."""
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for table in ("organisation_organisation", "people_person", "journal_event"):
            if table in tables:
                cursor.execute(f"SELECT 1 FROM {table} LIMIT 1")  # noqa: S608 - from code
                if cursor.fetchone():
                    return False
    return True


def _drop_all(connection: BaseDatabaseWrapper, editor: BaseDatabaseSchemaEditor) -> None:
    """The empty tables of another release make room."""
    cascade = " CASCADE" if connection.vendor == "postgresql" else ""
    ours = {model._meta.db_table for model in current.get_models(include_auto_created=True)}
    ours |= {model._meta.db_table for model in models_of(known(), connection.alias)}
    ours.add(MigrationRecorder.Migration._meta.db_table)
    for table in sorted(ours & set(connection.introspection.table_names())):
        editor.execute(f"DROP TABLE {editor.quote_name(table)}{cascade}")


def _also(nodes: Iterable[Node], editor: BaseDatabaseSchemaEditor) -> None:
    loader = disk()
    for app, name in _in_order(loader, [n for n in nodes if n in loader.graph.nodes]):
        module = import_module(loader.disk_migrations[app, name].__module__)
        also = getattr(module, ALSO, None)
        if also is not None:
            for statement in editor.deferred_sql:
                editor.execute(statement)
            editor.deferred_sql.clear()
            also(current, editor)


def by_hand(nodes: Iterable[Node]) -> list[str]:
    """Migrations that run code: what they do to tables must be repeated by ALSO (a test looks)."""
    found = disk().disk_migrations
    return [
        f"{app}.{name}"
        for app, name in nodes
        if any(isinstance(op, RunPython | RunSQL) for op in found[app, name].operations)
    ]


def _in_order(loader: MigrationLoader, nodes: Iterable[Node]) -> list[Node]:
    wanted = set(nodes)
    ordered: dict[Node, None] = {}
    for leaf in loader.graph.leaf_nodes():
        ordered |= dict.fromkeys(n for n in loader.graph.forwards_plan(leaf) if n in wanted)
    return list(ordered)


def _lives_in(alias: str, model: type[models.Model]) -> bool:
    if not model._meta.managed or model._meta.proxy:
        return False
    return router.allow_migrate(alias, model._meta.app_label, model_name=model._meta.model_name)
