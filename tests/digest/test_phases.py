"""The phases of a question, set beside each other."""

from dataclasses import replace

from bot.ballots import Ledger, PhaseTotal
from bot.core.flow import Origin, Phase
from bot.digest.model import PhaseFigure
from bot.digest.phases import compare, phase_reports
from bot.digest.sections.phases import figures, quiet, title
from bot.digest.voice import Voice
from tests.digest.examples import CALLED, SOZAWE, archive, at, flow, live, speaks
from tests.digest.stories import phase_totals

WEEK = at(18)
PHASED = SOZAWE.model_copy(
    update={"phases": (Phase.AFTER_AWARD, Phase.FIRST_CONTACT, Phase.INTAKE)}
)
HASH = PHASED.content_hash
VOICE = Voice(speaks("nl"))


def test_phases_stand_in_the_order_of_the_flow_and_never_of_their_figures() -> None:
    report = compare(PHASED, phase_totals(HASH, WEEK, 5.0), is_titled=False)

    for comparison in report.comparisons:
        assert tuple(one.phase for one in comparison.figures) == PHASED.phases


def test_only_a_pair_that_passes_is_told_lower_first() -> None:
    counter, *others = compare(
        PHASED, phase_totals(HASH, WEEK, 5.0), is_titled=False
    ).comparisons

    assert counter.differing == (
        (Phase.INTAKE, Phase.AFTER_AWARD),
        (Phase.INTAKE, Phase.FIRST_CONTACT),
    ) or counter.differing == (
        (Phase.INTAKE, Phase.FIRST_CONTACT),
        (Phase.INTAKE, Phase.AFTER_AWARD),
    )
    assert all(other.differing == () for other in others)


def test_a_count_has_a_range_as_well_within_nought_and_one() -> None:
    report = compare(PHASED, phase_totals(HASH, WEEK, 7.0), is_titled=True)
    [first, *_] = report.comparisons[3].figures

    assert isinstance(first, PhaseFigure)
    assert (first.n, first.positive) == (58, 57)
    assert 0 < first.low < float(first.mean) < first.high == 1.0
    assert title(report, VOICE) == (
        "Per fase · kwartaal 2 van 2026 · Contact met Sociale Zaken",
    )


def test_a_phase_without_figures_is_not_there() -> None:
    told = [
        one
        for one in phase_totals(HASH, WEEK, 7.0)
        if one.phase is not Phase.FIRST_CONTACT
    ]

    report = compare(PHASED, told, is_titled=False)

    assert [one.phase for one in report.comparisons[0].figures] == [
        Phase.AFTER_AWARD,
        Phase.INTAKE,
    ]


def test_only_what_this_opening_told_is_told_again_by_nobody() -> None:
    told = [*phase_totals(HASH, at(5), 7.0), *phase_totals("f" * 32, WEEK, 7.0)]
    ledger = Ledger(WEEK, (), archive(PHASED), live(PHASED), phases=told)

    assert list(phase_reports(ledger)) == []


def test_a_choice_is_asked_by_the_names_of_its_options() -> None:
    of = flow(CALLED, SOZAWE.questions[0], SOZAWE.questions[2])
    of = of.model_copy(update={"phases": PHASED.phases})
    told = [
        replaced
        for one in phase_totals(of.content_hash, WEEK, 7.0)
        if one.question == "next_step"
        for replaced in [_renamed(one, "called_back")]
    ]
    report = compare(of, told, is_titled=False)

    assert figures(report, VOICE)[0] == "Teruggebeld: wie koos ‘Ja’?"
    assert quiet(report, VOICE) == (
        "Wij zien geen duidelijk verschil tussen de fasen.",
    )
    assert report.comparisons[0].origin is Origin.INVITED


def test_few_on_either_side_are_not_counted_out_loud() -> None:
    told = [
        _renamed(one, "kind_and_efficient", total=one.n - 2 if one.n < 40 else 2)
        for one in phase_totals(HASH, WEEK, 7.0)
        if one.question == "kind_and_efficient"
    ]

    lines = figures(compare(PHASED, told, is_titled=False), VOICE)

    assert lines[1:4] == (
        "· Na de toekenning: (bijna) niemand.",
        "· Eerste contact: (bijna) iedereen.",
        "· Aanvraag en besluit: (bijna) niemand.",
    )


def _renamed(one: PhaseTotal, name: str, total: int | None = None) -> PhaseTotal:
    total = one.total if total is None else total
    return replace(one, question=name, total=total, squares=total)
