"""Every component on one page, for those who build pages; demo and development only."""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from polecam.web.access import PUBLIC, door
from polecam.web.pages.gallery.forms import Sample
from polecam.web.ui.drawings import Part, Step
from polecam.web.ui.parts import Against, Event, Row

TONES = (
    ("t-paper", "papier", "paper"),
    ("t-card", "karta", "card"),
    ("t-sunken", "cień", "sunken"),
    ("t-linen", "len", "linen"),
    ("t-forest", "las", "forest"),
    ("t-ink", "atrament", "ink"),
    ("f-leaf", "liść", "leaf"),
    ("t-leaf-soft", "liść jasny", "leaf-soft"),
    ("f-poppy", "mak", "poppy"),
    ("t-poppy-soft", "mak jasny", "poppy-soft"),
    ("f-honey", "miód", "honey"),
    ("t-honey-soft", "miód jasny", "honey-soft"),
    ("f-chaber", "chaber", "chaber"),
    ("t-chaber-soft", "chaber jasny", "chaber-soft"),
    ("t-alert", "alarm", "alert"),
)


@door("gallery:gallery", PUBLIC)
def gallery(request: HttpRequest) -> HttpResponse:
    """The kit. 404 in production."""
    if not (settings.DEBUG or settings.DEMO or settings.TESTING):
        raise Http404
    messages.success(request, _("Saved. This is the fourth leaf already."))
    now = datetime.now(UTC)
    form = Sample({"first_name": "Piotr", "phone": "600 12", "outcome": "named", "goal": "5"})
    context = {
        "tones": TONES,
        "form": form,
        "now": now,
        "parts": [Part("Marta", 7000, me=True), Part("Kamil", 3000, note=_("assists"))],
        "steps": [
            Step(_("asks"), 420),
            Step(_("referrals"), 181),
            Step(_("consents"), 112),
            Step(_("meetings"), 62, watch=True),
            Step(_("sales"), 25),
        ],
        "trace": [
            Row(_("Margin of the branch"), "6 400 zł"),
            Row(_("Bonus for a sale"), "× 12,5%", note=_("rule 2")),
            Row(_("For you"), "800 zł", total=True),
        ],
        "events": [
            Event(_("A call today after 16:00"), icon="phone", tone="now", strong=True),
            Event(_("Saved as yours"), now - timedelta(days=4), "shield-check", "chaber"),
        ],
        "bars": [
            (_("Referrals"), 164, "164 zł/h", True),
            (_("Walk-in clients"), 72, "72 zł/h", False),
        ],
        "against": [
            Against(_("Had they come from advertising"), 3_700_000),
            Against(_("They came by referral"), 1_920_500, "leaf"),
        ],
        "page": Paginator(range(120), 50).get_page(2),
    }
    return render(request, "gallery/gallery.html", context)
