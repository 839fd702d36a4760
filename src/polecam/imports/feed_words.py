"""Why there was no import, or why it waits: one sentence each, with what to do."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

WAITS: dict[str, str | Promise] = {
    "first": gettext_lazy(
        "The first file is here. Look how its columns are read; later ones then come by themselves."
    ),
    "headings": gettext_lazy(
        "The headings are not those of last time. Look whether the columns are still read rightly."
    ),
    "held_shrunk": gettext_lazy(
        "The file is much shorter than last time. Ask whether the export was complete."
    ),
    "held_rejects": gettext_lazy(
        "Unusually many rows would be rejected. Look whether something in the file has changed."
    ),
    "held_changes": gettext_lazy(
        "Unusually many clients would change. Look whether that is meant."
    ),
}
PROBLEMS: dict[str, str | Promise] = {
    "same": gettext_lazy("The same file as last time: nothing to do."),
    "left": gettext_lazy("The file was left; the feed goes on with the next one."),
    "no_folder": gettext_lazy(
        "The folder is not there. Ask whoever looks after the server to allow it, or to make it."
    ),
    "no_file": gettext_lazy("There is no such file. Ask whether the other system has left it."),
    "still_written": gettext_lazy(
        "The file is still being written. It is taken once it has rested for a minute."
    ),
    "unreadable": gettext_lazy(
        "The file may not be read. Ask whoever looks after the server to let Polecam read it."
    ),
    "no_address": gettext_lazy("The address is none. Close this feed and set up another."),
    "private_address": gettext_lazy(
        "The address leads into a private network, which is not allowed. Use the folder for that."
    ),
    "no_host": gettext_lazy("There is no host of that name. Check the address."),
    "certificate": gettext_lazy(
        "The certificate of the other side is not valid. Its keeper has to renew it."
    ),
    "login": gettext_lazy(
        "The other side refused the access. Set the feed up again with the right one."
    ),
    "redirect": gettext_lazy(
        "The address leads on to another one. Set the feed up with the final address."
    ),
    "status": gettext_lazy("The other side answered with an error. Ask its keeper."),
    "too_slow": gettext_lazy("The other side was too slow. It is tried again by itself."),
    "broke_off": gettext_lazy("The file broke off on its way. It is tried again by itself."),
    "unreached": gettext_lazy("The other side did not answer. It is tried again by itself."),
    "file_too_large": gettext_lazy(
        "The file is too large: 256 MB at most, and a million rows. Let the export be divided."
    ),
    "workbook_too_large": gettext_lazy(
        "The workbook is too large to be opened safely. Let it be exported as CSV."
    ),
    "disk_full": gettext_lazy("The server has no room left. Please tell whoever looks after it."),
    "file_empty": gettext_lazy("The file is empty. Ask whether the export worked."),
    "letters_unsure": gettext_lazy(
        "It is not clear in which letters the file is written. Let it be exported as UTF-8."
    ),
    "columns_missing": gettext_lazy("A column is missing. Import one file by hand and look which."),
}


def why(code: str) -> str:
    """The sentence of a run that waits, or that came to nothing."""
    said = WAITS.get(code) or PROBLEMS.get(code)
    if said:
        return str(said)
    return _("The file cannot be read as a table. Import it once by hand: the page says why.")
