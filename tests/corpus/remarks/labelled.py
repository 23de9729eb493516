"""Read the comments that were labelled by hand, to measure rules of language and needs.

Each file says at its top how its lines were dealt. The untouched half is for measuring
only: whoever writes a rule must not look at it, nor mend the rule after what it shows.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

Half = Literal["tuned", "untouched"]

HERE: Final = Path(__file__).parent
HALVES: Final[tuple[Half, Half]] = ("tuned", "untouched")
MIXED: Final = "mul"
"""The label of a comment in which no language has the upper hand."""

LANGUAGES: Final = frozenset(
    (
        "nl",
        "en",
        "ar",
        "tr",
        "pl",
        "uk",
        "ru",
        "fa",
        "ti",
        "am",
        "es",
        "de",
        "fr",
        "so",
        "ku",
        "ckb",
        "pap",
        MIXED,
    )
)
NEEDS: Final = frozenset(("crisis", "complaint", "objection", "question"))
NO_NEED: Final = "none"


@dataclass(frozen=True, slots=True)
class Labelled:
    """A comment with its labels; `needs` is empty where nothing has to be answered."""

    lang: str
    needs: frozenset[str]
    text: str

    @property
    def words(self) -> int:
        """How many words it has; an emoji or a lone sign is none."""
        return sum(any(map(str.isalnum, word)) for word in self.text.split())


def language_lines(half: Half) -> tuple[Labelled, ...]:
    """Give the comments of one half that are labelled with their language alone.

    Raises:
        ValueError: naming the file and the line that is not `lang<TAB>text`.
    """
    return read(HERE / f"language_{half}.txt", has_needs=False)


def needs_lines(half: Half) -> tuple[Labelled, ...]:
    """Give the comments of one half that are labelled with what they ask for.

    Raises:
        ValueError: naming the file and the line that is not `lang<TAB>needs<TAB>text`.
    """
    return read(HERE / f"needs_{half}.txt", has_needs=True)


def read(path: Path, *, has_needs: bool) -> tuple[Labelled, ...]:
    """Give the comments of one file, in its order.

    Args:
        path: the file; `#` at the start of a line makes it a remark on the file.
        has_needs: whether a second field says what each comment asks for.

    Raises:
        ValueError: naming the file and the line that cannot be read.
    """
    lines = path.read_text(encoding="utf-8").splitlines()
    return tuple(
        _parse(line, f"{path.name}:{number}", has_needs=has_needs)
        for number, line in enumerate(lines, start=1)
        if line and not line.startswith("#")
    )


def _parse(line: str, where: str, *, has_needs: bool) -> Labelled:
    fields = line.split("\t")
    if len(fields) != 2 + has_needs or not all(map(str.strip, fields)):
        raise ValueError(f"{where}: {2 + has_needs} filled fields between tabs, please")
    lang, *codes, text = fields
    if lang not in LANGUAGES:
        raise ValueError(f"{where}: {lang} is no language of these files")
    return Labelled(
        lang,
        _needs(codes[0], where) if codes else frozenset(),
        text.replace(r"\n", "\n"),
    )


def _needs(written: str, where: str) -> frozenset[str]:
    if written == NO_NEED:
        return frozenset()
    needs = written.split(",")
    if not NEEDS.issuperset(needs) or len(set(needs)) < len(needs):
        raise ValueError(
            f"{where}: {written} names a need that is unknown, or one twice"
        )
    return frozenset(needs)
