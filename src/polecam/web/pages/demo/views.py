"""The mailbox of the demo: every message that was "sent", with its links to click."""

import re

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from polecam.messages import mail
from polecam.web.access import PUBLIC, door
from polecam.web.demo import personas_allowed
from polecam.web.types import Request

LINK = re.compile(r"https?://[^\s<>\"]+")
SHOWN = 100


@door("demo:mailbox", PUBLIC)
def mailbox(request: Request) -> HttpResponse:
    """The newest messages first."""
    _demo_only(request)
    return render(request, "demo/mailbox.html", {"found": list(mail.newest(SHOWN))})


@door("demo:message", PUBLIC)
def message(request: Request, name: str) -> HttpResponse:
    """One message; its own links lead to this very server, whatever its port."""
    _demo_only(request)
    found = mail.read(name)
    if found is None:
        raise Http404
    return render(request, "demo/message.html", {"found": found, "body": linked(found.body)})


def linked(body: str) -> SafeString:
    """The text with its links clickable; paragraphs keep their line breaks."""
    parts, last = [], 0
    for match in LINK.finditer(body):
        parts.append(_lines(body[last : match.start()]))
        address = match[0]
        target = address.removeprefix(settings.BASE_URL)
        parts.append(
            format_html('<a class="link" href="{}">{}</a>', target, address)
            if target.startswith("/")
            else conditional_escape(address)
        )
        last = match.end()
    parts.append(_lines(body[last:]))
    return mark_safe("".join(parts))  # noqa: S308 - each part is escaped above


def _lines(text: str) -> str:
    return conditional_escape(text).replace("\n", "<br>")


def _demo_only(request: Request) -> None:
    if not personas_allowed(request):
        raise Http404
