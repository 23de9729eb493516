"""Printed sheets: letters and cards for who was drawn, posters for who walks in. Pure.

Values in, pages of HTML out. A page needs nothing but itself, and no link on it carries
anything of a person but the code that chance made.
"""

from bot.invited import Invited, Mailing
from bot.sheets.cards import cards
from bot.sheets.letters import letters
from bot.sheets.posters import Entrance, entry_cards, poster
from bot.sheets.tongue import Words

__all__ = [
    "Entrance",
    "Invited",
    "Mailing",
    "Words",
    "cards",
    "entry_cards",
    "letters",
    "poster",
]
