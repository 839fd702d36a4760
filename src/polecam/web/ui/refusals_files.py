"""Sentences of refusals: files, feeds and copies of what one may see."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

SENTENCES: dict[str, str | Promise] = {
    "workbook_too_large": gettext_lazy(
        "The workbook is too large to be opened safely. Save it as CSV: a million rows are fine."
    ),
    "feed_name": gettext_lazy("A name of two letters or more, please."),
    "feed_kind": gettext_lazy("Choose from the list what is in the file."),
    "feed_hour": gettext_lazy("Choose an hour of the day."),
    "feed_place": gettext_lazy(
        "Name a file below the allowed folder, for example clients-*.csv or crm/clients-*.csv."
    ),
    "feed_address": gettext_lazy(
        "An address that begins with https, without a name or password in it, please."
    ),
    "feed_no_folder": gettext_lazy(
        "No folder is allowed on this server. Whoever looks after it sets POLECAM_FEEDS_FOLDER."
    ),
    "feed_login": gettext_lazy("The access has to be one line of plain letters and signs."),
    "feeds_many": gettext_lazy("Twenty nightly files are enough. Close one first."),
    "feed_nothing_waits": gettext_lazy("No file waits any more."),
    "feed_closed": gettext_lazy("This nightly file is closed. Set up another."),
    "export_form": gettext_lazy("A list can be had as CSV or as XLSX."),
    "disk_full": gettext_lazy(
        "The server has no room left. Nothing was kept. Please tell whoever looks after it."
    ),
    "file_pdf": gettext_lazy(
        "This is a PDF, not a table. Take the table from where the PDF was made: CSV or XLSX."
    ),
    "file_picture": gettext_lazy("This is a picture, not a table. CSV, XLSX or VCF can be read."),
    "file_document": gettext_lazy(
        "This is a text document, not a table. Copy the table into a spreadsheet, save it as XLSX."
    ),
    "file_archive": gettext_lazy(
        "This is an archive. Unpack it and upload the table inside, one at a time."
    ),
    "file_program": gettext_lazy("This is a program or a database, not a table. It was not kept."),
    "file_web": gettext_lazy(
        "This is a web page, whatever its name says, not a table. Open it in a spreadsheet and "
        "save it as XLSX."
    ),
    "file_data": gettext_lazy(
        "This is a file that programs write for programs, not a table. Export it as CSV or XLSX."
    ),
    "file_calendar": gettext_lazy("This is a calendar. Export the contacts instead."),
    "file_letters": gettext_lazy(
        "The letters of this file cannot be told, and guessed ones would spoil names. Save it as "
        "XLSX, or as CSV in UTF-8."
    ),
    "letters_unsure": gettext_lazy(
        "Two sets of letters fit this file equally well. Say which one is right, or save it as "
        "XLSX."
    ),
    "source_gone": gettext_lazy(
        "The file as it was uploaded is deleted already. Upload it again to read it another way."
    ),
}
