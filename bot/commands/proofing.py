"""Print a draft as clients would see it, for those who have to agree to its words."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from bot.commands.publishing import read_draft
from bot.core.draft import FlowDraft, Signature
from bot.core.flow import FlowDefinition
from bot.core.questions import Choice, Question
from bot.core.questions.base import SOURCE, Condition, in_language
from bot.dialogue import View
from bot.errors import InputError
from bot.messages import Catalogue
from bot.proof import Column, Scene, Sheet, proof
from bot.service import RoundTable, closing_text, walk
from bot.yamlfile import read_file
from bot.yamlmodel import checked

PAGES: Final = (".html", ".htm")
"""What a page may be called: a slip must not write over a survey."""

Says = Callable[..., str]


@dataclass(frozen=True, slots=True)
class Proof:
    """A draft, and who signed what of it."""

    flow: FlowDefinition
    draft: FlowDraft


def read_proof(folder: Path, name: str, before: Sequence[FlowDefinition] = ()) -> Proof:
    """Read the draft of this name. Raises InputError, or FlowError for its errors.

    Args:
        before: every version of it that was published, what is live last.
    """
    flow = read_draft(folder, name, before=before).flow
    return Proof(flow, checked(read_file(folder / f"{name}.yaml"), FlowDraft))


def write_proof(
    path: Path,
    read: Proof,
    words: Catalogue,
    language: str,
    phone: str,
    day: date,
    table: RoundTable | None = None,
) -> None:
    """Write the page.

    Args:
        language: that of its readers.
        day: on which it is made, to tell one print from the next.
        table: what is offered below the closing text, if anything.

    Raises InputError for a file that is no page, or cannot be written.
    """
    if path.suffix.lower() not in PAGES:
        raise InputError("not-a-page", path=str(path), example=path.stem)
    text = proof(sheet(read, words, language, phone, day, table))
    try:
        path.write_bytes(text.encode())
    except OSError as error:
        raise InputError("cannot-write", path=str(path)) from error


def sheet(
    read: Proof,
    words: Catalogue,
    language: str,
    phone: str,
    day: date,
    table: RoundTable | None = None,
) -> Sheet:
    """Put together what the page holds."""

    def say(key: str, /, **facts: object) -> str:
        return words.text(f"staff.proof.{key}", language, **facts)

    flow = read.flow
    seen = [walk(words, phone, flow, each) for each in flow.languages]
    closings = tuple(
        View(closing_text(words, each, phone, table)) for each in flow.languages
    )
    return Sheet(
        language=words.text("digest.language", language),
        title=in_language(flow.title, language),
        lead=say("lead"),
        facts=tuple(_facts(read, say, day)),
        columns=tuple(Column(n, say(f"language.{n}")) for n in flow.languages),
        scenes=tuple(_scenes(flow, seen, closings, say, language)),
        notes=say("notes"),
        buttons=say("buttons"),
    )


def _facts(read: Proof, say: Says, day: date) -> Iterator[tuple[str, str]]:
    flow, draft = read.flow, read.draft
    yield say("fact.name"), flow.flow
    yield say("fact.day"), _day(say, day)
    phases = ", ".join(say(f"phase.{phase}") for phase in flow.phases)
    yield say("fact.phases"), phases
    yield say("fact.reviewed"), _signed(draft.reviewed, say)
    for language in draft.languages:
        if language == SOURCE:
            continue
        name = say("fact.checked", language=say(f"language.{language}"))
        is_whole = language in flow.languages
        signed = _signed(draft.checked.get(language), say)
        yield name, signed if is_whole else say("unfinished")
    yield say("fact.mark"), flow.content_hash[:8]


def _signed(signature: Signature | None, say: Says) -> str:
    if signature is None or not signature.is_signed or signature.on is None:
        return say("nobody")
    return say("signed", by=signature.by.strip(), day=_day(say, signature.on))


def _day(say: Says, day: date) -> str:
    return say("day", day=day.day, month=day.month, year=day.year)


def _scenes(
    flow: FlowDefinition,
    seen: list[tuple[View, ...]],
    closings: tuple[View, ...],
    say: Says,
    language: str,
) -> Iterator[Scene]:
    intros, *rest, privacies, helps = (
        tuple(views) for views in zip(*seen, strict=True)
    )
    questions, remarks = rest[: len(flow.questions)], rest[len(flow.questions) :]
    intro = (say("about.intro"),)
    yield Scene(say("scene.intro"), intro, intros, ways=1, size="brief")
    numbers = {q.name: place for place, q in enumerate(flow.questions, 1)}
    for question, views in zip(flow.questions, questions, strict=True):
        number = numbers[question.name]
        short = in_language(question.short, language)
        facts = {"number": number, "total": len(flow.questions), "short": short}
        title = say("scene.question", **facts)
        lines = tuple(_about(question, flow, numbers, say, language))
        yield Scene(title, lines, views, ways=1)
    if flow.remark is not None:
        about = (say("about.remark", most=flow.remark.max_length),)
        [views] = remarks
        yield Scene(say("scene.remark"), about, views, ways=1, size="brief")
    yield Scene(say("scene.closing"), (say("about.closing"),), closings, size="brief")
    yield Scene(say("scene.help"), (say("about.help"),), helps, size="long")
    yield Scene(say("scene.privacy"), (say("about.privacy"),), privacies, size="long")


def _about(
    question: Question,
    flow: FlowDefinition,
    numbers: Mapping[str, int],
    say: Says,
    language: str,
) -> Iterator[str]:
    condition = question.only_if
    if condition is None:
        yield say("branch.always")
    else:
        yield _branch(condition, flow, numbers, say, language)
    themes = say("and").join(say(f"theme.{theme}") for theme in question.theme)
    short = in_language(question.short, language)
    yield say("about.question", themes=themes, short=short, name=question.name)


def _branch(
    condition: Condition,
    flow: FlowDefinition,
    numbers: Mapping[str, int],
    say: Says,
    language: str,
) -> str:
    """Say in words when a question is asked."""
    before = flow.question(condition.question)
    where = {
        "number": numbers[before.name],
        "short": in_language(before.short, language),
        "low": condition.at_least,
        "high": condition.at_most,
    }
    if condition.is_ is not None:
        chosen = condition.is_
        if isinstance(before, Choice):
            labels = {option.code: option.label for option in before.options}
            chosen = in_language(labels[chosen], language)
        return say("branch.is", choice=chosen, **where)
    if condition.at_least is None:
        return say("branch.at-most", **where)
    if condition.at_most is None:
        return say("branch.at-least", **where)
    return say("branch.between", **where)
