"""Words by which a client agrees to messages for themselves, and a friend to one sentence.

As in `texts.py`: the first line is the sentence, the rest explains it, in both languages at once.
{client} is the first name of whoever recommended: only where the page may name them.
"""

CLIENTS: dict[str, dict[str, str]] = {
    "client_survey_email": {
        "pl": (
            "{firm} może zapytać mnie e-mailem, czy wszystko było dobrze.\n"
            "Jedno pytanie, najwyżej kilka razy w roku. Bez tej zgody nikt o to nie napisze."
        ),
        "en": (
            "{firm} may ask me by e-mail whether everything was fine.\n"
            "One question, a few times a year at most. Without this consent nobody will write "
            "about it."
        ),
    },
    "client_thanks_email": {
        "pl": (
            "{firm} może podziękować mi e-mailem za polecenie.\n"
            "Samo podziękowanie, żadnej oferty. Bez tej zgody nikt o tym nie napisze."
        ),
        "en": (
            "{firm} may thank me by e-mail for a recommendation.\n"
            "Only thanks, no offer. Without this consent nobody will write about it."
        ),
    },
    "telling": {
        "pl": (
            "{client} może się dowiedzieć, że rozmowa się odbyła.\n"
            "Nieobowiązkowe. Tylko tyle: nigdy, co wybiorę ani czy coś kupię."
        ),
        "en": (
            "{client} may learn that we talked.\n"
            "Optional. No more than that: never what I choose, nor whether I buy anything."
        ),
    },
    "telling_unnamed": {
        "pl": (
            "Osoba, która mnie poleca, może się dowiedzieć, że rozmowa się odbyła.\n"
            "Nieobowiązkowe. Tylko tyle: nigdy, co wybiorę ani czy coś kupię."
        ),
        "en": (
            "Whoever recommends me may learn that we talked.\n"
            "Optional. No more than that: never what I choose, nor whether I buy anything."
        ),
    },
}
