"""What a survey is like to read, and which languages leave its menu, and why."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bot.commands.checking import NOTHING, Published
from bot.core.flow import FlowDefinition
from bot.core.questions.base import SOURCE
from bot.core.reading import LONGEST_SENTENCE, rare_words, sentences
from bot.core.wording import flow_texts
from bot.errors import FlowError, Issue
from bot.flowfiles import (
    LEAVES_MENU,
    SCALES,
    FlowFile,
    Scales,
    judged,
    load_scales,
    read_flow,
)
from bot.language import Detecting, detecting


@dataclass(frozen=True, slots=True)
class ReadSentence:
    """A sentence, and how many words it has."""

    text: str
    words: int

    @property
    def is_long(self) -> bool:
        """Say whether it has more words than it should."""
        return self.words > LONGEST_SENTENCE


@dataclass(frozen=True, slots=True)
class RareWord:
    """A rare word, and its Zipf frequency; None where it is in no list at all."""

    word: str
    frequency: float | None


@dataclass(frozen=True, slots=True)
class ReadText:
    """A Dutch text of a flow: where it stands, and what it is like to read."""

    name: str
    line: int
    sentences: tuple[ReadSentence, ...]
    rare: tuple[RareWord, ...]


@dataclass(frozen=True, slots=True)
class Menu:
    """A language, and the places that keep it out of the menu.

    Args:
        detecting: by what it is known when a client types in it.
    """

    language: str
    missing: tuple[Issue, ...]
    detecting: Detecting


@dataclass(frozen=True, slots=True)
class Explained:
    """A flow; without texts where its file cannot be read yet."""

    path: str
    texts: tuple[ReadText, ...] = ()
    menu: tuple[Menu, ...] = ()

    @property
    def plain(self) -> dict[str, Any]:
        """Give it as plain values."""
        return {
            "file": self.path,
            "texts": [asdict(text) for text in self.texts],
            "languages": [
                {
                    "language": menu.language,
                    "offered": not menu.missing,
                    "detected": menu.detecting.value,
                    "because": [
                        {"file": i.path, "line": i.line, "rule": i.rule}
                        for i in menu.missing
                    ],
                }
                for menu in self.menu
            ],
        }


def explain(
    path: Path, today: date, published: Published = NOTHING
) -> tuple[Explained, ...]:
    """Explain a flow, or all of a folder; one that cannot be read stays empty."""
    folder = path if path.is_dir() else path.parent
    files = sorted(folder.glob("*.yaml")) if path.is_dir() else [path]
    flows = [file for file in files if file.name != SCALES]
    try:
        scales = load_scales(folder / SCALES)
    except FlowError:
        return tuple(Explained(str(flow)) for flow in flows)
    return tuple(
        _explained(flow, scales, today, published.get(flow.stem, ())) for flow in flows
    )


def _explained(
    path: Path, scales: Scales, today: date, before: Sequence[FlowDefinition]
) -> Explained:
    try:
        file = read_flow(path)
    except FlowError:
        return Explained(str(path))
    try:
        issues = judged(file, scales, today, before).warnings
    except FlowError as error:
        issues = error.issues
    lacking = [issue for issue in issues if issue.rule in LEAVES_MENU]
    menu = tuple(
        Menu(
            language,
            tuple(i for i in lacking if dict(i.facts)["language"] == language),
            known,
        )
        for language, known in detecting(file.draft.languages).items()
    )
    return Explained(str(path), _texts(file, scales), menu)


def _texts(file: FlowFile, scales: Scales) -> tuple[ReadText, ...]:
    lexicon = scales.lexicon
    names = [question.name for question in file.draft.questions]
    read = []
    for text in flow_texts(file.draft):
        said = text.words.get(SOURCE, "")
        if text.is_for_staff or not said.strip():
            continue
        steps = [names[step] if isinstance(step, int) else step for step in text.where]
        read.append(
            ReadText(
                name=".".join(steps),
                line=file.document.issue("", (*text.where, SOURCE)).line,
                sentences=tuple(
                    ReadSentence(one.text, one.length) for one in sentences(said)
                ),
                rare=tuple(
                    RareWord(word, lexicon.frequencies.get(word.lower()))
                    for word in rare_words(said, lexicon)
                ),
            )
        )
    return tuple(read)
