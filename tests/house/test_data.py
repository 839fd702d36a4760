"""Every field says what kind of data it holds; contact data are never plain."""

from django.db import models as fields

from polecam.store.fields import SealedField
from tests.house.law import models

CLASSES = {"id", "enum", "number", "date", "personal", "contact", "secret", "text"}


def test_every_field_declares_its_data_class():
    wrong = []
    for model in models():
        if model._meta.auto_created:
            continue
        declared = vars(model).get("DATA")
        names = {f.name for f in (*model._meta.concrete_fields, *model._meta.many_to_many)}
        if declared is None:
            wrong.append(f"{model._meta.label}: no DATA")
            continue
        wrong += [f"{model._meta.label}.{n}: no class" for n in names - declared.keys() - {"id"}]
        wrong += [f"{model._meta.label}.{n}: no such field" for n in declared.keys() - names]
        wrong += [
            f"{model._meta.label}.{name}: {kind!r} is no class"
            for name, kind in declared.items()
            if kind not in CLASSES
        ]
    assert not wrong, "\n".join(sorted(wrong))


def test_contact_data_are_sealed():
    plain = [
        f"{model._meta.label}.{field.name}"
        for model in models()
        for field in model._meta.concrete_fields
        if vars(model).get("DATA", {}).get(field.name) == "contact"
        and not isinstance(field, SealedField)
        and not field.name.endswith("_index")  # an HMAC, to find the row by
    ]
    assert not plain


def test_data_class_fits_the_column():
    """A date or a number cannot hide free text, and free text is never called an id."""
    wrong = []
    for model in models():
        for name, kind in vars(model).get("DATA", {}).items():
            field = model._meta.get_field(name)
            month = isinstance(field, fields.CharField) and field.max_length == len("2026-11")
            time = isinstance(field, fields.DateField | fields.TimeField)
            if kind == "date" and not (time or month):
                wrong.append(f"{model._meta.label}.{name}: a date in {type(field).__name__}")
            if kind in {"id", "enum", "number"} and type(field) is fields.TextField:
                wrong.append(f"{model._meta.label}.{name}: {kind} in a free text")
    assert not wrong, "\n".join(sorted(wrong))


def test_money_is_whole_grosze():
    wrong = [
        f"{model._meta.label}.{field.name}"
        for model in models()
        for field in model._meta.concrete_fields
        if isinstance(field, fields.FloatField | fields.DecimalField)
        or (field.name.endswith("_grosze") and not isinstance(field, fields.IntegerField))
    ]
    assert not wrong
