"""long-sentence: nobody who reads slowly remembers how a long one began."""

from collections.abc import Iterator

from bot.core.fault import shown
from bot.core.reading import LONGEST_SENTENCE, sentences
from bot.core.wording import Finding, Where


def long_sentence(where: Where, said: str) -> Iterator[Finding]:
    """Find each sentence with too many words."""
    for sentence in sentences(said):
        if sentence.length > LONGEST_SENTENCE:
            facts = {
                "found": shown(sentence.text),
                "length": sentence.length,
                "limit": LONGEST_SENTENCE,
            }
            yield Finding("long-sentence", where, facts, "warn")
