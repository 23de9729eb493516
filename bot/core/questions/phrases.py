"""What people type instead of a label, by language. Data; nobody reads it.

Only what can mean one thing stands here: `niet helemaal mee eens` does not.
"""

from collections.abc import Sequence
from typing import Final

from bot.core.questions.base import OPT_OUT, SOURCE, Label
from bot.core.questions.folding import compact, compacted, forms

Phrases = dict[str, frozenset[str]]

YES: Final[Phrases] = {
    "nl": compacted(
        "ja", "jawel", "jazeker", "ja zeker", "ja hoor", "jep", "ja graag", "yes"
    ),
    "en": compacted("yes", "yeah", "yep", "yes please", "sure"),
    "ar": compacted("نعم", "ايوه", "ايوا", "أجل", "بلى"),
    "tr": compacted("evet", "tabii", "tabi", "evet lütfen"),
}

NO: Final[Phrases] = {
    "nl": compacted("nee", "neen", "nee hoor", "nee dank je", "nee bedankt", "nope"),
    "en": compacted("no", "nope", "no thanks", "no thank you"),
    "ar": compacted("لا", "كلا", "لا شكرا"),
    "tr": compacted("hayır", "yok", "hayır teşekkürler"),
}

TAKES_PART: Final[Phrases] = {
    "nl": YES["nl"]
    | compacted("ok", "oke", "okay", "is goed", "ik doe mee", "doe mee"),
    "en": YES["en"] | compacted("ok", "okay", "I will take part", "I'll take part"),
    "ar": YES["ar"] | compacted("موافق", "موافقة", "أوافق", "أشارك", "أريد المشاركة"),
    "tr": YES["tr"] | compacted("olur", "tamam", "katılırım", "katılıyorum"),
}

TAKES_NO_PART: Final[Phrases] = {
    "nl": NO["nl"]
    | compacted("liever niet", "nee liever niet", "ik doe niet mee", "doe niet mee"),
    "en": NO["en"] | compacted("rather not", "I'd rather not", "I will not take part"),
    "ar": NO["ar"] | compacted("لا أريد", "لا أشارك", "غير موافق", "لا أوافق"),
    "tr": NO["tr"] | compacted("istemiyorum", "katılmak istemiyorum", "katılmıyorum"),
}

STOP: Final[Phrases] = {
    "nl": compacted("stop", "stoppen", "ik stop", "ik wil stoppen", "stop maar"),
    "en": compacted("stop", "I want to stop", "quit"),
    "ar": compacted("توقف", "قف", "أريد التوقف"),
    "tr": compacted("dur", "durdur", "bitir", "durmak istiyorum"),
}

DONT_KNOW: Final[Phrases] = {
    "nl": compacted(
        "weet niet",
        "weet ik niet",
        "weet het niet",
        "ik weet niet",
        "ik weet het niet",
        "geen idee",
        "geen mening",
        "n.v.t.",
        "niet van toepassing",
        "geen contact",
        "geen contact gehad",
        "ik heb geen contact gehad",
    ),
    "en": compacted(
        "don't know",
        "I don't know",
        "do not know",
        "I do not know",
        "dunno",
        "no idea",
        "no opinion",
        "n/a",
        "not applicable",
        "no contact",
        "I had no contact",
    ),
    "ar": compacted(
        "لا أعرف",
        "لا أدري",
        "ما بعرف",
        "مدري",
        "لا ينطبق",
        "ليس لدي فكرة",
        "ما عندي فكرة",
    ),
    "tr": compacted(
        "bilmiyorum", "bilmem", "fikrim yok", "geçerli değil", "görüşmedim"
    ),
}

# Each set is one meaning; it stands for the one option that is labelled with it.
_SAME: Final[dict[str, tuple[frozenset[str], ...]]] = {
    "nl": (
        YES["nl"],
        NO["nl"],
        compacted(
            "eens",
            "mee eens",
            "het eens",
            "ermee eens",
            "hiermee eens",
            "ben het eens",
            "ben het ermee eens",
            "ik ben het eens",
            "ik ben het ermee eens",
            "ik ben het hiermee eens",
        ),
        compacted(
            "helemaal eens",
            "helemaal mee eens",
            "er helemaal mee eens",
            "helemaal ermee eens",
            "volledig mee eens",
            "totaal mee eens",
            "zeer mee eens",
            "ik ben het helemaal eens",
            "ik ben het er helemaal mee eens",
        ),
        compacted(
            "oneens",
            "mee oneens",
            "ermee oneens",
            "niet mee eens",
            "er niet mee eens",
            "het oneens",
            "ik ben het oneens",
            "ik ben het ermee oneens",
            "ik ben het niet eens",
            "ik ben het er niet mee eens",
        ),
        compacted(
            "helemaal oneens",
            "helemaal mee oneens",
            "helemaal niet mee eens",
            "er helemaal niet mee eens",
            "volledig mee oneens",
            "totaal mee oneens",
            "totaal niet mee eens",
            "ik ben het helemaal oneens",
            "ik ben het er helemaal niet mee eens",
        ),
        compacted(
            "niet nodig",
            "was niet nodig",
            "dat was niet nodig",
            "hoefde niet",
            "dat hoefde niet",
        ),
    ),
    "en": (
        YES["en"],
        NO["en"],
        compacted("agree", "I agree", "I do agree"),
        compacted(
            "strongly agree",
            "completely agree",
            "totally agree",
            "fully agree",
            "I strongly agree",
            "I completely agree",
            "I totally agree",
        ),
        compacted(
            "disagree", "I disagree", "do not agree", "I do not agree", "I don't agree"
        ),
        compacted(
            "strongly disagree",
            "completely disagree",
            "totally disagree",
            "I strongly disagree",
            "I completely disagree",
            "I totally disagree",
        ),
        compacted("not needed", "was not needed", "it was not needed", "no need"),
    ),
    "ar": (
        YES["ar"],
        NO["ar"],
        compacted("أوافق", "موافق", "موافقة", "أنا موافق", "أنا موافقة", "أنا أوافق"),
        compacted(
            "أوافق بشدة", "موافق بشدة", "موافقة بشدة", "أوافق تماما", "موافق تماما"
        ),
        compacted(
            "لا أوافق", "غير موافق", "غير موافقة", "أنا لا أوافق", "أنا غير موافق"
        ),
        compacted(
            "لا أوافق بشدة", "غير موافق بشدة", "لا أوافق أبدا", "لا أوافق إطلاقا"
        ),
        compacted("لم يكن ضروريا", "غير ضروري", "لم تكن هناك حاجة", "لا حاجة"),
    ),
    "tr": (
        YES["tr"],
        NO["tr"],
        compacted("katılıyorum", "evet katılıyorum"),
        compacted(
            "kesinlikle katılıyorum", "tamamen katılıyorum", "tamamıyla katılıyorum"
        ),
        compacted("katılmıyorum", "hayır katılmıyorum"),
        compacted("kesinlikle katılmıyorum", "hiç katılmıyorum"),
        compacted("gerek yoktu", "gerekli değildi", "gerek kalmadı", "gerek yok"),
    ),
}


def says(lists: Phrases, text: str, languages: Sequence[str]) -> bool:
    """Say whether a list has the text, in one of these languages or the source."""
    said = compact(text)
    return any(said in lists.get(language, ()) for language in (SOURCE, *languages))


def says_opt_out(label: Label | None, text: str, languages: Sequence[str]) -> bool:
    """Say whether a text chooses the opt-out of this label; None has no opt-out."""
    if label is None:
        return False
    is_label = compact(text) in forms(label, languages)
    return text == OPT_OUT or is_label or says(DONT_KNOW, text, languages)


def same_as(text: str, languages: Sequence[str]) -> frozenset[str]:
    """Give every phrase that means the same, in these languages and the source."""
    said = compact(text)
    return frozenset(
        phrase
        for language in (SOURCE, *languages)
        for meaning in _SAME.get(language, ())
        if said in meaning
        for phrase in meaning
    )
