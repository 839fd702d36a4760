"""Invented people: Polish first names with their form, and surnames in both forms."""

import random

WOMEN = (
    "Anna Maria Katarzyna Małgorzata Agnieszka Barbara Ewa Krystyna Elżbieta Joanna Magdalena "
    "Monika Dorota Renata Beata Aleksandra Justyna Natalia Karolina Paulina Sylwia Iwona Grażyna "
    "Halina Zofia Teresa Danuta Jadwiga Helena Julia Zuzanna Hanna Maja Lena Alicja Weronika "
    "Martyna Oliwia Emilia Gabriela Izabela Kinga Łucja Bożena Urszula Wiktoria Aneta Edyta"
).split()
MEN = (
    "Piotr Krzysztof Andrzej Tomasz Jan Paweł Michał Marcin Stanisław Jakub Adam Marek Łukasz "
    "Grzegorz Mateusz Wojciech Mariusz Dariusz Zbigniew Jerzy Maciej Rafał Robert Józef Dawid "
    "Szymon Kamil Tadeusz Ryszard Jarosław Janusz Sławomir Artur Mirosław Henryk Sebastian "
    "Damian Kacper Roman Przemysław Filip Daniel Antoni Patryk Edward Bogusław Leszek Wiesław"
).split()
SURNAMES = [
    (name, name)
    for name in (
        "Nowak Wójcik Mazur Krawczyk Kaczmarek Kowalczyk Zając Król Wieczorek Wróbel Stępień "
        "Dudek Adamczyk Nowicki Pawlak Sikora Walczak Baran Michalak Szewczyk Pietrzak Marciniak "
        "Wilk Bąk Lis Kubiak Kaźmierczak Sobczak Kołodziej Urban Mróz Duda Bielak Malec Solak "
        "Górka Śliwa Żurek Gajda Kępa Lech Madej Maj Czaja Kozak Sowa Borek Rogala"
    ).split()
    if not name.endswith("cki")
] + [
    (name, name[:-1] + "a")
    for name in (
        "Kowalski Wiśniewski Lewandowski Zieliński Szymański Kozłowski Jankowski Mazurski "
        "Piotrowski Grabowski Zawadzki Jabłoński Dąbrowski Górski Ostrowski Wysocki Rutkowski "
        "Borowski Sadowski Maciejewski Witkowski Ćwikliński Malinowski Przybylski Olszewski"
    ).split()
]


def person(rng: random.Random) -> tuple[str, str, str]:
    """A first name, a surname in the fitting form, and `f` or `m`."""
    form = rng.choice("fm")
    first = rng.choice(WOMEN if form == "f" else MEN)
    return first, surname(rng, first), form


def surname(rng: random.Random, first: str) -> str:
    """A surname in the form that fits the first name."""
    return rng.choice(SURNAMES)[first in WOMEN]


def phone(number: int) -> str:
    """The n-th invented mobile number, E.164."""
    return f"+48{450_000_000 + (number * 7_919) % 9_999_999:09d}"
