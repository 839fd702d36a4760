"""Is a receipt true? For anyone, without a login: what was pasted decides, not the database."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from polecam.claims import papers, signing
from polecam.claims.slip import read, text
from polecam.claims.slip_check import LONGEST, Checked, Verdict, check, judge, roots_in
from polecam.claims.slip_keys import spoken
from polecam.web.access import PUBLIC, door
from polecam.web.limits import limited
from polecam.web.pages.verify import verdicts
from polecam.web.pages.verify.forms import Pasted

CHECKS_AN_ADDRESS = (240, 3600)


@door("verify:verify", PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
@limited("verify", CHECKS_AN_ADDRESS, methods=("GET", "HEAD", "POST"))
def verify(request: HttpRequest) -> HttpResponse:
    """The form, and the answer below it; `?r=` is what a QR code brings. Nothing is stored."""
    scanned = request.GET.get("r", "")[:LONGEST].replace("\0", "")
    if request.method == "POST":
        form = Pasted(request.POST)
        if not form.is_valid():
            return _page(request, form, status=422)
        typed, root = form.cleaned_data["text"], form.cleaned_data["root"]
        if root.strip() and not roots_in(root):
            form.add_error("root", _("A root has 64 digits from 0 to f. The whole mail fits, too."))
            return _page(request, form, status=422)
        return _page(request, form, _answer(typed, root))
    if scanned:
        answer = _answer(f"?r={scanned}", "")
        return _page(request, Pasted(initial={"text": answer.text or scanned}), answer)
    return _page(request, Pasted())


def _answer(typed: str, root: str) -> verdicts.Answer:
    """Judge what was pasted; only where it brings no proof of its own, the house may add one."""
    keys = signing.of_the_house().known
    found = check(typed, keys, root)
    if found.verdict != Verdict.SIGNED:
        return verdicts.Answer(found, _house(found))
    paper = read(typed)
    receipt = papers.kept(paper.slip)
    if receipt is None:
        return verdicts.Answer(found, unknown=True)
    proof = papers.proof_of(receipt)
    if proof is None:
        return verdicts.Answer(found)
    whole = replace(paper, proof=proof)
    found = judge(whole, keys, root)
    return verdicts.Answer(found, _house(found), text=text(whole))


def _house(found: Checked) -> str:
    """What the house itself says the root of that day is."""
    return papers.house_root(found.day) if found.day else ""


def _page(
    request: HttpRequest, form: Pasted, answer: verdicts.Answer | None = None, status: int = 200
) -> HttpResponse:
    keys = signing.of_the_house()
    context = {
        "form": form,
        "answer": verdicts.shown(answer) if answer else None,
        "keys": [
            {"id": name, "text": spoken(public), "current": name == keys.current}
            for name, public in keys.known.items()
        ],
    }
    return render(request, "verify/verify.html", context, status=status)
