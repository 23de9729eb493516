"""Whether invitations are opened, and whether those who open them take part.

Two things that are mended in two places: the mailing, and the introduction. It must
never be said where the response may not be.
"""

from collections.abc import Iterator
from fractions import Fraction

from bot.digest.model import Report
from bot.digest.voice import Voice


def reached(report: Report, voice: Voice) -> Iterator[str]:
    """Give one line for each of the two, in tenths; none where it is not known."""
    for part in report.parts:
        for key, share in (("opened", part.contact), ("went_on", part.cooperation)):
            if share is not None:
                yield _said(key, share, voice)


def _said(key: str, share: Fraction, voice: Voice) -> str:
    tenths = round(10 * share)
    how = {0: "few", 10: "almost_all"}.get(tenths, "some")
    return voice.say(f"reached.{key}.{how}", tenths=tenths)
