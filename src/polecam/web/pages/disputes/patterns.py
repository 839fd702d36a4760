"""What keeps coming up, as a cause to settle for good; never a ranking."""

from datetime import UTC, datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from polecam.insights import dispute_patterns
from polecam.insights.dispute_patterns import Cause, Pair
from polecam.web.access import door
from polecam.web.pages.disputes.views import LOOKING
from polecam.web.types import Request
from polecam.web.ui import dispute_labels as labels
from polecam.web.ui import format as fmt


@door("disputes:patterns", LOOKING)
@require_safe
def patterns(request: Request) -> HttpResponse:
    """Causes and pairs of the last half year, each with what may help."""
    found = dispute_patterns.patterns(request.user, at=datetime.now(UTC))
    context = {
        "causes": [_cause(one) for one in found.causes],
        "pairs": [_pair(one) for one in found.pairs],
    }
    return render(request, "disputes/patterns.html", context)


def _cause(one: Cause) -> dict[str, str]:
    what = str(labels.REASONS[one.reason])
    what = what[:1].lower() + what[1:]
    if one.handoff:
        where = labels.HANDOFFS[one.handoff]
        what = _("%(what)s, %(where)s") % {"what": what, "where": where}
    said = ngettext(
        "%(n)s time about the same: %(what)s.", "%(n)s times about the same: %(what)s.", one.times
    )
    return {
        "icon": labels.REASON_ICONS[one.reason],
        "title": fmt.tie(said % {"n": one.times, "what": what}),
        "help": fmt.tie(str(labels.HELP[one.reason])),
    }


def _pair(one: Pair) -> dict[str, str]:
    names = fmt.listed([person.first_name for person in one.people]) or _("The same two people")
    said = ngettext(
        "%(names)s: %(n)s question in half a year.",
        "%(names)s: %(n)s questions in half a year.",
        one.times,
    )
    return {
        "title": fmt.tie(said % {"names": names, "n": one.times}),
        "help": fmt.tie(_("Perhaps a cup of coffee for three, and one rule written down.")),
    }
