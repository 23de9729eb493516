"""Read the list of contacts to draw from. Nothing of it is kept, logged or quoted."""

from bot.frame.columns import PHASES, SHOWN, read_rows
from bot.frame.files import read_contacts, read_list

__all__ = ["PHASES", "SHOWN", "read_contacts", "read_list", "read_rows"]
