"""double-barrelled: two things asked at once get an answer to neither."""

import re
from collections.abc import Iterator
from typing import Final

from bot.core.reading import Lexicon, sentences
from bot.core.wording import Finding, Where

_JOINED: Final = re.compile(r"([^\W\d_]+)(,?) (en|of|maar) ([^\W_]+)", re.IGNORECASE)
# "Weet u of het klaar is": what follows these is one question.
_BEFORE_WHETHER: Final = re.compile(
    r"u|je|ik|weet|weten|wist(?:en)?|vra(?:ag|agt|gen)|vroeg(?:en)?|gevraagd|vertelde?|verteld"
    r"|gezegd|zei|zeggen|hoor(?:t|de)?|horen|gehoord|zie(?:t|n)|gezien|kijken|keek"
    r"|gekeken|zeker|benieuwd|nagaan|nagegaan|bericht|antwoord"
)
_AFTER_WHETHER: Final = re.compile(r"u|ik|je|wij|we|hij|zij|ze|er|iemand")
# "Maar één keer": only, and not but.
_AFTER_ONLY: Final = re.compile(
    r"e[eé]n|één|eenmaal|twee|drie|weinig|kort|even|half|net|zelden"
)
# "Bent u tevreden of niet?" is one question.
_OPPOSITES: Final = frozenset(("niet", "geen", "nee"))


def double_barrelled(where: Where, said: str, lexicon: Lexicon) -> Iterator[Finding]:
    """Find the first sign that a question asks two things."""
    if said.count("?") > 1:
        yield Finding("double-barrelled", where, {"case": "marks"}, "warn")
        return
    for sentence in sentences(said):
        if sentence.is_explanation:
            continue
        for found in _JOINED.finditer(sentence.text):
            if not _is_one(found, lexicon):
                facts = {"case": "pair", "found": _shown(found)}
                yield Finding("double-barrelled", where, facts, "warn")
                return


def _shown(found: re.Match[str]) -> str:
    return f"{found[1]}{found[2]} {found[3]} {found[4]}"


def _is_one(found: re.Match[str], lexicon: Lexicon) -> bool:
    """Say whether what is joined here is one thing all the same."""
    first, comma, joint, second = (part.lower() for part in found.groups())
    if f"{first} {joint} {second}" in lexicon.pairs:
        return True
    if joint == "maar":
        return not comma and bool(_AFTER_ONLY.fullmatch(second))
    if joint == "en":
        return False
    # "Tevreden of ontevreden": both ends of one scale.
    return (
        second in _OPPOSITES
        or second == f"on{first}"
        or bool(_BEFORE_WHETHER.fullmatch(first))
        or bool(_AFTER_WHETHER.fullmatch(second))
    )
