"""hard-word: a word that Dutch rarely uses and that nobody says clients know."""

from collections.abc import Iterator

from bot.core.reading import Lexicon, rare_words
from bot.core.wording import Finding, Where


def hard_word(where: Where, said: str, lexicon: Lexicon) -> Iterator[Finding]:
    """Find the rare words of a text: one finding, that names them all."""
    words = rare_words(said, lexicon)
    if words:
        facts = {"found": ", ".join(words)}
        yield Finding("hard-word", where, facts, "warn")
