"""Types of the web door."""

from django.http import HttpRequest

from polecam.people.models import Person


class Request(HttpRequest):
    """A request behind a door that is not PUBLIC: someone is signed in."""

    user: Person
