"""Find phrases among words, all of them at once, in time that grows with the words.

Each word of each phrase is one bit. A number holds which of them have been reached, and
one shift moves all phrases on by a word: no text makes it look back or try again.
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Self

from bot.needs.lists import Line
from bot.needs.reading import Word

GAP: Final = 4
"""So many words may stand where a phrase has a gap."""

SAFE: Final = 8
"""From so many letters on, one that is wrong, missing or too many is forgiven."""

_LONGEST_NEAR: Final = 24
"""A longer word than this is in no list, nor near one that is."""

_JOINED: Final = tuple(
    f"{link}{case}{article}"
    for link in ("و", "ف", "")
    for case in ("ب", "ل", "ك", "ع", "")
    for article in ("ال", "")
)[:-1]
"""What Arabic writes together with the word that follows."""

_LEFT: Final = 3
"""So many letters are left at least when such a part is taken off."""


@dataclass(frozen=True, slots=True)
class _Phrases:
    """Phrases, bit by bit. The maps give the bits that a word stands for.

    Args:
        whole: by the whole word.
        opening: by how the word begins.
        closing: by how it ends.
        inside: by what is anywhere in it.
        widths: how many letters that may be.
        near: by what is left of a long word without one of its letters.
        first: the bits of the first words.
        opening_only: those of them that must begin a sentence.
        last: the bits of the last words.
        closing_only: those of them that must end a sentence.
        gaps: the bits after which there is a gap.
    """

    whole: Mapping[str, int]
    opening: Mapping[str, int]
    closing: Mapping[str, int]
    inside: Mapping[str, int]
    widths: frozenset[int]
    near: Mapping[str, int]
    first: int
    opening_only: int
    last: int
    closing_only: int
    gaps: int

    @classmethod
    def of(cls, lines: Iterable[Line], *, forgives: bool) -> Self:
        """Give each word of each phrase a bit of its own, those of a phrase in a row.

        Args:
            lines: the phrases.
            forgives: whether a long word may have a wrong letter.
        """
        maps = (defaultdict[str, int](int) for _ in range(5))
        whole, opening, closing, inside, near = maps
        by_ends = {
            (False, False): whole,
            (False, True): opening,
            (True, False): closing,
            (True, True): inside,
        }
        first, opening_only, last, closing_only, gaps, bit = 0, 0, 0, 0, 0, 1
        for line in lines:
            first |= bit
            opening_only |= bit * line.begins
            for slot in line.slots:
                for form in slot.forms:
                    by_ends[form.opens, form.goes_on][form.text] |= bit
                    if forgives and not form.opens and len(form.text) >= SAFE:
                        for rest in _without_one(form.text):
                            near[rest] |= bit
                gaps |= bit * slot.is_before_gap
                bit <<= 1
            last |= bit >> 1
            closing_only |= (bit >> 1) * line.ends
        return cls(
            whole,
            opening,
            closing,
            inside,
            frozenset(map(len, inside)),
            near,
            first,
            opening_only,
            last,
            closing_only,
            gaps,
        )

    def states(self, words: Iterable[Word]) -> Iterator[int]:
        """Give, word by word, the bits that are reached by it."""
        before = 0
        recent = deque[int](maxlen=GAP + 1)
        # For this text only: what somebody typed is remembered nowhere.
        bits: dict[str, int] = {}
        for word in words:
            # A gap ends with its sentence; words that must follow one another may go
            # on after it, as where somebody puts a full stop after every word.
            if word.begins:
                recent.clear()
            far = 0
            for state in recent:
                far |= state
            if word.text not in bits:
                bits[word.text] = self._bits(word.text)
            reached = (before | far) << 1 | self.first
            before = reached & bits[word.text]
            if before and not word.begins:
                before &= ~self.opening_only
            if before and not word.ends:
                before &= ~self.closing_only
            recent.append(before & self.gaps)
            yield before

    def _bits(self, word: str) -> int:
        bits = 0
        for form in _forms(word):
            bits |= self.whole.get(form, 0)
        if self.near and not bits and SAFE - 1 <= len(word) <= _LONGEST_NEAR:
            for rest in _without_one(word):
                bits |= self.near.get(rest, 0)
        for end in range(1, len(word) + 1):
            bits |= self.opening.get(word[:end], 0)
            bits |= self.closing.get(word[-end:], 0)
        for length in self.widths:
            for start in range(len(word) - length + 1):
                bits |= self.inside.get(word[start : start + length], 0)
        return bits


@dataclass(frozen=True, slots=True)
class Matcher:
    """What finds one need: the phrases that tell it, and those that take them back."""

    telling: _Phrases
    taking_back: _Phrases

    @classmethod
    def of(cls, lines: Sequence[Line]) -> Self:
        """Take the lines of one need, of all languages together."""
        return cls(
            _Phrases.of((each for each in lines if not each.takes_back), forgives=True),
            # "veerkracht" is one letter away from what it has to be kept apart from.
            _Phrases.of((each for each in lines if each.takes_back), forgives=False),
        )

    def finds(self, words: Sequence[Word]) -> bool:
        """Say whether the words tell the need and do not take it back."""
        if not self._tells(words):
            return False
        return self._tells(_blanked(words, self.taking_back))

    def _tells(self, words: Iterable[Word]) -> bool:
        last = self.telling.last
        return any(state & last for state in self.telling.states(words))


def _blanked(words: Sequence[Word], phrases: _Phrases) -> Iterator[Word]:
    """Give the words, empty where they belong to one of the phrases."""
    states = tuple(phrases.states(words))
    # From the end to the beginning: the bits of each word that lead to a whole phrase.
    leading = [state & phrases.last for state in states]
    for at in reversed(range(len(states))):
        before = (leading[at] & ~phrases.first) >> 1
        for back in range(1, min(GAP + 1, at) + 1):
            leading[at - back] |= states[at - back] & before
            before &= phrases.gaps
    for word, bits in zip(words, leading, strict=True):
        yield Word("", word.begins, word.ends) if bits else word


def _forms(word: str) -> Iterator[str]:
    """Give the word, and in Arabic what is left of it without what is joined to it."""
    yield word
    if "ا" <= word[:1] <= "ي":
        for joined in _JOINED:
            if word.startswith(joined) and len(word) >= len(joined) + _LEFT:
                yield word.removeprefix(joined)


def _without_one(word: str) -> set[str]:
    """Give the word, and it without each of its letters but the first."""
    return {word} | {word[:at] + word[at + 1 :] for at in range(1, len(word))}
