"""Settings that can be read, but that leave something undone."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from bot.commands.doctor.finding import Finding, mind, ok
from bot.config import Installation, is_loopback


def check_settings(installation: Installation) -> Iterator[Finding]:
    """Say which settings still have to be filled in."""
    config = installation.config
    missing = list(_missing(installation))
    yield from missing
    address = urlsplit(config.telegram.base_url)
    if address.scheme != "https" and not is_loopback(address.hostname or ""):
        missing.append(mind("base-url-open", url=config.telegram.base_url))
        yield missing[-1]
    if not missing:
        yield ok("settings", folder=installation.folder.resolve())


def _missing(installation: Installation) -> Iterator[Finding]:
    config = installation.config
    if not config.telegram.bot:
        yield mind("no-bot-name")
    if not config.recipients:
        yield mind("no-chats")
    if not config.enabled:
        yield mind("nothing-enabled")
