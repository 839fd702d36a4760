"""Two versions compared: nothing forgotten, nothing invented."""

from dataclasses import fields, replace

from hypothesis import given, settings

from polecam.bonuses.planning.diff import diff
from polecam.bonuses.planning.draft import ONE, DraftBand, DraftComponent
from tests.plans.drafts import MEETING, SALE, draft, table, versions


@settings(max_examples=50)
@given(versions)
def test_a_version_is_not_different_from_itself(one):
    assert not diff(one, one)


@settings(max_examples=150)
@given(versions, versions)
def test_the_differences_rebuild_the_newer_version(old, new):
    """Every field that differs is named: old version + differences = new version."""
    found = diff(old, new)
    terms = replace(old, **{change.field: change.after for change in found.terms})
    removed = {one.position_before for one in found.components if one.kind == "removed"}
    placed, partners = {}, set()
    for one in found.components:
        if one.kind == "added":
            placed[one.position_after] = one.after
        elif one.kind in ("changed", "moved"):
            before = old.components[one.position_before - 1]
            rows = {row.lower: row for row in before.bands} | {
                row.lower: row.after for row in one.rows
            }
            kept = tuple(rows[lower] for lower in sorted(rows) if rows[lower] is not None)
            changed = {change.field: change.after for change in one.changes}
            placed[one.position_after] = replace(before, bands=kept, **changed)
            partners.add(one.position_before)
    stayed = [
        component
        for position, component in enumerate(old.components, start=1)
        if position not in removed | partners
    ]
    rebuilt = [
        placed[position] if position in placed else stayed.pop(0)
        for position in range(1, len(new.components) + 1)
    ]
    assert not stayed
    assert replace(terms, components=tuple(rebuilt)) == new


@settings(max_examples=50)
@given(versions, versions)
def test_backwards_the_same_things_differ(old, new):
    there, back = diff(old, new), diff(new, old)
    assert {change.field for change in there.terms} == {change.field for change in back.terms}
    added = sum(one.kind == "added" for one in there.components)
    assert added == sum(one.kind == "removed" for one in back.components)


def test_a_sentence_is_known_by_what_it_measures_not_by_its_place():
    dearer = replace(SALE, rate_bp=1_400, floor_grosze=12_000)
    coached = DraftComponent("coached", amount_grosze=20_000)
    found = diff(draft(MEETING, SALE), draft(coached, MEETING, dearer))
    assert [one.kind for one in found.components] == ["added", "changed"]
    changed = found.components[1]
    assert (changed.position_before, changed.position_after) == (2, 3)
    assert [(one.field, one.before, one.after) for one in changed.changes] == [
        ("rate_bp", 1_250, 1_400),
        ("floor_grosze", 0, 12_000),
    ]
    assert len(found) == 2


def test_a_moved_sentence_is_only_moved():
    found = diff(draft(MEETING, SALE), draft(SALE, MEETING))
    assert [one.kind for one in found.components] == ["moved"]


def test_rows_are_compared_by_where_they_begin():
    found = diff(
        draft(table((0, 5, 10), (5, None, 20))), draft(table((0, 5, 10), (5, 8, 20), (8, None, 30)))
    )
    (changed,) = found.components
    assert [(row.lower, row.before is None, row.after is None) for row in changed.rows] == [
        (5 * ONE, False, False),
        (8 * ONE, True, False),
    ]
    assert changed.rows[1].after == DraftBand(8 * ONE, None, amount_grosze=30)


def test_every_term_of_a_version_is_compared():
    one = draft()
    for field in fields(one):
        if field.name in ("valid_from", "components"):
            continue
        value = getattr(one, field.name)
        other = (
            not value if isinstance(value, bool) else value + ("x" if value == str(value) else 1)
        )
        (change,) = diff(one, replace(one, **{field.name: other})).terms
        assert change.field == field.name
