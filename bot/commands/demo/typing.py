"""What made-up people type instead of tapping, in four languages.

Written down apart from the lists that the survey reads with: what people type must be
understood without anybody having looked it up.
"""

from random import Random
from typing import Final

_NUMBERS: Final = {
    "nl": "een twee drie vier vijf zes zeven acht negen tien",
    "en": "one two three four five six seven eight nine ten",
    "ar": "واحد اثنان ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة عشرة",
    "tr": "bir iki üç dört beş altı yedi sekiz dokuz on",
}
_GRADES: Final = {
    "nl": (
        "{n}",
        "{n}/10",
        "een {word}",
        "ik geef een {n}",
        "{word}!",
        "{n} van de 10",
    ),
    "en": ("{n}", "{n}/10", "{word}", "I give it a {n}", "{n} out of 10"),
    "ar": ("{eastern}", "{word}", "{n}/10", "أعطي {eastern}"),
    "tr": ("{n}", "{word}", "{n} puan", "10 üzerinden {n}"),
}
_SAME: Final = {
    "Helemaal oneens": "helemaal niet mee eens",
    "Oneens": "niet mee eens",
    "Eens": "mee eens",
    "Helemaal eens": "helemaal mee eens",
    "Agree": "I agree",
    "Disagree": "I don't agree",
    "أوافق": "موافق",
    "Katılıyorum": "evet katılıyorum",
}
_NONSENSE: Final = {
    "nl": ("hallo?", "waarom moet u dat weten", "7,5", "een 7 of een 8", "🤷"),
    "en": ("hello", "why do you want to know", "6.5", "not bad I guess"),
    "ar": ("مرحبا", "لماذا تسألون", "٧٫٥"),
    "tr": ("merhaba", "neden soruyorsunuz", "7,5"),
}
_EASTERN: Final = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


def typed_grade(code: str, language: str, chance: Random) -> str:
    """Give a grade as somebody types it."""
    word = _NUMBERS[language].split()[int(code) - 1]
    form = chance.choice(_GRADES[language])
    return form.format(n=code, word=word, eastern=code.translate(_EASTERN))


def typed_choice(label: str, chance: Random) -> str:
    """Give the label of an option as somebody types it."""
    return chance.choice((label, label.lower(), _SAME.get(label, label)))


def nonsense(language: str, chance: Random) -> str:
    """Give something that is no answer."""
    return chance.choice(_NONSENSE[language])


def typed_code(code: str, chance: Random) -> str:
    """Give an invitation's code as somebody copies it from a letter."""
    parted = f"{code[:4]} {code[4:]}"
    return chance.choice((code, code.lower(), parted, parted.lower().replace(" ", "-")))
