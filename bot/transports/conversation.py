"""A conversation as it is kept in a golden file: what was done, and what was shown.

One line for each thing a person does:

    accept        decline       back        stop        expire
    tap counter=7               the button of that question and code
    language en                 a language from the menu
    write "een dikke 8"         typed words, as a JSON string
    wait 3 hours                time goes by, and nothing else

and one for what it led to (`note counter=7, ask next_step`, or `nothing`).
"""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, assert_never

from bot.core.effects import Ask, AskAgain, AskIntro, Effect, End, Note, Submit
from bot.core.engine import Step, begin, step
from bot.core.events import (
    Accepted,
    Answered,
    ChoseLanguage,
    Declined,
    Event,
    Expired,
    Skipped,
    Stopped,
    WentBack,
)
from bot.core.flow import FlowDefinition, Origin, Phase
from bot.core.questions.base import OPT_OUT

_BEGAN: Final = datetime(2026, 1, 5, 9, tzinfo=UTC)
_TAP: Final = re.compile(r"tap (\w+)=(\w+)")
_LANGUAGE: Final = re.compile(r"language (\w+)")
_WAIT: Final = re.compile(r"wait (\d+) hours?")
_PLAIN: Final = re.compile(r"[a-z]\w*,?( [\w=.,()]+)*")
_SIMPLE: Final[dict[str, Callable[[datetime], Event]]] = {
    "accept": Accepted,
    "decline": Declined,
    "back": WentBack,
    "stop": Stopped,
    "expire": Expired,
}


@dataclass(frozen=True, slots=True)
class Conversation:
    """One golden conversation.

    Args:
        says: the sentence that it shows to be true.
        shows: what was shown first, and after each of the events.
        ends: where it stands after the last event, and with which answers.
    """

    says: str
    flow: str
    language: str
    events: tuple[str, ...]
    shows: tuple[str, ...]
    ends: str

    def to_yaml(self) -> str:
        """Write it as the golden file that it is kept in."""
        return "\n".join(
            (
                f"says: {_scalar(self.says)}",
                f"flow: {self.flow}",
                f"language: {self.language}",
                "events:",
                *(f"  - {_scalar(line)}" for line in self.events),
                "shows:",
                *(f"  - {_scalar(line)}" for line in self.shows),
                f"ends: {_scalar(self.ends)}",
                "",
            )
        )


def play(
    says: str,
    flow: FlowDefinition,
    language: str,
    events: Sequence[str],
    between: Callable[[Step], Step] = lambda step: step,
) -> Conversation:
    """Have the conversation with the engine. Raises ValueError for an unknown line.

    Args:
        between: what happens to the session between every two events.
    """
    now = _BEGAN
    last = begin(
        flow,
        subject="golden:1",
        ballot="",
        nonce="",
        origin=Origin.INVITED,
        phase=Phase.UNKNOWN,
        language=language,
        at=now,
    )
    shows = [shown(last.effects)]
    for line in events:
        last = between(last)
        if waited := _WAIT.fullmatch(line):
            now += timedelta(hours=int(waited[1]))
            last = Step(last.session)
        else:
            event = _event(line, last.session.at or "", now)
            last = step(flow, last.session, event)
        shows.append(shown(last.effects))
    return Conversation(
        says=says,
        flow=flow.flow,
        language=language,
        events=tuple(events),
        shows=tuple(shows),
        ends=_standing(last),
    )


def shown(effects: Sequence[Effect]) -> str:
    """Write down what the engine wanted shown or done."""
    return ", ".join(_words(effect) for effect in effects) or "nothing"


def written(text: str) -> str:
    """Write down that somebody typed this."""
    quoted = json.dumps(text, ensure_ascii=False)
    return "write " + "".join(
        c if c.isprintable() else json.dumps(c)[1:-1] for c in quoted
    )


def _event(line: str, question: str, now: datetime) -> Event:
    if line in _SIMPLE:
        return _SIMPLE[line](now)
    if tap := _TAP.fullmatch(line):
        is_skip = tap[2] == OPT_OUT
        return Skipped(now, tap[1]) if is_skip else Answered(now, tap[1], tap[2])
    if language := _LANGUAGE.fullmatch(line):
        return ChoseLanguage(now, language[1])
    if line.startswith("write "):
        return Answered(now, question, str(json.loads(line.removeprefix("write "))))
    raise ValueError(line)


def _words(effect: Effect) -> str:
    match effect:
        case AskIntro():
            return "intro"
        case Ask(question=question):
            return f"ask {question}"
        case AskAgain(question=question, why=why):
            return f"ask {question or 'intro'} again ({why})"
        case Note(question=question, code=code):
            return f"note {question}={code}"
        case Submit():
            return "submit"
        case End():
            return "closing"
        case _:
            assert_never(effect)


def _standing(last: Step) -> str:
    session = last.session
    answers = [f"{question}={code}" for question, code in session.answers]
    return ", ".join((session.status.value, *answers))


def _scalar(text: str) -> str:
    """Write a text as YAML, quoted unless it is plain beyond doubt."""
    return text if _PLAIN.fullmatch(text) else "'" + text.replace("'", "''") + "'"
