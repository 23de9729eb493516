"""The weekly digest. Pure: it knows released batches, and never a session or a ballot.

It takes no clock, no chance and no file; what it may say, and when, is in
`docs/digest.md`.
"""

# What a digest is made of is read by the application, which may see no ballot.
from bot.ballots import Ledger

__all__ = ["Ledger"]
