"""How much speaks for a word being a name, and how far a name goes that begins there.

The layers of names ask this; each of them knows one place where people write names.
"""

from enum import IntEnum

from bot.scrub.names.words import Words
from bot.scrub.pieces import Kind, Piece

_SHORTEST = 4
"""Letters of a name in small letters that stands anywhere."""
_ARTICLE = "ال"
"""How many a family name begins in Arabic, and no verb does."""
_LONGEST_ABBREVIATION = 5
_MOST = 6
"""Words of a name, at most."""


class Place(IntEnum):
    """How much the place of a word says that it is a name."""

    ANYWHERE = 1
    BESIDE = 2
    """Behind who somebody is, `door`, `met`, or before what people do."""
    NAMED = 3
    """Behind a title, or `mijn naam is`."""


def is_named(words: Words, at: int, place: Place) -> bool:
    """Say whether a word is a name, at a place that says so much of it."""
    word, lexicon = words[at], words.lexicon
    if len(word.text) == 1 or lexicon.is_never_name(word.key) or at in words.idle:
        return False
    is_name = lexicon.is_name(word.key)
    if not words.has_case(at):
        return _is_caseless_name(words, at, place, is_name=is_name)
    if words.capital_counts(at):
        if not lexicon.is_known(word.key):
            # Nobody says `het Jansen`; so people speak of houses and of offices.
            is_thing = place == Place.ANYWHERE and (
                words.is_after("definite", at)
                or words.is_after("house", at)
                or words.is_before("house", at)
            )
            is_short = _is_abbreviation(word.text)
            return is_name or place > Place.ANYWHERE or not (is_thing or is_short)
        if place == Place.ANYWHERE:
            return lexicon.is_given(word.key) and not words.is_after("article", at)
        is_said_so = place == Place.NAMED and not lexicon.cues.has("stop", word.key)
        return is_name or is_said_so
    if is_name and not lexicon.is_word(word.key):
        if place > Place.ANYWHERE:
            return True
        return _stands_alone(words, at)
    if is_name:
        return _is_ambiguous_name(words, at, place)
    if place == Place.NAMED:
        return not lexicon.is_known(word.key)
    if place == Place.BESIDE and len(word.text) >= _SHORTEST - 1:
        return words.is_dutch and not lexicon.is_nearly_known(word.key)
    return False


def _is_abbreviation(text: str) -> bool:
    return text.isupper() and len(text) <= _LONGEST_ABBREVIATION


def _is_caseless_name(words: Words, at: int, place: Place, *, is_name: bool) -> bool:
    lexicon, one = words.lexicon, words[at].key
    if place == Place.NAMED:
        return is_name or not lexicon.is_word(one)
    return is_name and (place == Place.BESIDE or not lexicon.is_word(one))


def _stands_alone(words: Words, at: int) -> bool:
    """Say whether a name in small letters, or that begins a sentence, is one."""
    word = words[at]
    if word.is_capital and word.starts:
        return words.is_dutch or not words.is_after("article", at + 1)
    acts = words.is_before("after", at) or words.is_before("particle", at)
    return (
        words.is_dutch
        and len(word.text) >= _SHORTEST
        and (acts or not words.is_after("article", at))
    )


def _is_ambiguous_name(words: Words, at: int, place: Place) -> bool:
    """Say whether a word that may be a name is one where it stands."""
    ends = at + 1 >= len(words) or words[at + 1].gap != " "
    acts = words.is_before("after", at) or words.is_before("particle", at)
    if place == Place.NAMED:
        return ends or acts or words.lexicon.is_given(words[at].key)
    if not words.lexicon.is_given(words[at].key) or words.is_after("article", at):
        return False
    if place == Place.BESIDE:
        return (ends and words.is_after("thanks", at)) or (
            words.is_before("after", at) and not words.is_after("article", at)
        )
    return False


def extent(words: Words, at: int) -> int:
    """Give where a name ends of which the word here is the first. It takes it whole."""
    end = at + 1
    while end < len(words) and end - at < _MOST and words.adjoins(end):
        particles = _particles(words, end)
        if particles:
            if not _belongs(words, end + particles, is_family=True):
                break
            end += particles + 1
        elif _belongs(words, end, is_family=False):
            end += 1
        else:
            break
    return end


def lead(words: Words, at: int) -> int:
    """Give where the first word of a name is that begins here: behind its particles."""
    first = at + _particles(words, at)
    while first < len(words) and _is_initial(words, first) and words.adjoins(first + 1):
        first += 1
        first += _particles(words, first)
    return first


def _particles(words: Words, at: int) -> int:
    count = 0
    while (
        at + count + 1 < len(words)
        and words.lexicon.cues.has("particle", words[at + count].key)
        and words.adjoins(at + count + 1)
    ):
        count += 1
    return count


def _is_initial(words: Words, at: int) -> bool:
    word = words[at]
    is_dotted = at + 1 < len(words) and words[at + 1].gap.startswith(".")
    return len(word.text) == 1 and (word.is_capital or is_dotted)


def _belongs(words: Words, at: int, *, is_family: bool) -> bool:
    """Say whether a word goes on with the name before it."""
    if at >= len(words) or words[at].gap not in (" ", "-", " - "):
        return False
    word, lexicon = words[at], words.lexicon
    if lexicon.is_never_name(word.key):
        return False
    is_name = lexicon.is_name(word.key)
    if words.capital_counts(at):
        return True
    if word.is_capital and words[at - 1].is_capital and is_name:
        return True
    if is_family:
        return is_name or not lexicon.is_known(word.key)
    if is_name and not lexicon.is_word(word.key):
        return True
    if not words.has_case(at):
        return is_name or word.key.startswith(_ARTICLE)
    return (
        len(word.text) >= _SHORTEST
        and words.has_case(at)
        and not lexicon.is_known(word.key)
        and (words.is_dutch or not words.says_capitals)
    )


def piece(words: Words, first: int, end: int) -> Piece:
    """Give the words from the first to before the end as a name."""
    return Piece(words[first].start, words[end - 1].end, Kind.NAME)
