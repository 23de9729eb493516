"""What to expect before starting: read the numbers, simulate, say it, draw it."""

from bot.commands.planning.drawing import drawn
from bot.commands.planning.making import RUNS, begun, made
from bot.commands.planning.proposing import proposal
from bot.commands.planning.reading import (
    read_contacts,
    read_find,
    read_one_in,
    read_phases,
    read_questions,
    read_response,
)
from bot.commands.planning.saying import Saying, lines

__all__ = [
    "RUNS",
    "Saying",
    "begun",
    "drawn",
    "lines",
    "made",
    "proposal",
    "read_contacts",
    "read_find",
    "read_one_in",
    "read_phases",
    "read_questions",
    "read_response",
]
