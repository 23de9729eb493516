"""Telegram: the only package that imports the library of the same name."""

import os

# Ask the library for its coming behaviour: without it, the object that says "too many
# requests" warns of its own deprecation each time it is made.
os.environ["PTB_TIMEDELTA"] = "true"

from bot.transports.telegram.account import Account, who_is
from bot.transports.telegram.face import Appearance, Face, Menu
from bot.transports.telegram.settings import (
    COMMANDS,
    REVIEW_COMMANDS,
    STAFF_COMMANDS,
    Pacing,
    Timing,
)
from bot.transports.telegram.transport import Service, TelegramTransport

__all__ = [
    "COMMANDS",
    "REVIEW_COMMANDS",
    "STAFF_COMMANDS",
    "Account",
    "Appearance",
    "Face",
    "Menu",
    "Pacing",
    "Service",
    "TelegramTransport",
    "Timing",
    "who_is",
]
