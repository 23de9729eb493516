"""Put together what reads the words that people type. The one place that says so.

Remarks are asked where there is a scrubber; without one they are off.
"""

from bot.config import Config
from bot.needs import needs_of
from bot.service import Reading


async def open_reading(_: Config) -> Reading:
    """Give what reads words in this installation."""
    return Reading(
        asks_remarks=lambda: False,
        scrubber=None,
        needs=needs_of,
        guesser=None,
    )
