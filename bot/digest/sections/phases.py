"""Each question by phase, and which phases clearly differ. Never a best or a worst."""

from bot.core.flow import Phase
from bot.core.questions import Grade, Question
from bot.digest.model import PhaseFigure, PhaseReport
from bot.digest.sections.choices import SINGLED_OUT, quoted, verb_of
from bot.digest.voice import Voice


def title(report: PhaseReport, voice: Voice) -> tuple[str, ...]:
    """Give the first line: which quarters, and which flow where there are several."""
    line = span(report, voice)
    if report.title is None:
        return (line,)
    return (f"{line} · {voice.name(report.title)}",)


def span(report: PhaseReport, voice: Voice) -> str:
    """Say of which quarters it is."""
    since, until = _quarter(report.since, voice), _quarter(report.until, voice)
    key = "one" if since == until else "two"
    return voice.say(f"phases.title.{key}", since=since, until=until)


def figures(report: PhaseReport, voice: Voice) -> tuple[str, ...]:
    """Give a line for each phase of each question, and one where two differ."""
    return tuple(
        line
        for comparison in report.comparisons
        for line in (
            _heading(comparison.question, voice),
            *(_figure(figure, voice) for figure in comparison.figures),
            *(_difference(low, high, voice) for low, high in comparison.differing),
        )
    )


def quiet(report: PhaseReport, voice: Voice) -> tuple[str, ...]:
    """Say so where no phases differ."""
    if any(comparison.differing for comparison in report.comparisons):
        return ()
    return (voice.say("phases.no_difference"),)


def reading(_report: PhaseReport, voice: Voice) -> tuple[str, ...]:
    """Say what a phase is, and whom it leaves out."""
    return (voice.say("phases.reading"),)


def _heading(question: Question, voice: Voice) -> str:
    name = voice.name(question.short)
    if isinstance(question, Grade):
        return name
    verb = verb_of(question)
    options = voice.fit(quoted(question.positive_side, voice))
    return voice.say(f"phases.asks.{verb}", name=name, options=options)


def _figure(figure: PhaseFigure, voice: Voice) -> str:
    phase = voice.say(f"phases.name.{figure.phase}")
    if figure.positive is None:
        return voice.say(
            "phases.grade",
            phase=phase,
            mean=voice.number(figure.mean),
            low=voice.number(figure.low),
            high=voice.number(figure.high),
            n=figure.n,
        )
    facts = {"phase": phase, "positive": figure.positive, "n": figure.n}
    return voice.say(f"phases.count.{_side(figure.positive, figure.n)}", **facts)


def _side(positive: int, n: int) -> str:
    if positive < SINGLED_OUT:
        return "none"
    return "all" if n - positive < SINGLED_OUT else "some"


def _difference(low: Phase, high: Phase, voice: Voice) -> str:
    low_name, high_name = (voice.say(f"phases.name.{one}") for one in (low, high))
    return voice.say("phases.differs", low=low_name, high=high_name)


def _quarter(quarter: str, voice: Voice) -> str:
    year, _, number = quarter.partition("-Q")
    return voice.say("phases.quarter", year=year, number=number)
