"""E-mail: the only package that imports the mail client.

For those whose work telephone may not have the chat app. The same digests, the same
outbox, the same rule: once, and never a second time where it may have arrived.
"""

from bot.transports.mail.letter import PICTURE, Page
from bot.transports.mail.server import Relay, greet
from bot.transports.mail.transport import MailTransport

__all__ = ["PICTURE", "MailTransport", "Page", "Relay", "greet"]
