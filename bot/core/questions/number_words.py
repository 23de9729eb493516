"""Numbers as people type them, and the words around them, by language. Data only.

A word that is in no list makes a text unreadable as a grade, so that
`7 keer gebeld` is never a seven.
"""

from typing import Final

from bot.core.questions.folding import fold

_Words = dict[str, frozenset[str]]


def _words(text: str) -> frozenset[str]:
    return frozenset(fold(text).split())


# By number, from nought; where it is written in more than one way, all of them.
_NUMBERS: Final[dict[str, tuple[str, ...]]] = {
    "nl": (
        "nul",
        "een eentje",
        "twee tweetje",
        "drie drietje",
        "vier viertje",
        "vijf vijfje",
        "zes zesje",
        "zeven zeventje zeuven",
        "acht achtje",
        "negen negentje",
        "tien tientje",
    ),
    "en": (
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
    ),
    "ar": (
        "صفر",
        "واحد واحدة",
        "اثنان اثنين تنين",
        "ثلاثة ثلاث تلاتة",
        "أربعة أربع",
        "خمسة خمس",
        "ستة ست",
        "سبعة سبع",
        "ثمانية ثماني ثمان تمانية",
        "تسعة تسع",
        "عشرة عشر",
    ),
    "tr": (
        "sıfır",
        "bir",
        "iki",
        "üç",
        "dört",
        "beş",
        "altı",
        "yedi",
        "sekiz",
        "dokuz",
        "on",
    ),
}

WORDS: Final[dict[str, dict[str, int]]] = {
    language: {
        word: number for number, words in enumerate(numbers) for word in _words(words)
    }
    for language, numbers in _NUMBERS.items()
}
"""Number words, each with its number."""

ARTICLES: Final[_Words] = {
    "nl": _words("een ene n"),
    "en": _words("a an"),
    "tr": _words("bir"),
}
"""Words that say "a"; one that is also a number says "one" where it stands alone."""

FILLERS: Final[_Words] = {
    "nl": _words(
        "ik geef u ze ons hen hem haar het dit dat is wordt maar en dan dus zou geven "
        "willen wil doe denk wel gewoon ja cijfer punt punten mijn dikke ruime "
        "mooie nette goede vette voor de hun die graag"
    ),
    "en": _words(
        "i id ill would will give it them him her that is my grade score mark points "
        "point and so just yes say think for the"
    ),
    "ar": _words(
        "أعطي أعطيه أعطيها أعطيهم أنا هو هي درجة الدرجة علامة العلامة نقاط نعم"
    ),
    "tr": _words("ben puan veriyorum veririm vereyim notum not benim onlara ona evet"),
}
"""Words that may stand beside a grade and change nothing about it."""

HALVES: Final[_Words] = {
    "nl": _words("half halve"),
    "en": _words("half"),
    "ar": _words("نصف ونصف نص ونص"),
    "tr": _words("buçuk"),
}
"""Words that add a half."""

HALF_WORDS: Final[dict[str, dict[str, int]]] = {
    "nl": {"anderhalf": 1}
    | {
        word + half: number
        for word, number in WORDS["nl"].items()
        for half in ("enhalf", "eneenhalf")
    },
}
"""Words for a number and a half, each with the whole number before it."""

OUT_OF: Final[dict[str, tuple[str, ...]]] = {
    "nl": ("van de", "van", "uit", "op de", "op"),
    "en": ("out of",),
    "ar": ("من", "على"),
}
"""Words between a grade and the highest one: `8 van de 10`.

Not `8 of 10`: that says "8 or 10" in Dutch.
"""

OUT_OF_FIRST: Final[dict[str, tuple[str, ...]]] = {"tr": (fold("üzerinden"),)}
"""Words after the highest grade, in a language that says that one first."""
