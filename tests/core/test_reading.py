"""Sentences, their words, and which of those are rare."""

import pytest

from bot.core.reading import Lexicon, rare_words, sentences

LEXICON = Lexicon(
    {"gemeente": 5.4, "consulent": 3.3, "adequaat": 3.0}, frozenset(["haarlempas"])
)


@pytest.mark.parametrize(
    ("text", "lengths"),
    [
        ("", []),
        ("...", []),
        ("Meedoen hoeft niet. Stoppen mag altijd!", [3, 3]),
        ("Bent u het eens? 'Ik ben geholpen.' Doelmatig betekent: snel.", [4, 3, 3]),
        ("Geef een cijfer van 1 tot 10.", [7]),
        ("Dat kost 2.500 euro om 9:30 uur.", [7]),
        ("Uw re-integratie, en foto's", [4]),
        ("Een\nTwee drie", [1, 2]),
    ],
)
def test_a_sentence_ends_where_it_is_said_to(text: str, lengths: list[int]) -> None:
    assert [sentence.length for sentence in sentences(text)] == lengths


@pytest.mark.parametrize(
    ("text", "rare"),
    [
        ("De gemeente en de consulent", ()),
        ("Adequaat, adequaat en Adequaat!", ("Adequaat", "adequaat")),
        ("Uw HaarlemPas", ()),
        ("Kort als jip en janne", ()),
        ("Een kwijtscheldingsbesluit", ("kwijtscheldingsbesluit",)),
        ("Adequaat geholpen? Adequaat betekent: goed.", ("geholpen", "betekent")),
        ("Onze re-integratie", ("integratie",)),
    ],
)
def test_a_word_is_rare_unless_it_is_used_known_or_explained(
    text: str, rare: tuple[str, ...]
) -> None:
    assert rare_words(text, LEXICON) == rare
