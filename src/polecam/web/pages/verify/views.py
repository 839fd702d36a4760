"""My receipts: the list, one as a page, as PDF, as text, and with its proof."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from polecam.claims import papers, signing
from polecam.claims.models import Receipt
from polecam.claims.slip import Paper
from polecam.claims.slip import text as written
from polecam.claims.slip_check import judge
from polecam.referrals.models import Referral
from polecam.web.access import SELLERS, door
from polecam.web.pages.verify import paper, words
from polecam.web.types import Request
from polecam.web.ui import format as fmt

PAGE = 30


def own(request: Request, ref: str) -> Receipt:
    """The reader's own receipt. 404 for anyone else's."""
    return get_object_or_404(papers.visible_to(request.user), public_id=ref)


@door("verify:mine", SELLERS)
@require_safe
def mine(request: Request) -> HttpResponse:
    """Every receipt of mine, newest first."""
    page = Paginator(papers.visible_to(request.user), PAGE).get_page(request.GET.get("page"))
    rows = [
        {
            "ref": receipt.public_id,
            "title": words.title(receipt.kind),
            "sub": fmt.when(receipt.at),
            "number": fmt.number(receipt.number),
        }
        for receipt in page.object_list
    ]
    return render(request, "verify/mine.html", {"page": page, "rows": rows})


@door("verify:receipt", SELLERS)
@require_safe
def receipt(request: Request, ref: str) -> HttpResponse:
    """One receipt: number, time, seal, QR; and its text to take along."""
    found = own(request, ref)
    whole = papers.whole(found, request.user)
    checked = judge(whole, signing.of_the_house().known)
    context = {
        "receipt": found,
        "title": words.title(found.kind),
        "number": fmt.number(found.number),
        "at": words.instant(found.at),
        "referral": Referral.objects.filter(public_id=found.referral, erased_at=None).first(),
        "checked": checked,
        "day": words.long_day(checked.day) if checked.day else "",
        "code": words.qr_parts(found),
        "text": written(Paper(whole.slip)),
        "whole": written(whole),
        "keeps": papers.keeps_roots(request.user),
        "holding": papers.holding(checked.day) if checked.day else 0,
    }
    return render(request, "verify/receipt.html", context)


@door("verify:pdf", SELLERS)
@require_safe
def pdf(request: Request, ref: str) -> HttpResponse:
    """The slip on paper."""
    found = own(request, ref)
    sealed = papers.proof_of(found)
    rows = [
        [_("Receipt"), _("no. %(number)s") % {"number": fmt.number(found.number)}],
        [_("Saved"), words.instant(found.at)],
        [
            _("Root of the day"),
            words.long_day(sealed.day) if sealed else _("after midnight"),
        ],
        [_("Key"), found.key_id],
    ]
    said = {
        "lang": fmt.language(),
        "title": words.title(found.kind),
        "lead": words.long_day(fmt.as_day(found.at)),
        "rows": rows,
        "qr_says": _("The receipt as a QR code"),
        "how": _(
            "Nobody has to be trusted: scan the code, or paste the text below at %(url)s, and "
            "compare it with the root of that day from your mail."
        )
        % {"url": words.verify_url()},
        "text": written(Paper(papers.slip_of(found))).strip(),
        "foot": _("Numbers and dates only: this paper names nobody."),
    }
    response = HttpResponse(paper.pdf(said, words.qr_parts(found)), content_type="application/pdf")
    name = f"polecam-{found.number}.pdf"
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response


@door("verify:text", SELLERS)
@require_safe
def text(request: Request, ref: str) -> HttpResponse:
    """The receipt alone, to keep or to send."""
    found = own(request, ref)
    return _plain(written(Paper(papers.slip_of(found))), f"polecam-{found.number}.txt")


@door("verify:proof", SELLERS)
@require_safe
def proof(request: Request, ref: str) -> HttpResponse:
    """Everything: the receipt, its proof once the day is sealed, and what it was made of."""
    found = own(request, ref)
    whole = papers.whole(found, request.user)
    return _plain(written(whole), f"polecam-{found.number}-proof.txt")


def _plain(content: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response
