"""The described interface of the friend's and the officer's acts; each has its own module."""

from polecam.actions.confirmations import STAFF, confirm, waiting
from polecam.actions.consents import consent, withdraw
from polecam.actions.erasure import erase, expire_due
from polecam.actions.objections import confirm_meeting, decline, erase_me, objection
from polecam.actions.officer import REASONS, collected, export, open_person

__all__ = [
    "REASONS",
    "STAFF",
    "collected",
    "confirm",
    "confirm_meeting",
    "consent",
    "decline",
    "erase",
    "erase_me",
    "expire_due",
    "export",
    "objection",
    "open_person",
    "waiting",
    "withdraw",
]
