"""Template tags and filters of the interface; built in, so no `{% load %}` is needed.

What each one prints, with examples: `web/ui/README.md`.
"""

from typing import Any

from django import template
from django.core.paginator import Page
from django.http import HttpRequest
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from polecam.kit import paper_tree, polish, wycinanka
from polecam.web.ui import drawings, fields, html, voice
from polecam.web.ui import format as fmt

register = template.Library()

# --- strings --------------------------------------------------------------------------------------


@register.filter
def zl(grosze: int | None) -> str:
    """`{{ line.amount_grosze|zl }}` -> `1 250 zł`."""
    return "" if grosze is None else fmt.zl(grosze)


@register.simple_tag
def unit() -> str:
    """`{% unit as sign %}`: the sign of the firm's money, `zł` or `€`."""
    return fmt.unit()


@register.filter
def approx(grosze: int | None) -> str:
    """`{{ value_grosze|approx }}` -> `≈ 38 zł`, whole zlotys."""
    return "" if grosze is None else fmt.zl(grosze, approx=True)


@register.filter
def gain(grosze: int) -> str:
    """`+160 zł`."""
    return fmt.zl(grosze, plus=True)


for function in (
    fmt.number,
    fmt.percent,
    fmt.decimal,
    fmt.day,
    fmt.weekday,
    fmt.near,
    fmt.clock,
    fmt.month,
    fmt.in_month,
    fmt.since,
    fmt.ago,
    fmt.days,
    fmt.days_left,
):
    register.filter(function.__name__, function)


@register.filter
def when(at: Any) -> SafeString:
    """`{{ event.at|when }}` -> `<time>dziś, 09:12</time>`."""
    return html.when(at) if at else mark_safe("")


@register.filter(is_safe=True)
def tie(text: str) -> str:
    """No one-letter word at the end of a line."""
    return fmt.tie(str(text))


@register.filter
def vocative(first_name: str, form: str = "") -> str:
    """`Marta` -> `Marto`; in English the name as it is."""
    return first_name if fmt.language() == "en" else polish.vocative(first_name, form or None)


@register.filter
def genitive(name: str, form: str = "") -> str:
    """`Anna Kowalczyk` -> `Anny Kowalczyk` after „od", „dla", „do"."""
    return name if fmt.language() == "en" else polish.genitive(name, form or None)


@register.filter
def dative(name: str, form: str = "") -> str:
    """`Anna` -> `Annie` after „dziękuję"."""
    return name if fmt.language() == "en" else polish.dative(name, form or None)


@register.filter
def accusative(name: str, form: str = "") -> str:
    """`Anna` -> `Annę` after „zapytaj"."""
    return name if fmt.language() == "en" else polish.accusative(name, form or None)


@register.filter
def instrumental(name: str, form: str = "") -> str:
    """`Kamil` -> `Kamilem` after „z"."""
    return name if fmt.language() == "en" else polish.instrumental(name, form or None)


@register.filter(is_safe=True)
def spoken_to(text: str, form: str = "") -> str:
    """`{% filter spoken_to:form %}`: every `Pani/Pan` inside in the client's own form."""
    return polish.spoken_to(text, form)


@register.filter
def quoted(text: str) -> SafeString:
    """A sentence that someone says, in the quotes of the language."""
    return format_html("<q>{}</q>", fmt.tie(text))


# --- pieces, drawings, forms: the functions themselves --------------------------------------------

for piece in (
    html.icon,
    html.avatar,
    html.money,
    drawings.ring,
    drawings.bar,
    drawings.split,
    drawings.certainty,
    drawings.funnel,
    drawings.hbars,
    drawings.qr,
    drawings.stages,
    fields.field,
    fields.picks,
    fields.tiles,
    fields.checks,
    fields.stops,
    fields.problems,
):
    register.simple_tag(piece, name=piece.__name__)


@register.simple_tag
def chip(text: Any, tone: str = "", icon: str = "", tag: str = "span") -> SafeString:
    """`{% chip "Ocena 10/10" tone="leaf" icon="star" tag="li" %}`."""
    return html.chip(text, tone=tone, icon_name=icon, tag=tag)


# --- wycinanka ------------------------------------------------------------------------------------


@register.simple_tag
def pieces(*names: str) -> SafeString:
    """`{% block pieces %}{% pieces "leaf-t" "petal-w" "bird" %}{% endblock %}`: for the tree."""
    return mark_safe(wycinanka.definitions(*names))  # noqa: S308 - drawn by us


@register.simple_tag
def branch(asks: int, goal: int | None = None, label: str = "", **kwargs: Any) -> SafeString:
    """`{% branch week.asks week.goal bloom=week.sold new=just_asked label="..." %}`."""
    said = conditional_escape(label)
    return mark_safe(wycinanka.branch(asks, goal, label=said, **kwargs))  # noqa: S308


@register.simple_tag
def tree(asks: int, goal: int = 40, sales: int = 0, label: str = "", **kwargs: Any) -> SafeString:
    """`{% tree 26 40 5 css="entry__tree" birds=True %}`; needs the pieces block."""
    said = conditional_escape(label)
    return mark_safe(paper_tree.tree(asks, goal, sales, label=said, **kwargs))  # noqa: S308


@register.simple_tag
def leaf_row(asks: int, goal: int, label: str = "") -> SafeString:
    """`{% leaf_row 26 40 label="26 z 40 próśb" %}`."""
    return mark_safe(wycinanka.leaf_row(asks, goal, label=conditional_escape(label)))  # noqa: S308


@register.simple_tag
def stage_mark(stage: int, done: bool = True, css: str = "stages__leaf") -> SafeString:
    """`{% stage_mark 4 css="group-head__leaf" %}`; `done=False` is a cut line."""
    return mark_safe(wycinanka.stage_mark(stage, done=done, css=css))  # noqa: S308


@register.simple_tag
def receipt_leaf() -> SafeString:
    """The leaf that has just grown."""
    return mark_safe(wycinanka.receipt_leaf())  # noqa: S308


@register.simple_tag
def punch() -> SafeString:
    """The leaf punched through a `.slip`."""
    return mark_safe(wycinanka.punch())  # noqa: S308


# --- bigger parts ---------------------------------------------------------------------------------


@register.inclusion_tag("ui/parts/trace.html")
def trace(rows: list[Any], inside: bool = False) -> dict[str, Any]:
    """`{% trace rows %}` of parts.Row: the sum that explains an amount."""
    return {"rows": rows, "inside": inside}


@register.inclusion_tag("ui/parts/timeline.html")
def timeline(items: list[Any], tight: bool = True) -> dict[str, Any]:
    """`{% timeline items %}` of parts.Event."""
    return {"items": items, "tight": tight}


@register.inclusion_tag("ui/parts/empty.html")
def empty(title: str, lead: str = "", url: str = "", label: str = "") -> dict[str, Any]:
    """`{% empty "Tu wyrośnie pierwsze polecenie." "Zapytaj..." url "Kogo zapytać?" %}`."""
    return {"title": title, "lead": lead, "url": url, "label": label}


@register.inclusion_tag("ui/parts/pager.html", takes_context=True)
def pager(context: template.Context, page: Page) -> dict[str, Any]:
    """`{% pager page %}`: newer and older, keeping the rest of the query."""
    request: HttpRequest = context["request"]
    query = request.GET.copy()
    query.pop("page", None)
    kept = query.urlencode()
    return {"page": page, "query": f"{kept}&" if kept else ""}


@register.inclusion_tag("ui/parts/stat.html")
def stat(value: Any, label: str) -> dict[str, Any]:
    """`{% stat "43%" "mówi „tak”" %}` inside `.stats`."""
    return {"value": value, "label": label}


@register.inclusion_tag("ui/parts/versus.html")
def versus(rows: list[Any]) -> dict[str, Any]:
    """`{% versus rows %}` of parts.Against: two sums under one another."""
    top = max([row.grosze for row in rows], default=0)
    return {"rows": [(row, drawings.share(row.grosze, top)) for row in rows]}


@register.simple_block_tag(end_name="endsheet")
def sheet(content: str, id: str, title: str, open: bool = False) -> SafeString:  # noqa: A002
    """`{% sheet "why" "Skąd te 38 zł?" %}...{% endsheet %}`; a button has popovertarget="why".

    `open=True` shows it when the page comes.
    """
    return format_html(
        '<section class="sheet" popover id="{0}" aria-labelledby="{0}-title"{1}>'
        '<div class="sheet__head"><h2 class="title title--m" id="{0}-title">{2}</h2>'
        '<button class="btn btn--icon" type="button" popovertarget="{0}" '
        'popovertargetaction="hide" aria-label="{3}">{4}</button></div>{5}</section>',
        id,
        mark_safe(" data-open") if open else "",
        title,
        _("Close"),
        html.icon("x"),
        mark_safe(content),  # noqa: S308 - rendered by the template around it
    )


# --- voice ----------------------------------------------------------------------------------------


@register.simple_tag
def said(word: str, person: Any) -> str:
    """`{% said "asked" person %}` -> Zapytałam, Zapytałem, by the person's form."""
    return voice.say(word, person)
