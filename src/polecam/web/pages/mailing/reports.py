"""Where the gateway tells what became of text messages.

The token in the address is the key of this door: 128 bits, compared in constant time, cut out of
logs. SMSAPI reports by GET, several messages in one request, separated by commas; it is the one
address of the house where a GET may change something (docs/adr/0032), and all it can change is that
a message arrived or not.
"""

from datetime import UTC, datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from polecam.actions import bounces
from polecam.messages.smsapi import SmsApi
from polecam.store import crypto
from polecam.web.access import PUBLIC, door
from polecam.web.limits import limited

MOST = 100
LONGEST = 80


@csrf_exempt
@door("mailing:report", PUBLIC)
@limited("report", per=(600, 60), methods=("GET", "POST"))
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, token: str) -> HttpResponse:
    """Take in the reports and say OK, as SMSAPI expects; what is not ours is passed over."""
    if not crypto.same(token, crypto.token("gateway", SmsApi.name)):
        raise Http404
    said = request.POST if request.method == "POST" else request.GET
    ids, idxs, states = (_split(said.get(name, "")) for name in ("MsgId", "idx", "status"))
    idxs += [""] * (len(ids) - len(idxs))
    told = [bounces.Told(*one) for one in zip(ids, idxs, states, strict=False)]
    bounces.told_by_gateway(at=datetime.now(UTC), told=told)
    response = HttpResponse("OK", content_type="text/plain")
    response["Cache-Control"] = "no-store"
    return response


def _split(said: str) -> list[str]:
    return [part.strip()[:LONGEST] for part in said.split(",")[:MOST]]
