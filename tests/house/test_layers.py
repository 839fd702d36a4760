"""Imports, foreign keys, reverse accessors and SQL only point down."""

import ast
import re
from collections.abc import Iterator

from tests.house.law import (
    PACKAGE,
    code_files,
    models,
    place,
    ranks,
    room_of,
    room_of_model,
    tree,
)

LOOKUPS = {
    "aggregate", "alias", "annotate", "exclude", "filter", "get", "only", "order_by",
    "prefetch_related", "select_related", "values", "values_list",
    "Avg", "Count", "Exists", "F", "Max", "Min", "OuterRef", "Prefetch", "Q", "Sum",
}  # fmt: skip
SQL_BEFORE_TABLE = r"\b(?:FROM|JOIN|INTO|UPDATE|TABLE|ON|USING|REFERENCES)\s+\"?"


def test_every_room_is_placed():
    found = {p.name for p in PACKAGE.iterdir() if (p / "__init__.py").exists()}
    assert found <= ranks().keys(), f"place in pyproject.toml: {sorted(found - ranks().keys())}"


def test_foreign_keys_point_down():
    upward = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for model in models()
        for field in model._meta.get_fields()
        if (field.many_to_one or field.one_to_one or field.many_to_many)
        and not field.auto_created
        and field.related_model.__module__.startswith("polecam.")
        and ranks()[room_of_model(field.related_model)] > ranks()[room_of_model(model)]
    ]
    assert not upward


def higher_relations() -> Iterator[tuple[str, str, str]]:
    """Accessor, query name and room of every relation that crosses rooms, seen from below."""
    for model in models():
        for relation in model._meta.related_objects:
            source = relation.related_model
            if room_of_model(source) == room_of_model(model) or relation.hidden:
                continue
            accessor, query = relation.get_accessor_name(), relation.name
            yield accessor, query, room_of_model(source)


def lookup_heads(call: ast.Call) -> Iterator[str]:
    """The first words of what a query asks about: `ask__outcome=...` gives `ask`."""
    function = call.func
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    if name not in LOOKUPS:
        return
    for keyword in call.keywords:
        if keyword.arg:
            yield keyword.arg.split("__")[0]
    for argument in call.args:
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
            yield argument.value.lstrip("-").split("__")[0]


def test_no_reverse_accessor_reaches_up():
    relations = set(higher_relations())
    fields = {
        (field.name, room_of_model(model))
        for model in models()
        for field in model._meta.get_fields()
        if not field.auto_created
    }
    found = []
    for path in code_files():
        room = room_of(path)
        if not room:
            continue
        above = {(a, q) for a, q, source in relations if ranks()[source] > ranks()[room]}
        accessors = {accessor for accessor, _query in above}
        own = {name for name, field_room in fields if ranks()[field_room] <= ranks()[room]}
        queries = {query for _accessor, query in above} - own
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Attribute) and node.attr in accessors - own:
                found.append(f"{place(path, node)}: .{node.attr}")
            if isinstance(node, ast.Call):
                found += [f"{place(path, node)}: {h}" for h in lookup_heads(node) if h in queries]
    assert not found, "pass a queryset down instead:\n" + "\n".join(found)


def test_raw_sql_names_own_or_lower_tables():
    tables = {model._meta.db_table: room_of_model(model) for model in models()}
    pattern = re.compile(SQL_BEFORE_TABLE + f"({'|'.join(map(re.escape, tables))})\\b")
    found = []
    for path in code_files():
        room = room_of(path)
        for node in ast.walk(tree(path)) if room else ():
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found += [
                    f"{place(path, node)}: {table} of {tables[table]}"
                    for table in pattern.findall(node.value)
                    if ranks()[tables[table]] > ranks()[room]
                ]
    assert not found, "SQL names a table of a higher room:\n" + "\n".join(found)
