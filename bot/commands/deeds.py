"""What was done with the results: look at it, and take back what was noted wrongly."""

import re
from typing import Final

from bot.app import open_app
from bot.config import Installation
from bot.decisions import Deed
from bot.errors import InputError

_WEEK: Final = re.compile(r"\d{4}-W\d{2}")


async def noted(installation: Installation) -> list[Deed]:
    """Give everything that was done, oldest first."""
    async with open_app(installation) as app:
        return await app.stores.decisions.deeds()


async def take_back(installation: Installation, words: list[str]) -> Deed:
    """Forget a deed, named by its week and its text as `deeds` prints them.

    Raises InputError where it is not there.
    """
    week, text = words[0], " ".join(" ".join(words[1:]).split())
    if not _WEEK.fullmatch(week) or not text:
        raise InputError("deed-which")
    deed = Deed(week, text)
    async with open_app(installation) as app:
        if not await app.stores.decisions.take_back(deed):
            raise InputError("no-such-deed", week=week, text=text)
    return deed
