"""What made-up people write at the open question, and the accounts of it. Pure.

Some of them write a made-up name: none of those may ever be where a remark is kept.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum, auto
from random import Random
from typing import Final

WRITES: Final = 0.5
"""Which part of those who read Dutch has something to say."""

NAMES: Final = ("Kwistenbroek", "Van Zwaluwenrade", "Ondermeulen", "Zilverhout")
"""Nobody has them."""

PLAIN: Final = (
    "Het wachten duurde mij te lang.",
    "Ik ben goed geholpen.",
    "De brief was moeilijk te begrijpen.",
    "De uitleg was duidelijk en rustig.",
    "Ik moest drie keer terugkomen voor hetzelfde papier.",
    "Er werd goed naar mij geluisterd.",
    "Niemand kon zeggen hoe lang het gaat duren.",
    "Het formulier is veel te lang.",
    "Ik voelde mij serieus genomen.",
    "De wachtruimte was koud en vol.",
    "Het gesprek ging veel te snel.",
    "Fijn dat alles in één keer geregeld was.",
    "Ik moest mijn verhaal steeds opnieuw vertellen.",
    "Bij de balie was het druk, maar iedereen bleef vriendelijk.",
    "De afspraak begon op tijd.",
    "Ik snap nu eindelijk waar mijn geld vandaan komt.",
)
TOO_TELLING: Final = (
    "Ik ben die man met de twee honden en de bakfiets.",
    "Iedereen kent mij hier, want ik heb de lotto gewonnen.",
)
"""Without a name, and still of one person: a reviewer sees that, a program does not."""

_NAMED: Final = (
    "Mevrouw {name} was heel aardig voor mij.",
    "Meneer {name} legde alles rustig uit.",
    "Mijn klantmanager mevrouw {name} belt altijd terug.",
    "Bij meneer {name} moest ik lang wachten.",
)
_LOT: Final = 5
"""So many come out together, or none; as it is promised, and not as it is done."""
_TOO_LITTLE: Final = "Mevrouw {name}!"


class Fate(Enum):
    """What somebody does about a remark that is shown as it would be kept."""

    KEEPS = auto()
    CHANGES = auto()
    LEAVES_OUT = auto()


@dataclass(frozen=True, slots=True)
class Remark:
    """What somebody is going to say.

    Args:
        typed: what they type at first.
        instead: what they type where they would rather say it otherwise.
    """

    typed: str
    fate: Fate = Fate.KEEPS
    instead: str = ""


def draw_remark(chance: Random, reads: str) -> Remark | None:
    """Draw what somebody has to say; None for nothing."""
    if reads != "nl" or chance.random() >= WRITES:
        return None
    name = chance.choice(NAMES)
    forms = (PLAIN, _NAMED, TOO_TELLING, (_TOO_LITTLE,))
    [of_kind] = chance.choices(forms, (70, 20, 5, 5))
    [fate] = chance.choices(tuple(Fate), (85, 8, 7))
    typed = chance.choice(of_kind).format(name=name)
    return Remark(typed, fate, chance.choice(PLAIN))


def names_somebody(text: str) -> bool:
    """Say whether one of the made-up names is in a text, whole or in part."""
    words = (word for name in NAMES for word in name.lower().split() if len(word) > 3)
    return any(word in text.lower() for word in words)


@dataclass(frozen=True, slots=True)
class Said:
    """What came of somebody's remark, by their own account.

    Args:
        kept: the words on the screen that they agreed to; None where they left it out.
        is_withheld: whether they were told that nothing of it could be kept.
    """

    kept: str | None = None
    is_withheld: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a reviewer saw, and whether it may be shown."""

    text: str
    is_approved: bool


@dataclass(slots=True)
class RemarkBooks:
    """Keeps the accounts of who writes, who reviews and who reads the digest.

    Args:
        left_out: how many were left out by who wrote them.
        waiting: what was agreed to, or withheld, and is in no lot yet.
        to_publish: what was approved and is in no digest yet.
        differing: the weeks in which the accounts differ.
        leaks: remarks with a name in them that were kept, or were shown to anybody.
    """

    written: int = 0
    kept: int = 0
    withheld: int = 0
    left_out: int = 0
    reviewed: int = 0
    approved: int = 0
    published: int = 0
    waiting: list[Said] = field(default_factory=list)
    to_publish: list[str] = field(default_factory=list)
    differing: list[str] = field(default_factory=list)
    leaks: int = 0

    @property
    def agrees(self) -> bool:
        """Say whether what was kept is what people kept, and names nobody."""
        return not self.differing and not self.leaks

    def note(self, said: Said) -> None:
        """Write down what came of what somebody wrote."""
        self.written += 1
        self.withheld += said.is_withheld
        if said.kept is not None:
            self.kept += 1
            self.leaks += names_somebody(said.kept)
        elif not said.is_withheld:
            self.left_out += 1
            return
        self.waiting.append(said)

    def open(
        self, week: str, published: Iterable[str], reviewed: Iterable[Verdict]
    ) -> None:
        """Lay what an opening brought out beside what people did before it."""
        shown, seen = list(published), list(reviewed)
        texts = [said.kept for said in self.waiting if said.kept is not None]
        due = texts if len(texts) >= _LOT else []
        ready = self.to_publish if len(self.to_publish) >= _LOT else []
        is_same = Counter(one.text for one in seen) == Counter(due)
        if not is_same or Counter(shown) != Counter(ready):
            self.differing.append(week)
        self.leaks += sum(names_somebody(text) for text in shown)
        if seen:
            self.waiting = []
        if shown:
            self.to_publish = []
        approved = [one.text for one in seen if one.is_approved]
        self.to_publish += approved
        self.reviewed += len(seen)
        self.approved += len(approved)
        self.published += len(shown)
