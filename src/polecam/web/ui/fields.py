"""Form fields in the look of the house: label, hint, error, and what screen readers need."""

from typing import Any

from django.forms import BaseForm, BoundField
from django.forms.widgets import CheckboxInput, FileInput, Input, RadioSelect, Select, Textarea
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from polecam.web.ui.html import icon


def describe(bound: BoundField, hint: str) -> dict[str, Any]:
    """ARIA attributes that tie a control to its hint and its error."""
    ids = []
    if bound.errors:
        ids.append(f"{bound.auto_id}-error")
    if hint:
        ids.append(f"{bound.auto_id}-hint")
    attributes: dict[str, Any] = {"aria-describedby": " ".join(ids)} if ids else {}
    if bound.errors:
        attributes["aria-invalid"] = "true"
    return attributes


def error_text(bound: BoundField) -> SafeString | str:
    """The error, said once, next to the field."""
    if not bound.errors:
        return ""
    return format_html(
        '<p class="field__error" id="{}-error">{}<span>{}</span></p>',
        bound.auto_id,
        icon("circle-alert"),
        " ".join(str(error) for error in bound.errors),
    )


def hint_text(bound: BoundField, hint: str, hint_icon: str = "") -> SafeString | str:
    """One quiet sentence under the field."""
    if not hint:
        return ""
    return format_html(
        '<p class="field__hint" id="{}-hint">{}<span>{}</span></p>',
        bound.auto_id,
        icon(hint_icon) if hint_icon else "",
        hint,
    )


def field(
    bound: BoundField, *, hint: str = "", hint_icon: str = "", aside: str = "", **attributes: Any
) -> SafeString:
    """A labelled control with its hint and error.

    `aside` stands quietly right of the label (default "optional" for optional fields); other
    keywords become attributes of the control (`placeholder=`, `autocomplete=`; `_` for `-`).
    """
    hint = hint or str(bound.help_text or "")
    widget = bound.field.widget
    if isinstance(widget, CheckboxInput):
        return check(bound, hint=hint)
    if isinstance(widget, RadioSelect):
        return picks(bound, hint=hint)
    css = "input"
    if isinstance(widget, FileInput):
        css += " input--file"
    attrs = {name.replace("_", "-"): value for name, value in attributes.items()}
    attrs |= describe(bound, hint) | {"class": css}
    if not aside and not bound.field.required and isinstance(widget, Input | Select | Textarea):
        aside = _("optional")
    return format_html(
        '<div class="field{}"><label class="field__label" for="{}">{}{}</label>{}{}{}</div>',
        " is-error" if bound.errors else "",
        bound.id_for_label,
        bound.label,
        format_html(" <span>{}</span>", aside) if aside else "",
        bound.as_widget(attrs=attrs),
        error_text(bound),
        hint_text(bound, hint, hint_icon),
    )


def check(bound: BoundField, *, hint: str = "") -> SafeString:
    """One checkbox with a bold sentence and a quiet one. A consent is never ticked beforehand."""
    hint = hint or str(bound.help_text or "")
    return format_html(
        '<label class="check{}">{}<span><b>{}</b>{}</span></label>{}',
        " is-error" if bound.errors else "",
        bound.as_widget(attrs=describe(bound, "")),
        bound.label,
        format_html("<span>{}</span>", hint) if hint else "",
        error_text(bound),
    )


def fieldset(
    bound: BoundField, inner: SafeString, *, hint: str = "", quiet: bool = False
) -> SafeString:
    """A group of choices with its question; `quiet` keeps the question for screen readers only."""
    describing = describe(bound, hint).get("aria-describedby", "")
    return format_html(
        '<fieldset class="field{}"{}><legend class="{}">{}</legend>{}{}{}</fieldset>',
        " is-error" if bound.errors else "",
        format_html(' aria-describedby="{}"', describing) if describing else "",
        "vh" if quiet else "field__label",
        bound.label,
        inner,
        error_text(bound),
        hint_text(bound, hint),
    )


def picks(
    bound: BoundField, *, hint: str = "", quiet: bool = False, scroll: bool = False
) -> SafeString:
    """Choice chips: real radios (or checkboxes) in labels."""
    chips = format_html_join(
        "",
        '<label class="chip chip--pick">{}{}</label>',
        ((option.tag(wrap_label=False), option.choice_label) for option in bound),
    )
    css = "scroller" if scroll else "chips"
    return fieldset(
        bound, format_html('<div class="{}">{}</div>', css, chips), hint=hint, quiet=quiet
    )


def tiles(
    bound: BoundField, icons: str = "", *, subs: dict[str, str] | None = None, quiet: bool = True
) -> SafeString:
    """Big radios. `icons`: names in the order of the choices; `subs`: value -> note.

    Inside a `.choice` the n-th tile shows the n-th `.panel`.
    """
    names = icons.split()
    drawn = []
    for i, option in enumerate(bound):
        value = str(option.data["value"])
        sub = (subs or {}).get(value, "")
        drawn.append(
            (
                option.tag(wrap_label=False),
                icon(names[i]) if i < len(names) else "",
                option.choice_label,
                format_html('<span class="tile__sub">{}</span>', sub) if sub else "",
            )
        )
    inner = format_html_join(
        "",
        '<label class="tile">{}{}<span class="tile__title">{}</span>{}</label>',
        drawn,
    )
    return fieldset(bound, format_html('<div class="tiles">{}</div>', inner), quiet=quiet)


def checks(
    bound: BoundField, *, notes: dict[str, str] | None = None, quiet: bool = False
) -> SafeString:
    """A list of checkboxes or radios, each with a note; for consents and settings."""
    rows = format_html_join(
        "",
        '<label class="check">{}<span><b>{}</b>{}</span></label>',
        (
            (
                option.tag(wrap_label=False),
                option.choice_label,
                format_html("<span>{}</span>", note)
                if (note := (notes or {}).get(str(option.data["value"]), ""))
                else "",
            )
            for option in bound
        ),
    )
    return fieldset(bound, format_html('<div class="rows">{}</div>', rows), quiet=quiet)


def stops(bound: BoundField, *, now: str | int = "") -> SafeString:
    """A slider made of radios, two to eight stops; `now` marks the present value."""
    now = str(now)
    labels = format_html_join(
        "",
        "<label{}>{}<span>{}</span>{}</label>",
        (
            (
                mark_safe(' class="stops__now"') if str(option.data["value"]) == now else "",
                option.tag(wrap_label=False),
                option.choice_label,
                format_html("<small>{}</small>", _("now"))
                if str(option.data["value"]) == now
                else "",
            )
            for option in bound
        ),
    )
    count = len(list(bound))
    return format_html(
        '<fieldset class="stops stops--{}"><legend class="field__label">{}</legend>{}</fieldset>{}',
        count,
        bound.label,
        labels,
        error_text(bound),
    )


def problems(form: BaseForm) -> SafeString | str:
    """What is wrong with the form as a whole, read out at once."""
    errors = form.non_field_errors() if form.is_bound else []
    if not errors:
        return ""
    return format_html(
        '<div class="problem" role="alert">{}<div>{}</div></div>',
        icon("circle-alert"),
        format_html_join("", "<p>{}</p>", ((error,) for error in errors)),
    )
