"""Decide what happens next in a survey. All transitions but the remark's live here.

Total: any event in any state gives a Step. What changes nothing shows nothing, and
a session that has ended never changes again.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final, assert_never

from bot.core.effects import (
    Ask,
    AskAgain,
    AskIntro,
    AskRemark,
    Effect,
    End,
    Note,
    Submit,
    Why,
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
from bot.core.questions.base import (
    NOT_ASKED,
    OPT_OUT,
    SOURCE,
    NotUnderstood,
    NotWhole,
    Understood,
)
from bot.core.questions.folding import compact, forms, is_too_long
from bot.core.questions.phrases import STOP, TAKES_NO_PART, TAKES_PART, says
from bot.core.remarking import leave, remarked
from bot.core.session import LIFETIME, Session, Status
from bot.core.steps import Step

PATIENCE: Final = 2
"""From this many misread texts in a row on, the buttons are pointed out."""

_Answers = tuple[tuple[str, str], ...]


def begin(
    flow: FlowDefinition,
    *,
    subject: str,
    ballot: str,
    remark_ballot: str,
    nonce: str,
    origin: Origin,
    phase: Phase,
    language: str | None,
    at: datetime,
) -> Step:
    """Begin a session at the introduction, in this language if the flow has it."""
    session = Session(
        subject=subject,
        ballot=ballot,
        remark_ballot=remark_ballot,
        nonce=nonce,
        flow=flow.content_hash,
        origin=origin,
        phase=phase,
        language=language if language in flow.languages else SOURCE,
        expires_at=at + LIFETIME,
    )
    return Step(session, (AskIntro(),))


def step(
    flow: FlowDefinition,
    session: Session,
    event: Event,
    *,
    asks_remark: bool = False,
) -> Step:
    """Take one event; `flow` is the version that the session began with.

    Args:
        asks_remark: whether the open question of a flow that has one is asked.
    """
    if not session.status.is_open:
        return Step(session)
    if event.at >= session.expires_at:
        return expire(session)
    if session.status is Status.REMARKING:
        return remarked(flow, session, event)
    stepped = _closed(flow, session, event)
    has_answered = stepped.session.status is Status.COMPLETE
    return (
        _on_to_remark(stepped)
        if has_answered and asks_remark and flow.remark
        else stepped
    )


def _closed(flow: FlowDefinition, session: Session, event: Event) -> Step:
    """Take one event at the introduction or at a closed question."""
    match event:
        case Accepted():
            is_intro = session.status is Status.INTRO
            return _go_on(flow, session, ()) if is_intro else Step(session)
        case Declined():
            is_intro = session.status is Status.INTRO
            return _end(session, Status.DECLINED) if is_intro else Step(session)
        case Answered():
            return _answered(flow, session, event)
        case Skipped(question=question):
            return _skipped(flow, session, question)
        case WentBack():
            return _went_back(session)
        case ChoseLanguage(language=language):
            return _chose_language(flow, session, language)
        case Stopped():
            return _stop(session)
        case Expired():
            return expire(session)
        case Remarked() | KeptRemark() | ChangedRemark() | LeftRemark():
            return Step(session)
        case _:
            assert_never(event)


def _on_to_remark(complete: Step) -> Step:
    """Ask for a remark instead of ending; the answers have been given all the same."""
    session = replace(complete.session, status=Status.ANSWERED)
    noted = complete.effects[:-1]
    return Step(session, (*noted, AskRemark()))


def expire(session: Session) -> Step:
    """End a session whose time is over; it needs no flow, nor an event."""
    match session.status:
        case Status.INTRO:
            return _end(session, Status.EXPIRED)
        case Status.ASKING:
            return _end(session, Status.BROKE_OFF)
        case Status.REMARKING:
            return leave(session)
        case _:
            return Step(session)


def progress(flow: FlowDefinition, question: str) -> tuple[int, int]:
    """Give the place of a question in its flow and how many there are: (2, 4).

    Questions that are passed over count: a total that shrinks would confuse.
    """
    return flow.index(question) + 1, len(flow.questions)


def _answered(flow: FlowDefinition, session: Session, event: Answered) -> Step:
    if event.question != (session.at or ""):
        return Step(session)
    if is_too_long(event.raw):
        return _ask_again(session)
    if session.at is None:
        return _typed_at_intro(flow, session, event.raw)
    match flow.question(session.at).parse(event.raw, flow.languages):
        case Understood(code=code):
            return _choose(flow, session, session.at, code)
        case NotWhole():
            return _ask_again(session, Why.WHOLE_GRADES)
        case NotUnderstood():
            if says(STOP, event.raw, flow.languages):
                return _stop(session)
            return _ask_again(session)
        case _ as never:
            assert_never(never)


def _typed_at_intro(flow: FlowDefinition, session: Session, text: str) -> Step:
    spoken = flow.languages
    said = compact(text)
    if said in forms(flow.intro.accept, spoken) or says(TAKES_PART, text, spoken):
        return _go_on(flow, session, ())
    if said in forms(flow.intro.decline, spoken) or says(TAKES_NO_PART, text, spoken):
        return _end(session, Status.DECLINED)
    return _stop(session) if says(STOP, text, spoken) else _ask_again(session)


def _skipped(flow: FlowDefinition, session: Session, question: str) -> Step:
    if question != session.at or flow.question(question).opt_out is None:
        return Step(session)
    return _choose(flow, session, question, OPT_OUT)


def _choose(flow: FlowDefinition, session: Session, question: str, code: str) -> Step:
    answers = (*session.answers, (question, code))
    return _go_on(flow, session, answers, (Note(question, code),))


def _go_on(
    flow: FlowDefinition,
    session: Session,
    answers: _Answers,
    shown: Sequence[Effect] = (),
) -> Step:
    """Ask the next question whose condition holds, or end after the last.

    `answers` has one code for every question before it, in the order of the flow.
    """
    for question in flow.questions[len(answers) :]:
        condition = question.only_if
        if condition is None or condition.holds(dict(answers).get(condition.question)):
            asking = replace(
                session,
                status=Status.ASKING,
                at=question.name,
                answers=answers,
                misread=0,
                is_shown=False,
            )
            return Step(asking, (*shown, Ask(question.name)))
        answers = (*answers, (question.name, NOT_ASKED))
    return _end(session, Status.COMPLETE, answers, shown)


def _went_back(session: Session) -> Step:
    """Ask the question before again, and forget its answer and all after it."""
    answers = session.answers
    while answers and answers[-1][1] == NOT_ASKED:
        answers = answers[:-1]
    if not answers:
        return Step(session)
    question = answers[-1][0]
    asking = replace(
        session, at=question, answers=answers[:-1], misread=0, is_shown=False
    )
    return Step(asking, (Ask(question),))


def _chose_language(flow: FlowDefinition, session: Session, language: str) -> Step:
    """Show what is on the screen in another language, or in the same one again."""
    if language not in flow.languages:
        return Step(session)
    spoken = replace(
        session, language=language, has_chosen=True, misread=0, is_shown=False
    )
    return Step(spoken, (AskIntro() if session.at is None else Ask(session.at),))


def _ask_again(session: Session, why: Why | None = None) -> Step:
    misread = min(session.misread + 1, PATIENCE)
    if why is None:
        why = Why.NOT_UNDERSTOOD if misread < PATIENCE else Why.USE_BUTTONS
    asking = replace(session, misread=misread, is_shown=False)
    return Step(asking, (AskAgain(session.at, why),))


def _stop(session: Session) -> Step:
    """End at the person's word. Who never said yes has declined."""
    is_intro = session.status is Status.INTRO
    return _end(session, Status.DECLINED if is_intro else Status.STOPPED)


def _end(
    session: Session,
    status: Status,
    answers: _Answers = (),
    shown: Sequence[Effect] = (),
) -> Step:
    """End a session; only a complete one keeps its answers."""
    ended = replace(
        session, status=status, at=None, answers=answers, misread=0, is_shown=False
    )
    return Step(ended, (*shown, Submit(), End()))
