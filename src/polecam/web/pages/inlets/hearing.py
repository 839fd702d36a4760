"""The webhook: one signed POST, one moment. Answers in JSON, the same for any client or none."""

from datetime import UTC, datetime

from django.http import HttpResponse, JsonResponse
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt

from polecam.actions import inlets
from polecam.asking import inlet_rules
from polecam.asking.inlets import webhook
from polecam.kit.errors import Refused
from polecam.store.limits import count_hit
from polecam.web.access import PUBLIC, door
from polecam.web.limits import address
from polecam.web.types import Request
from polecam.web.ui.refusals import sentence_of

SIGNATURE = "Polecam-Signature"
PER_INLET, PER_ADDRESS = (120, 60), (240, 60)
"""Uses in so many seconds."""
NOBODY = "0" * 64
"""A secret to compare with where there is no such inlet: it costs the same time."""


@csrf_exempt
@door("inlets:hear", PUBLIC)
def hear(request: Request, inlet: str) -> HttpResponse:
    """Hear one telling. No session, no cookie: the signature alone says who speaks."""
    if request.method != "POST":
        answer = _no(405, "method_not_allowed", "Send a POST.")
        answer["Allow"] = "POST"
        return answer
    at = datetime.now(UTC)
    if _too_often("inlet-address", address(request), PER_ADDRESS, at):
        return _tired()
    body = request.read(inlet_rules.LARGEST_BODY + 1)
    if len(body) > inlet_rules.LARGEST_BODY:
        return _no(413, "too_large", "The body is larger than 16 KB.")
    known = webhook(inlet)
    secret = known.secret if known else NOBODY
    signed = inlet_rules.signed(secret, request.headers.get(SIGNATURE, ""), body, at=at)
    if known is None or not signed:
        return _no(401, "not_signed", "The signature is missing, wrong, or older than 5 minutes.")
    if _too_often("inlet", inlet, PER_INLET, at):
        return _tired()
    try:
        inlets.hear(at=at, inlet=known, told=inlet_rules.read(body))
    except Refused as error:
        with override("en"):
            return _no(422, error.code, str(sentence_of(error)), error.field)
    return JsonResponse({"status": "accepted"}, status=202)


def _too_often(bucket: str, who: str, per: tuple[int, int], at: datetime) -> bool:
    """An inlet's own uses are counted once it has signed: no stranger can use them up."""
    most, seconds = per
    return count_hit(bucket, who, seconds, at=at) > most


def _tired() -> JsonResponse:
    answer = _no(429, "too_many", "Too many tellings. Try again in a minute.")
    answer["Retry-After"] = str(PER_INLET[1])
    return answer


def _no(status: int, code: str, said: str, field: str | None = None) -> JsonResponse:
    error = {"code": code, "message": said, **({"field": field} if field else {})}
    return JsonResponse({"error": error}, status=status)
