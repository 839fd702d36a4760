"""The room `messages`; its label differs from django.contrib.messages'."""

from django.apps import AppConfig


class MessagesConfig(AppConfig):
    """Messages to friends and colleagues."""

    name = "polecam.messages"
    label = "mail"
