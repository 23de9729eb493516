"""leading: a question that says which answer is the good one."""

import re
from collections.abc import Iterator
from typing import Final

from bot.core.wording import Finding, Where

_LEADING: Final = re.compile(
    r"\b("
    # taken for granted
    r"natuurlijk|uiteraard|vanzelfsprekend|immers|ongetwijfeld|toch|zoals (?:u|je) weet"
    r"|vind(?:t u|en jullie|t je)? (?:u |je )?(?:ook|niet dat)|bent u het er ?mee eens"
    # praise and blame
    r"|uitstekend|uitmuntend|fantastisch|geweldig|prachtig|perfect|voortreffelijk"
    r"|schitterend|super|deskundige hulp|verschrikkelijk|vreselijk|schandalig"
    r"|belachelijk|slechte (?:hulp|dienst|service)|goede (?:hulp|dienst|service)"
    # what others think
    r"|iedereen (?:vindt|weet|is)|(?:de )?meeste (?:mensen|cliënten|klanten)"
    r")(?:e|en)?\b",
    re.IGNORECASE,
)


def leading(where: Where, said: str) -> Iterator[Finding]:
    """Find the first word that pushes towards an answer."""
    if found := _LEADING.search(said):
        yield Finding("leading", where, {"found": found[0]}, "warn")
