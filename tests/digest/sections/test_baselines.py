"""Which nulmetingen run, which never came, and which were set anew."""

from fractions import Fraction

from bot.core.flow import Origin
from bot.digest.model import (
    Figure,
    GradeFigure,
    Part,
    Report,
    Restart,
    Standing,
    TooFew,
    Verdict,
)
from bot.digest.sections.baselines import restarts, section
from bot.digest.voice import Voice
from tests.digest.examples import COUNTER, KIND, MANAGER, at, speaks

FULL, BRIEF = Voice(speaks("nl")), Voice(speaks("nl"), is_gathered=True, is_brief=True)


def grade(standing: Standing, collected: int, manager: bool = False) -> GradeFigure:
    question = MANAGER if manager else COUNTER
    verdict = Verdict(standing, collected=collected)
    return GradeFigure(question, 40, Fraction(7), 6.5, 7.5, verdict)


def part(*figures: Figure, origin: Origin = Origin.INVITED) -> Part:
    return Part(origin, 40, None, figures)


def test_all_that_run_are_told_of_in_one_line_with_the_fewest_answers() -> None:
    running = part(
        grade(Standing.RUNNING, 64), grade(Standing.RUNNING, 58, True), TooFew(KIND)
    )

    assert section(running, FULL) == (
        "De nulmeting loopt nog: 58 antwoorden. Vergelijken kan als zij klaar is.",
    )
    assert section(running, BRIEF) == ("Nulmeting loopt nog: 58 antwoorden.",)


def test_that_of_walk_ins_is_theirs_in_every_form() -> None:
    running = part(grade(Standing.RUNNING, 64), origin=Origin.WALK_IN)
    in_full = (
        "Mensen die zelf meededen: de nulmeting loopt nog, met 64 antwoorden. "
        "Vergelijken kan als zij klaar is.",
    )

    assert section(running, FULL) == in_full
    assert section(running, Voice(speaks("nl"), is_gathered=True)) == in_full
    assert section(running, BRIEF) == ("Hun nulmeting loopt nog: 64 antwoorden.",)


def test_where_only_some_run_they_are_named() -> None:
    mixed = part(
        grade(Standing.NO_BASELINE, 41), grade(Standing.RUNNING, 12, manager=True)
    )

    assert section(mixed, FULL) == (
        "Klantmanager: de nulmeting loopt nog, met 12 antwoorden. "
        "Vergelijken kan als zij klaar is.",
        "Balie: te weinig antwoorden voor een nulmeting. Daarom vergelijken wij niet.",
    )


def test_a_reason_ends_as_a_sentence_does() -> None:
    reasons = ("De balie is verhuisd", "Nieuwe tijden!")
    report = Report(
        at(20),
        None,
        (),
        (),
        {"nl": "Contact"},
        tuple(
            Restart(question, at(18), reason)
            for question, reason in zip((COUNTER, MANAGER), reasons, strict=True)
        ),
    )

    assert restarts(report, FULL) == (
        "Balie: nieuwe nulmeting na week 27. Reden: De balie is verhuisd.",
        "Klantmanager: nieuwe nulmeting na week 27. Reden: Nieuwe tijden!",
    )
    assert restarts(report, BRIEF) == ("Nieuwe nulmeting: Balie, Klantmanager.",)
