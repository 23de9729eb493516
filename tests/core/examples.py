"""A flow, sessions and a clock that the tests of the engine are about."""

from datetime import UTC, datetime, timedelta

from bot.core.engine import begin, step
from bot.core.events import Accepted, Answered, Event
from bot.core.flow import FlowDefinition, Intro, Origin, Phase, RemarkPrompt
from bot.core.questions import Choice, Grade, Option
from bot.core.questions.base import Condition, Label
from bot.core.remarking import asking
from bot.core.session import Session

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
LANGUAGES = ("nl", "en", "ar", "tr")


def label(nl: str, **others: str) -> Label:
    return {"nl": nl, **others}


def grade(
    name: str, *, opt_out: Label | None = None, only_if: Condition | None = None
) -> Grade:
    return Grade(
        name=name,
        theme=("bejegening",),
        short=label(name),
        label=label(f"{name}?", en=f"{name}, please?"),
        opt_out=opt_out,
        only_if=only_if,
        lowest=1,
        highest=10,
        lowest_label=label("heel slecht", en="very bad"),
        highest_label=label("heel goed", en="very good"),
    )


def choice(
    name: str,
    options: tuple[Option, ...],
    *,
    opt_out: Label | None = None,
    only_if: Condition | None = None,
) -> Choice:
    return Choice(
        name=name,
        theme=("efficiency",),
        short=label(name),
        label=label(f"{name}?", en=f"{name}, please?"),
        opt_out=opt_out,
        only_if=only_if,
        scale="some_scale",
        options=options,
    )


AGREE = (
    Option(
        code="strongly_disagree",
        direction="negative",
        label=label(
            "Helemaal oneens",
            en="Strongly disagree",
            ar="لا أوافق إطلاقًا",
            tr="Hiç katılmıyorum",
        ),
    ),
    Option(
        code="disagree",
        direction="negative",
        label=label("Oneens", en="Disagree", ar="لا أوافق", tr="Katılmıyorum"),
    ),
    Option(
        code="agree",
        direction="positive",
        label=label("Eens", en="Agree", ar="أوافق", tr="Katılıyorum"),
    ),
    Option(
        code="strongly_agree",
        direction="positive",
        label=label(
            "Helemaal eens",
            en="Strongly agree",
            ar="أوافق تمامًا",
            tr="Tamamen katılıyorum",
        ),
    ),
)
YES_NO = (
    Option(
        code="no",
        direction="negative",
        label=label("Nee", en="No", ar="لا", tr="Hayır"),
    ),
    Option(
        code="yes",
        direction="positive",
        label=label("Ja", en="Yes", ar="نعم", tr="Evet"),
    ),
)
DONT_KNOW = label("Weet ik niet", en="I don't know", ar="لا أعرف", tr="Bilmiyorum")
NO_CONTACT = label("Geen contact gehad", en="Had no contact", tr="Hiç görüşmedim")
NOT_NEEDED = label("Was niet nodig", en="Was not needed", tr="Gerek yoktu")


def a_flow() -> FlowDefinition:
    """Two grades, of which the second hangs on the first, and two choices."""
    return FlowDefinition(
        flow="visit",
        title=label("Bezoek"),
        languages=LANGUAGES,
        phases=(Phase.INTAKE,),
        intro=Intro(
            text=label("Doet u mee?"),
            accept=label("Ja, ik doe mee", en="Yes, I will take part"),
            decline=label("Nee, liever niet", en="No, thank you"),
        ),
        questions=(
            grade("counter", opt_out=NO_CONTACT),
            grade("listened", only_if=Condition(question="counter", at_most=5)),
            choice("agreed", AGREE, opt_out=DONT_KNOW),
            choice("called", YES_NO, only_if=Condition(question="agreed", is_="agree")),
        ),
    )


FLOW = a_flow()
REMARKED_FLOW = FLOW.model_copy(
    update={
        "remark": RemarkPrompt(
            label=label("Nog iets? Noem geen namen.", en="Anything else? No names."),
            max_length=20,
        )
    }
)
"""The same, with an open question after it."""


def begun(flow: FlowDefinition = FLOW, language: str | None = "nl") -> Session:
    return begin(
        flow,
        subject="telegram:1",
        ballot="ballot",
        remark_ballot="remark",
        nonce="nonce",
        origin=Origin.INVITED,
        phase=Phase.INTAKE,
        language=language,
        at=NOON,
    ).session


def later(**how_much: float) -> datetime:
    return NOON + timedelta(**how_much)


def after(*events: Event, flow: FlowDefinition = FLOW) -> Session:
    """Give the session after these events; a remark is asked where there is one."""
    session = begun(flow)
    for event in events:
        session = asking(step(flow, session, event, asks_remark=True).session)
    return session


def taps(question: str, code: str) -> Answered:
    return Answered(NOON, question, code)


YES = Accepted(NOON)
