"""The door: the only package that sees both a session and a ballot.

A session goes in with a person's id in it; a sealed ballot comes out without one.
Whatever else needs either side goes through the names given here.
"""

from bot.anonymity.door import Door
from bot.anonymity.keys import KeyFolder
from bot.anonymity.leaving import settled
from bot.anonymity.names import new_id, new_nonce
from bot.anonymity.opening import OpeningReport, Published, WeeklyOpening
from bot.anonymity.renewal import renew, require_lost
from bot.anonymity.seal import Invitation
from bot.anonymity.seeds import Seeds

__all__ = [
    "Door",
    "Invitation",
    "KeyFolder",
    "OpeningReport",
    "Published",
    "Seeds",
    "WeeklyOpening",
    "new_id",
    "new_nonce",
    "renew",
    "require_lost",
    "settled",
]
