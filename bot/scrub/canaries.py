"""Sentences of which it is known what must go: they show whether the scrubber works.

They are gone through when it starts, before anybody's text is. The people in them do
not exist.
"""

from typing import Final, NamedTuple

from bot.remarks import Scrubbed
from bot.scrub import NOBODY, Kind, scrub


class Canary(NamedTuple):
    """A sentence, its language, and the kinds of data in it, once each."""

    language: str
    text: str
    kinds: tuple[Kind, ...]


CANARIES: Final = (
    Canary("nl", "Mevrouw Verbeekstra heeft mij heel goed geholpen.", (Kind.NAME,)),
    Canary("nl", "ik ben netjes geholpen door fatima bij jullie", (Kind.NAME,)),
    Canary("nl", "Mijn bsn is 123456782 en dat klopt gewoon.", (Kind.BSN,)),
    Canary("nl", "Het geld moet naar NL91 ABNA 0417 1643 00 toe.", (Kind.IBAN,)),
    Canary("nl", "Bel mij op 06-12 34 56 78 na vijf uur.", (Kind.PHONE,)),
    Canary("nl", "Mail mij op a.b.cde@example.org als het kan.", (Kind.EMAIL,)),
    Canary(
        "nl", "Het staat op https://example.org/mijn/verhaal te lezen.", (Kind.LINK,)
    ),
    Canary("nl", "Zoek maar naar @iemand_023 op dat andere ding.", (Kind.USER,)),
    Canary("nl", "Het dossiernummer is 2023/448213 en het is kwijt.", (Kind.CASE,)),
    Canary("nl", "Ik zit op 2011 VZ en moet twee keer overstappen.", (Kind.POSTCODE,)),
    Canary("nl", "Ik woon op de Fantasiestraat 12 en wacht al lang.", (Kind.ADDRESS,)),
    Canary("nl", "Ik ben geboren op 12-03-1967 en nog steeds boos.", (Kind.DATE,)),
    Canary("nl", "Het nummer 8123 4567 9012 zegt mij helemaal niets.", (Kind.NUMBER,)),
    Canary("en", "My name is Abdirahman and I waited for weeks.", (Kind.NAME,)),
    Canary("tr", "Ayşe hanım bana çok iyi yardım etti.", (Kind.NAME,)),
    Canary("pl", "Nazywam się Agnieszka i czekam bardzo długo.", (Kind.NAME,)),
    Canary("uk", "Мене звати Оксана і я чекаю дуже довго.", (Kind.NAME,)),
    Canary("ar", "السيدة فاطمة ساعدتني كثيرا في البلدية", (Kind.NAME,)),
    Canary("fa", "خانم حسینی خیلی به من کمک کرد", (Kind.NAME,)),
    Canary("ti", "ስመይ ሚካኤል እዩ ብዙሕ ተጸቢየ ኣለኹ", (Kind.NAME,)),
    Canary("ar", "رقم هاتفي هو ٠٦١٢٣٤٥٦٧٨ اتصلوا بي", (Kind.PHONE,)),
)


def all_are_caught() -> bool:
    """Say whether every canary is caught, and of each what must be."""
    return all(map(_is_caught, CANARIES))


def _is_caught(canary: Canary) -> bool:
    match scrub(canary.text, canary.language, NOBODY):
        case Scrubbed(text, replaced):
            counts = [text.count(kind.value) for kind in canary.kinds]
            return replaced == len(canary.kinds) and all(n == 1 for n in counts)
        case _:
            return False
