"""Every wording that was ever published, in every language, line by line."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.core.flow import FlowDefinition, fingerprint
from bot.core.questions import Grade, Question
from bot.core.questions.base import OPT_OUT, Label
from bot.digest.export.answers import FINGERPRINT, OF_MEASURE
from bot.digest.export.history import History, Version
from bot.digest.export.table import Column, Kind, Row, Table, week

ELEMENTS = (
    "titel",
    "introductie",
    "meedoen",
    "niet_meedoen",
    "kort",
    "vraag",
    "antwoord",
    "geen_antwoord",
    "opmerking",
)
DIRECTIONS = ("negative", "neutral", "positive")


@dataclass(frozen=True, slots=True)
class Line:
    """One text of a version in all its languages.

    Args:
        element: what it is; one of ELEMENTS.
        question: the name of the question it belongs to, if any.
        code: what is stored for it, if anything.
        direction: to which side an answer counts, where the scale says so.
    """

    element: str
    label: Label
    question: str | None = None
    code: str | None = None
    direction: str | None = None


def codebook(history: History) -> Table:
    """Give a row for each text of each version in each language."""
    return Table(
        "codeboek",
        (
            Column("vragenlijst"),
            Column("versie", Kind.INTEGER, least=1),
            week("live_vanaf"),
            Column("regel", Kind.INTEGER, least=1),
            Column("onderdeel", choices=ELEMENTS),
            Column("vraag", needed=False),
            Column("meting", needed=False, pattern=FINGERPRINT),
            Column("code", needed=False),
            Column("richting", needed=False, choices=DIRECTIONS),
            Column("taal", pattern="[a-z]{2,3}"),
            Column("tekst"),
        ),
        ("vragenlijst", "versie", "regel", "taal"),
        [
            row
            for version in sorted(
                history.versions, key=lambda one: (one.flow.flow, one.number)
            )
            for row in _rows(version)
        ],
        (OF_MEASURE,),
    )


def _rows(version: Version) -> Iterator[Row]:
    flow = version.flow
    for number, line in enumerate(lines(flow), start=1):
        measure = line.question and fingerprint(flow, line.question)
        for language in flow.languages:
            if language in line.label:
                yield (
                    flow.flow,
                    version.number,
                    version.week,
                    number,
                    line.element,
                    line.question,
                    measure,
                    line.code,
                    line.direction,
                    language,
                    line.label[language],
                )


def lines(flow: FlowDefinition) -> Iterator[Line]:
    """Give the texts of a version in the order in which people meet them."""
    yield Line("titel", flow.title)
    yield Line("introductie", flow.intro.text)
    yield Line("meedoen", flow.intro.accept)
    yield Line("niet_meedoen", flow.intro.decline)
    for question in flow.questions:
        yield Line("kort", question.short, question.name)
        yield Line("vraag", question.label, question.name)
        yield from _answers(question)
        if question.opt_out is not None:
            yield Line("geen_antwoord", question.opt_out, question.name, OPT_OUT)
    if flow.remark is not None:
        yield Line("opmerking", flow.remark.label)


def _answers(question: Question) -> Iterator[Line]:
    name = question.name
    if isinstance(question, Grade):
        yield Line("antwoord", question.lowest_label, name, str(question.lowest))
        yield Line("antwoord", question.highest_label, name, str(question.highest))
        return
    for option in question.options:
        yield Line("antwoord", option.label, name, option.code, option.direction)
