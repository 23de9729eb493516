"""Decide what becomes of the remark, once the closed answers are in the box.

Total, as the engine is. Nothing of an answer is left in a session that comes here, and
nothing of a remark is kept but what the person has seen and agreed to.
"""

import unicodedata
from dataclasses import replace
from typing import Final, assert_never

from bot.core.effects import (
    AskRemark,
    AskRemarkAgain,
    Effect,
    End,
    ShowRemark,
    SubmitRemark,
    Unkept,
)
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
from bot.core.session import Session, Status
from bot.core.steps import Step
from bot.remarks import Scrubbed, Withheld

LONGEST: Final = 500
"""Where a version of a survey sets no length of its own."""

_WHY: Final = {
    Withheld.TOO_LITTLE: Unkept.TOO_LITTLE,
    Withheld.IN_DOUBT: Unkept.IN_DOUBT,
}


def asking(session: Session) -> Session:
    """Give an answered session as it goes on: asked for a remark, without its answers.

    For when their ballot is in the box, and not before. Alike for everybody. Any other
    session stays as it is.
    """
    if session.status is not Status.ANSWERED:
        return session
    return replace(
        session,
        ballot="",
        origin=Origin.WALK_IN,
        phase=Phase.UNKNOWN,
        status=Status.REMARKING,
        at=None,
        answers=(),
        misread=0,
    )


def remarked(flow: FlowDefinition, session: Session, event: Event) -> Step:
    """Take one event while the remark is asked."""
    match event:
        case Remarked(said=said):
            return _consider(flow, session, said)
        case KeptRemark():
            return _keep(session)
        case ChangedRemark():
            is_there = isinstance(session.remark, Scrubbed)
            return _now(session, None, AskRemark()) if is_there else Step(session)
        case LeftRemark() | Stopped() | Expired():
            return leave(session)
        case ChoseLanguage(language=language):
            if language not in flow.languages:
                return Step(session)
            spoken = replace(session, language=language, has_chosen=True)
            return _now(spoken, session.remark, _shown(session))
        case Accepted() | Declined() | Answered() | Skipped() | WentBack():
            return Step(session)
        case _:
            assert_never(event)


def leave(session: Session) -> Step:
    """End without a remark; of one that was withheld, it is known that it was."""
    is_withheld = isinstance(session.remark, Withheld)
    return _end(session, session.remark if is_withheld else None)


def _consider(
    flow: FlowDefinition, session: Session, said: Scrubbed | Withheld
) -> Step:
    if isinstance(said, Scrubbed):
        text = _storable(said.text)
        if len(text) > (flow.remark.max_length if flow.remark else LONGEST):
            return _now(session, None, AskRemarkAgain(Unkept.TOO_LONG))
        if text:
            kept = Scrubbed(text, said.replaced)
            return _now(session, kept, ShowRemark(text, said.replaced))
        said = Withheld.TOO_LITTLE
    return _now(session, said, AskRemarkAgain(_WHY[said]))


def _keep(session: Session) -> Step:
    if not isinstance(session.remark, Scrubbed):
        return Step(session)
    return _end(session, session.remark)


def _shown(session: Session) -> Effect:
    if isinstance(session.remark, Scrubbed):
        return ShowRemark(session.remark.text, session.remark.replaced)
    return AskRemark()


def _now(session: Session, remark: Scrubbed | Withheld | None, effect: Effect) -> Step:
    return Step(replace(session, remark=remark, is_shown=False), (effect,))


def _end(session: Session, remark: Scrubbed | Withheld | None) -> Step:
    ended = replace(session, status=Status.REMARKED, remark=remark, is_shown=False)
    return Step(ended, (SubmitRemark(), End()))


def _storable(text: str) -> str:
    """Leave out what takes no place on a screen and much under a seal, or breaks it."""
    return "".join(
        letter
        for letter in text
        if letter == "\n" or unicodedata.category(letter) not in ("Cc", "Cs")
    ).strip()
