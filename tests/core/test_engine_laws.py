"""What holds of the engine whatever anyone does, in any order."""

import json
from dataclasses import asdict, replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.core.effects import (
    Ask,
    AskAgain,
    AskIntro,
    AskRemark,
    End,
    Note,
    ShowRemark,
    Submit,
    SubmitRemark,
)
from bot.core.engine import expire, step
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
from bot.core.flow import FlowDefinition, Intro, Origin, Phase, RemarkPrompt
from bot.core.questions import Question
from bot.core.questions.base import NOT_ASKED, Condition
from bot.core.remarking import asking
from bot.core.session import LIFETIME, Session, Status
from bot.core.steps import Step
from bot.remarks import Scrubbed, Withheld
from tests.core.examples import (
    AGREE,
    DONT_KNOW,
    LANGUAGES,
    NO_CONTACT,
    NOON,
    NOT_NEEDED,
    YES_NO,
    begun,
    choice,
    grade,
    label,
)

NAMES = ("one", "two", "three", "four")


@st.composite
def flows(draw: st.DrawFn) -> FlowDefinition:
    """Give a flow of three or four questions, with conditions wherever they may be."""
    questions: list[Question] = []
    for name in NAMES[: draw(st.integers(3, 4))]:
        condition = draw(conditions([*questions])) if questions else None
        kind = draw(st.integers(0, 2))
        opts_out = draw(st.booleans())
        if kind == 0:
            opt_out = NO_CONTACT if opts_out else None
            questions.append(grade(name, opt_out=opt_out, only_if=condition))
        else:
            options = AGREE if kind == 1 else YES_NO
            opt_out = (DONT_KNOW if kind == 1 else NOT_NEEDED) if opts_out else None
            questions.append(choice(name, options, opt_out=opt_out, only_if=condition))
    return FlowDefinition(
        flow="any",
        title=label("Wat dan ook"),
        languages=LANGUAGES,
        phases=(),
        intro=Intro(text=label("?"), accept=label("Ja"), decline=label("Nee")),
        questions=tuple(questions),
        remark=draw(
            st.none()
            | st.builds(
                RemarkPrompt,
                label=st.just(label("Nog iets?")),
                max_length=st.sampled_from((3, 500)),
            )
        ),
    )


@st.composite
def conditions(draw: st.DrawFn, above: list[Question]) -> Condition | None:
    if draw(st.booleans()):
        return None
    question = draw(st.sampled_from(above))
    match draw(st.integers(0, 2)):
        case 0:
            return Condition(question=question.name, at_most=draw(st.integers(1, 10)))
        case 1:
            return Condition(question=question.name, at_least=draw(st.integers(1, 10)))
        case _:
            code = draw(st.sampled_from(question.codes))
            return Condition(question=question.name, is_=code)


TEXTS = st.one_of(
    st.text(max_size=30),
    st.sampled_from(("7", "7,5", "een 8", "ja", "nee", "yes", "hayır", "نعم", "stop")),
    st.sampled_from(("mee eens", "oneens", "agree", "weet niet", "nvt", "opt_out")),
)
MOMENTS = st.sampled_from([*[NOON] * 5, NOON + LIFETIME])
EVENTS: st.SearchStrategy[Event] = st.one_of(
    st.builds(Accepted, MOMENTS),
    st.builds(Answered, MOMENTS, st.sampled_from(("", *NAMES, "nothing")), TEXTS),
    st.builds(Answered, st.just(NOON), st.sampled_from(NAMES), st.sampled_from("3789")),
    st.builds(Skipped, MOMENTS, st.sampled_from((*NAMES, "nothing"))),
    st.builds(WentBack, MOMENTS),
    st.builds(ChoseLanguage, MOMENTS, st.sampled_from((*LANGUAGES, "so", ""))),
    st.builds(Declined, st.just(NOON)),
    st.builds(Stopped, st.just(NOON)),
    st.builds(Expired, st.just(NOON)),
    st.builds(
        Remarked,
        MOMENTS,
        st.sampled_from(Withheld)
        | st.builds(Scrubbed, st.text(max_size=30), st.integers(0, 3)),
    ),
    st.builds(KeptRemark, MOMENTS),
    st.builds(ChangedRemark, MOMENTS),
    st.builds(LeftRemark, st.just(NOON)),
)


@st.composite
def walks(draw: st.DrawFn) -> tuple[FlowDefinition, list[Step]]:
    """Give a flow and the steps of someone who mostly answers what is asked.

    In between, what has been answered comes out of the session, as the door does it.
    """
    flow = draw(flows())
    asks = draw(st.booleans())
    steps = [Step(begun(flow, draw(st.sampled_from(LANGUAGES))), (AskIntro(),))]
    if draw(st.booleans()):
        steps.append(step(flow, steps[-1].session, Accepted(NOON)))
    for _ in range(draw(st.integers(0, 14))):
        session = steps[-1].session
        event = draw(EVENTS)
        if session.at is not None and draw(st.booleans()):
            event = draw(answers_to(flow.question(session.at)))
        done = step(flow, asking(session), event, asks_remark=asks)
        steps.append(done)
    return flow, steps


def answers_to(question: Question) -> st.SearchStrategy[Event]:
    return st.builds(
        Answered,
        st.just(NOON),
        st.just(question.name),
        st.sampled_from(question.codes),
    )


def opens(steps: list[Step]) -> list[Session]:
    sessions = (asking(done.session) for done in steps)
    return [session for session in sessions if session.status.is_open]


@given(walks(), EVENTS)
def test_no_event_raises_and_only_an_effect_changes_the_session(
    walk: tuple[FlowDefinition, list[Step]], event: Event
) -> None:
    flow, steps = walk
    before = asking(steps[-1].session)
    after = step(flow, before, event, asks_remark=True)
    if after.effects:
        assert after.session.is_shown is False
    else:
        assert after.session == before


@given(walks(), EVENTS)
def test_an_ended_session_never_changes(
    walk: tuple[FlowDefinition, list[Step]], event: Event
) -> None:
    flow, steps = walk
    ended = expire(asking(steps[-1].session)).session
    assert step(flow, ended, event) == Step(ended)
    assert expire(ended) == Step(ended)


@given(walks())
def test_nothing_is_submitted_twice_and_every_end_is_submitted(
    walk: tuple[FlowDefinition, list[Step]],
) -> None:
    _, steps = walk
    effects = [effect for done in steps for effect in done.effects]
    status = steps[-1].session.status
    is_over = not status.is_open and status is not Status.ANSWERED
    has_answered = status in (Status.ANSWERED, Status.REMARKING)
    assert effects.count(Submit()) == int(is_over or has_answered)
    assert effects.count(SubmitRemark()) == int(status is Status.REMARKED)
    assert effects.count(End()) == int(is_over)
    for done in steps:
        if End() in done.effects:
            submit = Submit() if SubmitRemark() not in effects else SubmitRemark()
            assert done.effects[-2:] == (submit, End())
            assert done.session.at is None


@given(walks())
def test_while_a_remark_is_asked_no_answer_is_left(
    walk: tuple[FlowDefinition, list[Step]],
) -> None:
    _, steps = walk
    first = steps[0].session
    for session in opens(steps):
        if session.status is Status.REMARKING:
            assert session == replace(
                first,
                ballot="",
                origin=Origin.WALK_IN,
                phase=Phase.UNKNOWN,
                status=Status.REMARKING,
                language=session.language,
                has_chosen=session.has_chosen,
                remark=session.remark,
            )


@given(walks())
def test_nothing_of_a_remark_is_kept_but_what_was_shown_and_agreed_to(
    walk: tuple[FlowDefinition, list[Step]],
) -> None:
    flow, steps = walk
    for before, done in pairwise(steps):
        kept = done.session.remark
        if isinstance(kept, Scrubbed):
            assert flow.remark is not None
            assert 0 < len(kept.text) <= flow.remark.max_length
            json.dumps(kept.text, ensure_ascii=False).encode()
            was_kept = done.session.status is Status.REMARKED
            assert not was_kept or asking(before.session).remark == kept


@given(walks())
def test_answers_stand_in_the_order_of_the_flow_up_to_the_screen(
    walk: tuple[FlowDefinition, list[Step]],
) -> None:
    flow, steps = walk
    names = [question.name for question in flow.questions]
    for session in opens(steps):
        if session.status is Status.REMARKING:
            continue
        answered = [name for name, _ in session.answers]
        here = 0 if session.at is None else flow.index(session.at)
        assert answered == names[:here]


@given(walks())
def test_every_answer_is_a_code_of_its_question(
    walk: tuple[FlowDefinition, list[Step]],
) -> None:
    flow, steps = walk
    for done in steps:
        for name, code in done.session.answers:
            question = flow.question(name)
            allowed = {*question.codes, NOT_ASKED}
            assert code in allowed | ({"opt_out"} if question.opt_out else set())


@given(walks())
def test_a_question_is_passed_over_exactly_when_its_condition_fails(
    walk: tuple[FlowDefinition, list[Step]],
) -> None:
    flow, steps = walk
    for done in steps:
        given_before: dict[str, str] = {}
        for name, code in done.session.answers:
            condition = flow.question(name).only_if
            holds = condition is None or condition.holds(
                given_before.get(condition.question)
            )
            assert (code == NOT_ASKED) == (not holds)
            given_before[name] = code


@given(walks())
def test_only_a_complete_session_ends_with_answers_and_with_one_for_each_question(
    walk: tuple[FlowDefinition, list[Step]],
) -> None:
    flow, steps = walk
    session = steps[-1].session
    if session.status in (Status.COMPLETE, Status.ANSWERED):
        assert len(session.answers) == len(flow.questions)
    elif not session.status.is_open:
        assert session.answers == ()


@given(walks(), st.sampled_from((*LANGUAGES, "so")))
def test_a_language_never_changes_an_answer_or_the_question(
    walk: tuple[FlowDefinition, list[Step]], language: str
) -> None:
    flow, steps = walk
    before = asking(steps[-1].session)
    after = step(flow, before, ChoseLanguage(NOON, language)).session
    assert (after.answers, after.at, after.status) == (
        before.answers,
        before.at,
        before.status,
    )


@given(walks())
def test_going_back_and_answering_the_same_leads_to_the_same_place(
    walk: tuple[FlowDefinition, list[Step]],
) -> None:
    flow, steps = walk
    for session in opens(steps):
        back = step(flow, session, WentBack(NOON))
        if back.effects:
            assert back.session.at is not None
            code = session.answer(back.session.at)
            assert code is not None
            again = step(flow, back.session, Answered(NOON, back.session.at, code))
            assert again.session == replace(session, misread=0, is_shown=False)


@given(walks())
def test_who_is_asked_something_can_always_go_on(
    walk: tuple[FlowDefinition, list[Step]],
) -> None:
    flow, steps = walk
    session = asking(steps[-1].session)
    for _ in range(5):
        if session.status is Status.REMARKING:
            session = step(flow, session, LeftRemark(NOON)).session
        elif session.at is None:
            session = step(flow, session, Accepted(NOON)).session
        else:
            code = flow.question(session.at).codes[0]
            session = step(flow, session, Answered(NOON, session.at, code)).session
    assert not session.status.is_open


@given(walks())
def test_the_same_answer_delivered_twice_counts_once(
    walk: tuple[FlowDefinition, list[Step]],
) -> None:
    flow, steps = walk
    session = steps[-1].session
    if session.at is not None:
        tap = Answered(NOON, session.at, flow.question(session.at).codes[0])
        once = step(flow, session, tap)
        assert step(flow, once.session, tap) == Step(once.session)


@given(walks())
def test_what_is_shown_is_what_the_session_asks(
    walk: tuple[FlowDefinition, list[Step]],
) -> None:
    _, steps = walk
    for done in steps:
        match done.effects:
            case (*_, Ask(question=name)):
                assert done.session.at == name
            case (AskAgain(question=at),):
                assert done.session.at == at
            case (AskIntro(),):
                assert done.session.status is Status.INTRO
            case (*_, AskRemark()):
                assert asking(done.session).status is Status.REMARKING
                assert not isinstance(done.session.remark, Scrubbed)
            case (ShowRemark(text=text, replaced=replaced),):
                assert done.session.remark == Scrubbed(text, replaced)
        notes = [effect for effect in done.effects if isinstance(effect, Note)]
        for note in notes:
            is_kept = done.session.answer(note.question) == note.code
            assert is_kept


@given(walks())
def test_a_session_is_plain_enough_to_be_written_down(
    walk: tuple[FlowDefinition, list[Step]],
) -> None:
    _, steps = walk
    plain = asdict(steps[-1].session) | {"expires_at": 0}
    assert len(json.dumps(plain)) < 2048
