"""personal-question: what tells who somebody is may not be asked, nor invited."""

import re
from collections.abc import Iterator
from typing import Final

from bot.core.draft import FlowDraft
from bot.core.questions.base import SOURCE
from bot.core.reading import sentences
from bot.core.wording import Finding, Where

_ASKS: Final = (
    r"\b(?:(?:wat|welke?|wie) (?:is|was|zijn)|^\W*(?:geef|vul|noem|schrijf|typ)"
    r"|(?:mogen|mag|kunnen|kan) (?:wij|we|ik))\b.*?"
)
_IDENTIFIERS: Final = (
    r"(?:voor|achter|familie|meisjes|gebruikers)?na(?:am|men)|adres|woonadres"
    r"|(?:e-?)?mail(?:adres)?|postcode|huisnummer|woonplaats|straat|telefoonnummer"
    r"|mobiele nummer|06-nummer|bsn|burgerservicenummer|sofinummer"
    r"|geboorte(?:datum|dag|jaar|plaats)|leeftijd|verjaardag|iban|rekeningnummer"
    r"|bankrekening|paspoortnummer|v-nummer|dossiernummer|klantnummer|cliëntnummer"
)
_PERSONAL: Final = (
    # "Wat is uw adres", and not "wat is het adres van het stadhuis".
    re.compile(
        rf"{_ASKS}\b(?:uw|je|jouw|jullie|zijn|haar) (?:\w+e )?({_IDENTIFIERS})\b", re.I
    ),
    re.compile(r"\b(hoe heet(?:te)?) (?:u|je|uw|jouw|de|die|het)\b", re.I),
    re.compile(
        r"\b(wie (?:is|was) (?:uw|jouw|de) (?:klantmanager|medewerker))\b", re.I
    ),
    re.compile(
        r"\b(waar woont?"
        r"|(?:in|op) welke? (?:straat|adres|wijk|buurt|plaats) woont?)\b",
        re.I,
    ),
    re.compile(r"\b((?:wanneer|waar) (?:bent|ben) (?:u|je) geboren)\b", re.I),
    re.compile(r"\b(hoe oud (?:bent|ben))\b", re.I),
)
_NO_NAMES: Final = re.compile(r"\b(?:noem|schrijf|zet|typ)\b.*\bgeen namen\b", re.I)


def personal_question(where: Where, said: str) -> Iterator[Finding]:
    """Find a question that asks who somebody is."""
    for sentence in sentences(said):
        for pattern in _PERSONAL:
            if found := pattern.search(sentence.text):
                facts = {"case": "asks", "found": found[1]}
                yield Finding("personal-question", where, facts)
                return


def inviting_remark(draft: FlowDraft) -> Iterator[Finding]:
    """Find a remark that does not ask people to leave names out."""
    if draft.remark is None:
        return
    said = draft.remark.label.get(SOURCE, "")
    # A text that is not there is told of elsewhere.
    if said.strip() and not _NO_NAMES.search(said):
        where = ("remark", "label", SOURCE)
        yield Finding("personal-question", where, {"case": "remark"})
