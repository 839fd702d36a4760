"""What the business says when it says no: one sentence per code of `kit.errors.Refused`.

Every code used in the code has its sentence here (a test compares). A sentence tells what is the
case and, where there is one, the way on; `%(name)s` takes the refusal's params.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from polecam.kit.errors import Refused
from polecam.web.ui.format import tie

SENTENCES: dict[str, str | Promise] = {
    "not_allowed": gettext_lazy(
        "This page belongs to another role. Your own work is not affected."
    ),
    "key_reused": gettext_lazy(
        "This form was already sent with other words. Open it again, and nothing will be lost."
    ),
}


def sentence_of(error: Refused) -> str:
    """The sentence of a refusal in the active language."""
    sentence = SENTENCES.get(error.code)
    if sentence is None:
        return _("This cannot be done now. Nothing was changed.")
    return tie(str(sentence) % error.params if error.params else str(sentence))
