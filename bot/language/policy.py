"""Decide what a text is likely written in, and whether to offer a switch to it.

In doubt nothing is said. It gives the same answer for the same text, always.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import exp, log
from typing import Final

from bot.guesses import Guess
from bot.language.letters import LATIN, Letters, letters_of
from bot.language.scripts import Likeliest, by_script
from bot.language.tables import BY_SCRIPT, Table, table

SURE_ENOUGH: Final = 0.80
"""From here on a text gets a label."""
SURE: Final = 0.90
"""From here on, and from three words on, a switch may be offered."""
FEWEST_LETTERS: Final = 5
FEWEST_WORDS: Final = 3
_NOT_CONFIGURED: Final = 0.03
_CHOSEN: Final = 5.0
_OF_THE_APP: Final = 3.0
_STRAY: Final = 20
"""One letter in so many that no table knows: it is of a language without a table."""
_NO_RIVALS: Final = frozenset({"af"})
"""Afrikaans is so near to Dutch that it takes from it, and hardly anybody types it."""
_OFFICE: Final = (
    "gemeente balie klantmanager consulent uitkering bijstand werkplein digid"
    " haarlempas uwv ind inburgering toeslag toeslagen bewindvoerder"
    " vluchtelingenwerk wijkteam schuldhulp voedselbank"
    " website email mail app computer"
)
_OF_THE_OFFICE: Final = frozenset(_OFFICE.split())
"""Words that people use in whatever language they type: they tell nothing."""


@dataclass(frozen=True, slots=True)
class Hints:
    """What is known beside the text; the words of the port (`bot.guesses.Guesser`)."""

    configured: tuple[str, ...]
    chosen: str | None = None
    app_language: str | None = None

    def prior(self, language: str) -> float:
        """Weigh a language before a letter is read."""
        weight = 1.0 if language in self.configured else _NOT_CONFIGURED
        if self.chosen is not None:
            return weight * (_CHOSEN if language == self.chosen else 1.0)
        return weight * (_OF_THE_APP if language == self._of_the_app else 1.0)

    @property
    def _of_the_app(self) -> str | None:
        """Give the language of `pt-BR`, which is Portuguese."""
        return None if self.app_language is None else self.app_language.split("-")[0]


@dataclass(frozen=True, slots=True)
class Label:
    """The likeliest language of a text.

    Args:
        probability: of the likeliest one, from 0 to 1.
        is_offered: the survey is in it, and it is sure enough to offer a switch.
    """

    language: str
    probability: float
    is_offered: bool = False


def guess(text: str, hints: Hints) -> Guess:
    """Say what a text is likely written in, and what to offer."""
    found = label(text, hints)
    if found is None or found.probability < SURE_ENOUGH:
        return Guess()
    return Guess(found.language, found.language if found.is_offered else None)


def label(text: str, hints: Hints) -> Label | None:
    """Find the likeliest language of a text; None where there is nothing to go by."""
    letters = letters_of(text)
    if letters.count < FEWEST_LETTERS or letters.script is None:
        return None
    if letters.script in BY_SCRIPT:
        found = _by_tables(letters, table(letters.script), hints)
    else:
        found = by_script(letters.script, letters.words, hints.configured)
    if found is None:
        return None
    is_offered = (
        found.is_firm
        and found.probability >= SURE
        and letters.typed >= FEWEST_WORDS
        and found.language in hints.configured
        and found.language != hints.chosen
    )
    return Label(found.language, found.probability, is_offered)


def _by_tables(letters: Letters, known: Table, hints: Hints) -> Likeliest | None:
    words = _telling(letters.words)
    typed = Counter(filter(str.isalpha, "".join(words)))
    stray = sum(n for one, n in typed.items() if not _is_known(one, known))
    if stray * _STRAY >= typed.total():
        return None
    has_all = [own.issuperset(typed) for own in known.letters]
    running = _running(known.languages, has_all, hints, letters.script)
    priors = [log(hints.prior(language)) for language in known.languages]
    each = [known.scores(word) for word in words]
    sums = [sum(column) for column in zip(priors, *each, strict=True)]
    best = max(running, key=sums.__getitem__)
    probability = 1 / sum(exp(sums[one] - sums[best]) for one in running)
    is_firm = has_all[best] and _needs_no_word(best, running, sums, each)
    return Likeliest(known.languages[best], probability, is_firm)


def _telling(words: tuple[str, ...]) -> tuple[str, ...]:
    """Leave out the words that tell nothing, unless hardly another is left."""
    telling = tuple(word for word in words if word not in _OF_THE_OFFICE)
    return telling if sum(map(len, telling)) >= FEWEST_LETTERS else words


def _is_known(letter: str, known: Table) -> bool:
    return any(letter in own for own in known.letters)


def _running(
    languages: tuple[str, ...],
    has_all: Sequence[bool],
    hints: Hints,
    script: str | None,
) -> list[int]:
    """Give the places of the languages that the text may be in."""
    # A letter that is not of a language rules it out, but for Latin ones: names have
    # letters of their own (`mevrouw Yıldız`). Where all are out, none is.
    is_ruled = script != LATIN and any(has_all)
    return [
        place
        for place, language in enumerate(languages)
        if (has_all[place] or not is_ruled)
        and (language not in _NO_RIVALS or language in hints.configured)
    ]


def _needs_no_word(
    best: int,
    running: Iterable[int],
    sums: Sequence[float],
    each: Iterable[Sequence[float]],
) -> bool:
    """Say whether it would be the likeliest without any one of the words as well."""
    rivals = [place for place in running if place != best]
    return all(
        sums[best] - word[best] > sums[rival] - word[rival]
        for word in each
        for rival in rivals
    )
