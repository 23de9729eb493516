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
    "ar": compacted("توقف", "التوقف", "قف", "أريد التوقف"),
    "tr": compacted(
        "dur", "durdur", "bırak", "bitir", "durmak istiyorum", "bırakmak istiyorum"
    ),
}

KEEPS: Final[Phrases] = {
    "nl": compacted("zo bewaren", "bewaren", "bewaar zo", "zo is het goed", "goed zo"),
    "en": compacted("keep it like this", "keep it", "keep", "it is good", "good"),
    "ar": compacted("احفظها هكذا", "حفظ هكذا", "احفظ", "حفظ"),
    "tr": compacted("böyle sakla", "böyle kaydet", "kaydet", "sakla"),
}

CHANGES: Final[Phrases] = {
    "nl": compacted("anders", "anders schrijven", "opnieuw", "veranderen"),
    "en": compacted("change it", "change", "write it again", "again"),
    "ar": compacted("تعديل", "تغيير", "كتابة مرة أخرى"),
    "tr": compacted("değiştir", "tekrar yaz", "yeniden yaz"),
}

LEAVES_OUT: Final[Phrases] = {
    "nl": compacted("weglaten", "laat weg", "laat maar", "nee niets meer", "niets"),
    "en": compacted("leave it out", "leave out", "no nothing more", "nothing"),
    "ar": compacted("عدم الحفظ", "حذف", "لا شيء آخر", "لا شيء", "لا لا شيء آخر"),
    "tr": compacted("vazgeç", "saklama", "hayır başka yok", "başka yok", "yok"),
}

NOT_APPLICABLE: Final[Phrases] = {
    "nl": compacted("n.v.t.", "niet van toepassing"),
    "en": compacted("n/a", "not applicable"),
    "ar": compacted("لا ينطبق", "غير منطبق"),
    "tr": compacted("geçerli değil", "uygulanamaz"),
}
"""What fits any opt-out, whatever its label says."""

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
        compacted(
            "weet niet",
            "weet ik niet",
            "weet het niet",
            "ik weet niet",
            "ik weet het niet",
            "geen idee",
            "geen mening",
        ),
        compacted(
            "geen contact",
            "geen contact gehad",
            "had geen contact",
            "ik had geen contact",
            "ik heb geen contact gehad",
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
        compacted(
            "don't know",
            "I don't know",
            "do not know",
            "I do not know",
            "dunno",
            "no idea",
            "no opinion",
        ),
        compacted("no contact", "had no contact", "I had no contact"),
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
        compacted(
            "لا أعرف", "لا أدري", "ما بعرف", "مدري", "ليس لدي فكرة", "ما عندي فكرة"
        ),
        compacted("لم يكن هناك تواصل", "لم يكن تواصل", "لم أتواصل"),
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
        compacted("bilmiyorum", "bilmem", "fikrim yok"),
        compacted("görüşmedim", "hiç görüşmedim"),
    ),
}


def says(lists: Phrases, text: str, languages: Sequence[str]) -> bool:
    """Say whether a list has the text, in one of these languages or the source."""
    said = compact(text)
    return any(said in lists.get(language, ()) for language in (SOURCE, *languages))


def same_as(text: str, languages: Sequence[str]) -> frozenset[str]:
    """Give the text and every phrase that means the same, in these languages."""
    said = compact(text)
    meant = (
        meaning
        for language in (SOURCE, *languages)
        for meaning in _SAME.get(language, ())
        if said in meaning
    )
    return frozenset({said}).union(*meant)


def says_opt_out(label: Label | None, text: str, languages: Sequence[str]) -> bool:
    """Say whether a text chooses the opt-out of this label; None has no opt-out.

    `geen idee` is no way to say that there was no contact: words must mean the label.
    """
    if label is None:
        return False
    is_meant = forms(label, languages) & same_as(text, languages)
    return text == OPT_OUT or bool(is_meant) or says(NOT_APPLICABLE, text, languages)
