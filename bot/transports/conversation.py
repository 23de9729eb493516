"""A conversation as it is kept in a golden file: what was done, and what was shown.

One line for each thing a person does:

    accept        decline       back        stop        expire
    tap counter=7               the button of that question and code
    language en                 a language from the menu
    write "een dikke 8"         typed words, as a JSON string
    wait 3 hours                time goes by, and nothing else
    remark "te druk"            a remark, as it may be kept; `remark 2 "..."` where two
                                pieces of it were taken out
    withhold in_doubt           a remark of which nothing may be kept
    keep          change        leave       the buttons below a remark

and one for what it led to (`note counter=7, ask next_step`, or `nothing`).
"""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final, assert_never

from bot.core.effects import (
    Ask,
    AskAgain,
    AskIntro,
    AskRemark,
    AskRemarkAgain,
    Effect,
    End,
    Note,
    ShowRemark,
    Submit,
    SubmitRemark,
)
from bot.core.engine import begin, step
from bot.core.events import (
    Accepted,
    Answered,
    ChangedRemark,
    ChoseLanguage,
    Declined,
    Event,
    Expired,
    KeptRemark,
    LeftRemark,
    Remarked,
    Skipped,
    Stopped,
    WentBack,
)
from bot.core.flow import FlowDefinition, Origin, Phase
from bot.core.questions.base import OPT_OUT
from bot.core.remarking import asking
from bot.core.steps import Step
from bot.dialogue import Wrote
from bot.remarks import Scrubbed, Withheld
from bot.service.meaning import Afresh, Look, Meaning, Nothing, Typed, meaning

_BEGAN: Final = datetime(2026, 1, 5, 9, tzinfo=UTC)
_TAP: Final = re.compile(r"tap (\w+)=(\w+)")
_LANGUAGE: Final = re.compile(r"language (\w+)")
_REMARK: Final = re.compile(r'remark (?:(\d+) )?(".*")')
_WITHHOLD: Final = re.compile(r"withhold (\w+)")
_WAIT: Final = re.compile(r"wait (\d+) hours?")
_PLAIN: Final = re.compile(r"[a-z]\w*,?( [\w=.,()]+)*")
_SIMPLE: Final[dict[str, Callable[[datetime], Event]]] = {
    "accept": Accepted,
    "decline": Declined,
    "back": WentBack,
    "stop": Stopped,
    "expire": Expired,
    "keep": KeptRemark,
    "change": ChangedRemark,
    "leave": LeftRemark,
}


@dataclass(frozen=True, slots=True)
class Conversation:
    """One golden conversation.

    Args:
        says: the sentence that it shows to be true.
        asks_remark: whether the open question is asked.
        shows: what was shown first, and after each of the events.
        ends: where it stands after the last event, and with which answers or remark.
    """

    says: str
    flow: str
    language: str
    events: tuple[str, ...]
    shows: tuple[str, ...]
    ends: str
    asks_remark: bool = False

    def to_yaml(self) -> str:
        """Write it as the golden file that it is kept in."""
        return "\n".join(
            (
                f"says: {_scalar(self.says)}",
                f"flow: {self.flow}",
                f"language: {self.language}",
                *(["remark: asked"] if self.asks_remark else []),
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
    *,
    asks_remark: bool = False,
) -> Conversation:
    """Have the conversation with the engine. Raises ValueError for an unknown line.

    Args:
        asks_remark: whether the open question is asked.
        between: what happens to the session between every two events.
    """
    now = _BEGAN
    last = begin(
        flow,
        subject="golden:1",
        ballot="",
        remark_ballot="",
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
            event = _event(line, flow, last, now)
            last = (
                Step(last.session)
                if event is None
                else step(flow, last.session, event, asks_remark=asks_remark)
            )
        shows.append(shown(last.effects))
        last = replace(last, session=asking(last.session))
    return Conversation(
        says=says,
        flow=flow.flow,
        language=language,
        events=tuple(events),
        shows=tuple(shows),
        ends=_standing(last),
        asks_remark=asks_remark,
    )


def shown(effects: Sequence[Effect]) -> str:
    """Write down what the engine wanted shown or done."""
    return ", ".join(_words(effect) for effect in effects) or "nothing"


def remarked(text: str, replaced: int) -> str:
    """Write down that somebody typed a remark, as it was shown to them."""
    line = written(text).removeprefix("write ")
    return f"remark {replaced} {line}" if replaced else f"remark {line}"


def written(text: str) -> str:
    """Write down that somebody typed this."""
    quoted = json.dumps(text, ensure_ascii=False)
    return "write " + "".join(
        c if c.isprintable() else json.dumps(c)[1:-1] for c in quoted
    )


def _event(line: str, flow: FlowDefinition, last: Step, now: datetime) -> Event | None:
    if line in _SIMPLE:
        return _SIMPLE[line](now)
    if tap := _TAP.fullmatch(line):
        is_skip = tap[2] == OPT_OUT
        return Skipped(now, tap[1]) if is_skip else Answered(now, tap[1], tap[2])
    if language := _LANGUAGE.fullmatch(line):
        return ChoseLanguage(now, language[1])
    if remark := _REMARK.fullmatch(line):
        return Remarked(now, Scrubbed(json.loads(remark[2]), int(remark[1] or 0)))
    if withheld := _WITHHOLD.fullmatch(line):
        return Remarked(now, Withheld(withheld[1]))
    if line.startswith("write "):
        wrote = Wrote(str(json.loads(line.removeprefix("write "))))
        return _meant(meaning(flow, last.session, wrote, now), now)
    raise ValueError(line)


def _meant(said: Meaning, now: datetime) -> Event | None:
    """Give the event that words are; a remark counts as scrubbed already."""
    match said:
        case Typed(text=text):
            return Remarked(now, Scrubbed(text))
        case Look() | Afresh() | Nothing():
            return None
        case event:
            return event


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
        case AskRemark():
            return "ask remark"
        case AskRemarkAgain(why=why):
            return f"ask remark again ({why})"
        case ShowRemark(text=text, replaced=replaced):
            return f"show {remarked(text, replaced)}"
        case Submit():
            return "submit"
        case SubmitRemark():
            return "submit remark"
        case End():
            return "closing"
        case _:
            assert_never(effect)


def _standing(last: Step) -> str:
    session = last.session
    answers = [f"{question}={code}" for question, code in session.answers]
    return ", ".join((session.status.value, *answers, *_remark(session.remark)))


def _remark(remark: Scrubbed | Withheld | None) -> tuple[str, ...]:
    match remark:
        case None:
            return ()
        case Scrubbed(text=text, replaced=replaced):
            return (remarked(text, replaced),)
        case Withheld():
            return (f"withheld {remark}",)
        case _:
            assert_never(remark)


def _scalar(text: str) -> str:
    """Write a text as YAML, quoted unless it is plain beyond doubt."""
    return text if _PLAIN.fullmatch(text) else "'" + text.replace("'", "''") + "'"
