"""What a new version of a flow changes: for clients, and for what is measured.

Pure: it compares definitions. The words for it are the staff catalogue's.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from bot.core.flow import FlowDefinition, asked, asked_before, fingerprint
from bot.core.questions import Choice, Grade, Question
from bot.core.questions.base import SOURCE, Condition, Label


class Part(StrEnum):
    """A text of a flow, by what it is for."""

    TITLE = "title"
    INTRO = "intro"
    ACCEPT = "accept"
    DECLINE = "decline"
    REMARK = "remark"
    LABEL = "label"
    SHORT = "short"
    OPT_OUT = "opt_out"
    OPTION = "option"
    LOWEST = "lowest"
    HIGHEST = "highest"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text stands.

    Args:
        question: the name of its question; empty for a text of the flow itself.
        code: of which option it is the label.
    """

    part: Part
    question: str = ""
    code: str = ""


class What(StrEnum):
    """The kinds of change; each has a sentence in the staff catalogue."""

    LANGUAGE_ADDED = "language-added"
    LANGUAGE_REMOVED = "language-removed"
    PHASES = "phases"
    QUESTION_ADDED = "question-added"
    QUESTION_REMOVED = "question-removed"
    QUESTION_RENAMED = "question-renamed"
    ORDER = "order"
    WORDS = "words"
    WORDS_ADDED = "words-added"
    WORDS_REMOVED = "words-removed"
    SCALE = "scale"
    OPTION_ADDED = "option-added"
    OPTION_REMOVED = "option-removed"
    OPTIONS_ORDER = "options-order"
    CONDITION = "condition"
    CONDITION_ADDED = "condition-added"
    CONDITION_REMOVED = "condition-removed"
    THEME = "theme"
    LENGTH = "length"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between two versions.

    Args:
        place: where, for a change of words.
        question: the question that it is about; empty for the flow itself.
        language: of the words, or the language that came or went.
        before: how it was; empty for what is new.
        after: how it is; empty for what is gone.
    """

    what: What
    question: str = ""
    place: Place | None = None
    language: str = ""
    before: str = ""
    after: str = ""


def texts(flow: FlowDefinition) -> dict[Place, Label]:
    """Give every text of a flow, in the order in which a client meets them."""
    intro = flow.intro
    found: dict[Place, Label] = {
        Place(Part.TITLE): flow.title,
        Place(Part.INTRO): intro.text,
        Place(Part.ACCEPT): intro.accept,
        Place(Part.DECLINE): intro.decline,
    }
    for question in flow.questions:
        found |= _texts_of(question)
    if flow.remark is not None:
        found[Place(Part.REMARK)] = flow.remark.label
    return found


def _texts_of(question: Question) -> dict[Place, Label]:
    name = question.name
    found: dict[Place, Label] = {
        Place(Part.LABEL, name): question.label,
        Place(Part.SHORT, name): question.short,
    }
    match question:
        case Grade():
            found[Place(Part.LOWEST, name)] = question.lowest_label
            found[Place(Part.HIGHEST, name)] = question.highest_label
        case Choice():
            for option in question.options:
                found[Place(Part.OPTION, name, option.code)] = option.label
        case _:
            assert_never(question)
    if question.opt_out is not None:
        found[Place(Part.OPT_OUT, name)] = question.opt_out
    return found


def compare(before: FlowDefinition, after: FlowDefinition) -> tuple[Change, ...]:
    """List every difference between two versions of one flow."""
    return tuple(_Comparison(before, after).changes())


class _Comparison:
    def __init__(self, before: FlowDefinition, after: FlowDefinition) -> None:
        self._before = before
        self._after = after
        self._old = {question.name: question for question in before.questions}
        self._new = {question.name: question for question in after.questions}
        self._both = [name for name in self._new if name in self._old]
        self._languages = [
            language for language in after.languages if language in before.languages
        ]

    def changes(self) -> Iterator[Change]:
        yield from self._of_the_flow()
        yield from self._which_questions()
        old, new = texts(self._before), texts(self._after)
        yield from self._words("", old, new)
        for name in self._both:
            yield from _shape(self._old[name], self._new[name])
            yield from self._words(name, old, new)

    def _of_the_flow(self) -> Iterator[Change]:
        for language in self._after.languages:
            if language not in self._before.languages:
                yield Change(What.LANGUAGE_ADDED, language=language)
        for language in self._before.languages:
            if language not in self._after.languages:
                yield Change(What.LANGUAGE_REMOVED, language=language)
        yield from _differs(
            What.PHASES, "", self._before.phases, self._after.phases, sort=True
        )
        if self._before.remark and self._after.remark:
            lengths = self._before.remark.max_length, self._after.remark.max_length
            yield from _differs(What.LENGTH, "", *((str(one),) for one in lengths))

    def _which_questions(self) -> Iterator[Change]:
        gone = {name: one for name, one in self._old.items() if name not in self._new}
        for name, question in self._new.items():
            if name in self._old:
                continue
            former = _same_but_for_its_name(question, gone.values())
            if former is not None:
                del gone[former]
                yield Change(What.QUESTION_RENAMED, name, before=former, after=name)
            else:
                label = question.label[SOURCE]
                yield Change(What.QUESTION_ADDED, name, after=label)
        for name, question in gone.items():
            label = question.label[SOURCE]
            yield Change(What.QUESTION_REMOVED, name, before=label)
        stood = [name for name in self._old if name in self._new]
        yield from _differs(What.ORDER, "", stood, self._both)

    def _words(
        self, question: str, old: Mapping[Place, Label], new: Mapping[Place, Label]
    ) -> Iterator[Change]:
        """Compare the texts of one question, or those of the flow itself."""
        scale_stays = not question or _scale(self._old[question]) == _scale(
            self._new[question]
        )
        places = dict.fromkeys((*new, *old))
        for place in (one for one in places if one.question == question):
            is_of_scale = place.part in (Part.OPTION, Part.LOWEST, Part.HIGHEST)
            if is_of_scale and not scale_stays:
                continue  # another scale: said as one change
            if place not in old or place not in new:
                if place.part is not Part.OPTION:
                    yield from _come_or_gone(place, old.get(place), new.get(place))
                continue
            yield from self._reworded(place, old[place], new[place])

    def _reworded(self, place: Place, old: Label, new: Label) -> Iterator[Change]:
        # What staff read has languages of its own.
        is_for_staff = place.part is Part.SHORT
        for language in (
            dict.fromkeys((*new, *old)) if is_for_staff else (self._languages)
        ):
            was, now = old.get(language, ""), new.get(language, "")
            if was != now:
                yield Change(What.WORDS, place.question, place, language, was, now)


def _shape(old: Question, new: Question) -> Iterator[Change]:
    """Compare what of a question is no text."""
    name = new.name
    if _scale(old) != _scale(new):
        yield Change(What.SCALE, name, before=_scale(old), after=_scale(new))
    elif isinstance(old, Choice) and isinstance(new, Choice):
        yield from _options(old, new)
    was, now = _condition(old.only_if), _condition(new.only_if)
    if was != now:
        what = What.CONDITION
        if not was or not now:
            what = What.CONDITION_ADDED if now else What.CONDITION_REMOVED
        yield Change(what, name, before=was, after=now)
    yield from _differs(What.THEME, name, old.theme, new.theme, sort=True)


def _options(old: Choice, new: Choice) -> Iterator[Change]:
    was = {option.code: option for option in old.options}
    now = {option.code: option for option in new.options}
    for code, option in now.items():
        # An option that means the other side now is another option.
        if code not in was or was[code].direction != option.direction:
            said = option.label[SOURCE]
            yield Change(What.OPTION_ADDED, new.name, after=said)
    for code, option in was.items():
        if code not in now or now[code].direction != option.direction:
            said = option.label[SOURCE]
            yield Change(What.OPTION_REMOVED, new.name, before=said)
    stood = [now[code].label[SOURCE] for code in was if code in now]
    stand = [now[code].label[SOURCE] for code in now if code in was]
    yield from _differs(What.OPTIONS_ORDER, new.name, stood, stand)


def _come_or_gone(
    place: Place, old: Label | None, new: Label | None
) -> Iterator[Change]:
    if new is not None:
        yield Change(What.WORDS_ADDED, place.question, place, after=new[SOURCE])
    if old is not None:
        yield Change(What.WORDS_REMOVED, place.question, place, before=old[SOURCE])


def _differs(
    what: What,
    question: str,
    old: Sequence[str],
    new: Sequence[str],
    *,
    sort: bool = False,
) -> Iterator[Change]:
    """Compare two lists; `sort` where their order means nothing."""
    if (sorted(old) != sorted(new)) if sort else (list(old) != list(new)):
        yield Change(what, question, before=", ".join(old), after=", ".join(new))


def _same_but_for_its_name(
    question: Question, others: Iterable[Question]
) -> str | None:
    for other in others:
        if asked(other.model_copy(update={"name": question.name})) == asked(question):
            return other.name
    return None


def _scale(question: Question) -> str:
    """Name a scale as its author would."""
    match question:
        case Grade():
            return f"{question.lowest}-{question.highest}"
        case Choice():
            return question.scale
        case _:
            assert_never(question)


def _condition(condition: Condition | None) -> str:
    """Write a condition as it stands in the file."""
    if condition is None:
        return ""
    parts = {
        "question": condition.question,
        "at_most": condition.at_most,
        "at_least": condition.at_least,
        "is": condition.is_,
    }
    said = (f"{key}: {value}" for key, value in parts.items() if value is not None)
    return ", ".join(said)


class Fate(StrEnum):
    """What becomes of the measuring of one question."""

    GOES_ON = "goes-on"
    NEW = "new"
    BEGINS_ANEW = "begins-anew"
    RETURNS = "returns"
    """It is asked again as it was in an earlier version, and goes on from there."""
    ENDS = "ends"

    @property
    def is_start(self) -> bool:
        """Say whether there is no figure of this measure yet."""
        return self in (Fate.NEW, Fate.BEGINS_ANEW)


class Why(StrEnum):
    """Why a question is another measure than it was."""

    ITSELF = "itself"
    """Its own words or scale."""
    BEFORE = "before"
    """What is asked before it."""
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Effect:
    """What a new version does to the measuring of one question.

    Args:
        why: only where it is asked otherwise than it was.
        place: where among the earlier versions, from 0, it was last asked like this;
            only for what returns.
    """

    question: str
    fate: Fate
    why: Why | None = None
    place: int | None = None


def effects(
    after: FlowDefinition,
    before: FlowDefinition | None,
    earlier: Sequence[FlowDefinition] = (),
) -> tuple[Effect, ...]:
    """Say of every question what its measuring comes to, in the order of the flow.

    Args:
        before: the version that clients see now, or saw last; None for the first.
        earlier: every version that was published, oldest first.
    """
    own = [
        _effect(question.name, after, before, earlier) for question in after.questions
    ]
    names = {question.name for question in after.questions}
    gone = (
        [one.name for one in before.questions if one.name not in names]
        if before
        else []
    )
    return (*own, *(Effect(name, Fate.ENDS) for name in gone))


def _effect(
    name: str,
    after: FlowDefinition,
    before: FlowDefinition | None,
    earlier: Sequence[FlowDefinition],
) -> Effect:
    measure = fingerprint(after, name)
    if before is not None and _measure(before, name) == measure:
        return Effect(name, Fate.GOES_ON)
    why = None
    if before is not None and _measure(before, name) is not None:
        why = _why(name, before, after)
    found = [
        place for place, one in enumerate(earlier) if _measure(one, name) == measure
    ]
    if found:
        return Effect(name, Fate.RETURNS, why, found[-1])
    if any(_measure(one, name) is not None for one in (*earlier, before) if one):
        return Effect(name, Fate.BEGINS_ANEW, why)
    return Effect(name, Fate.NEW)


def _measure(flow: FlowDefinition, name: str) -> str | None:
    names = [question.name for question in flow.questions]
    return fingerprint(flow, name) if name in names else None


def _why(name: str, before: FlowDefinition, after: FlowDefinition) -> Why:
    is_itself = asked(before.question(name)) != asked(after.question(name))
    is_before = asked_before(before, name) != asked_before(after, name)
    if is_itself and is_before:
        return Why.BOTH
    return Why.ITSELF if is_itself else Why.BEFORE
