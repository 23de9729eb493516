"""What holds for every digest, whatever was released."""

import random
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from importlib import resources

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.ballots import Batch, K, Ledger, Outcome
from bot.core.flow import FlowDefinition, Origin, Phase, fingerprint
from bot.core.questions import Grade, Question
from bot.core.weeks import weeks_between
from bot.decisions import Deed
from bot.digest.build import assemble, build
from bot.digest.measures import Measure, groups
from bot.digest.model import (
    Baseline,
    ChoiceFigure,
    Direction,
    GradeFigure,
    Part,
    Report,
    Restart,
    Standing,
    TooFew,
    Verdict,
)
from bot.digest.render import has_room, render
from bot.digest.voice import units
from bot.grouping import wordings
from bot.outbox import PHASES, WEEKLY
from tests.digest.examples import (
    CALLED,
    COUNTER,
    FIVE,
    KIND,
    MANAGER,
    NEXT,
    SOZAWE,
    archive,
    at,
    choice,
    digests_of,
    flow,
    grade,
    live,
    made_up,
    speaks,
    weekly,
)
from tests.digest.stories import phase_totals

REWORDED = flow(
    COUNTER, grade("case_manager", "Klantmanager", "Case manager", "Anders"), KIND, NEXT
)
FLOWS = archive(SOZAWE, REWORDED)
KNOWN = wordings(FLOWS)
NOW = live(REWORDED)
WEEKS = 30

released = st.lists(
    st.builds(
        lambda seed, week, of, n, out, origin: made_up(
            seed, at(week), of, n, out, origin
        ),
        st.integers(0, 10**6),
        st.integers(0, WEEKS),
        st.sampled_from([SOZAWE, REWORDED]),
        st.integers(K, 40),
        st.sampled_from([0.0, 0.1, 0.6, 1.0]),
        st.sampled_from(Origin),
    ),
    max_size=12,
    unique_by=lambda batch: (batch.week, batch.cell),
)
measured = st.builds(
    lambda of, question, origin: Measure(
        question, fingerprint(of, question.name), origin
    ),
    st.just(REWORDED),
    st.sampled_from(REWORDED.questions),
    st.sampled_from(Origin),
)


few = settings(max_examples=settings().max_examples // 3)
"""For what builds a digest of each of thirty weeks in every example."""


def text_of(batches: Sequence[Batch], week: int, language: str = "nl") -> str:
    (one,) = digests_of(batches, FLOWS, NOW, at(week), speaks(language))
    return one.text


@given(released, st.randoms(use_true_random=False))
def test_the_order_of_the_batches_does_not_matter(
    batches: list[Batch], chance: random.Random
) -> None:
    shuffled = list(batches)
    chance.shuffle(shuffled)
    week = max((batch.week for batch in batches), default=at(0))
    words = speaks("nl")
    assert digests_of(shuffled, FLOWS, NOW, week, words) == digests_of(
        batches, FLOWS, NOW, week, words
    )


@few
@given(released)
def test_figures_change_only_with_a_new_batch(batches: list[Batch]) -> None:
    for week in range(WEEKS + 2):
        (one,) = digests_of(batches, FLOWS, NOW, at(week), speaks("nl"))
        assert one.has_news == any(batch.week == at(week) for batch in batches)
        if one.has_news:
            continue
        title, *rest = one.text.splitlines()
        before = any(batch.week < at(week) for batch in batches)
        assert title == f"Weekbericht · week {week + 9}"
        assert rest == [
            "Deze week geen nieuwe cijfers. Het laatste cijfer blijft staan."
            if before
            else "Er zijn nog geen cijfers. "
            "Wij tonen pas cijfers van 10 mensen of meer. Dat kan weken duren."
        ]


@few
@given(released)
def test_a_digest_is_the_same_whenever_it_is_built(batches: list[Batch]) -> None:
    for week in range(WEEKS + 1):
        so_far = [batch for batch in batches if batch.week <= at(week)]
        assert text_of(so_far, week) == text_of(batches, week)


@given(released, measured)
def test_every_group_is_a_union_of_whole_batches_with_ten_answers(
    batches: list[Batch], measure: Measure
) -> None:
    name = measure.question.name
    mine = [
        batch
        for batch in batches
        if batch.cell.origin is measure.origin
        and KNOWN[batch.cell.flow][name] == measure.fingerprint
    ]
    after = ""
    for group in groups(measure, batches, KNOWN):
        joined = [batch for batch in mine if after < batch.week <= group.week]
        counts: Counter[str] = Counter()
        for batch in joined:
            counts.update(batch.counts[name])
        on_scale = {code: counts[code] for code in measure.question.codes}
        assert group.counts == on_scale
        assert group.n >= K
        assert group.week in {batch.week for batch in joined}
        after = group.week
    tail = [batch for batch in mine if batch.week > after]
    assert answered(tail, measure.question) < K


@given(released, measured)
def test_a_group_never_changes_once_it_is_closed(
    batches: list[Batch], measure: Measure
) -> None:
    whole = groups(measure, batches, KNOWN)
    for week in range(WEEKS + 1):
        so_far = [batch for batch in batches if batch.week <= at(week)]
        then = groups(measure, so_far, KNOWN)
        assert then == whole[: len(then)]


def answered(batches: Sequence[Batch], question: Question) -> int:
    return sum(
        batch.counts[question.name].get(code, 0)
        for batch in batches
        for code in question.codes
    )


@given(released, st.integers(0, WEEKS))
def test_below_twenty_answers_there_is_no_figure(
    batches: list[Batch], week: int
) -> None:
    digest = assemble(REWORDED, batches_until(batches, week), KNOWN, at(week), False)
    if not isinstance(digest, Report):
        return
    for part in digest.parts:
        for figure in part.figures:
            if not isinstance(figure, TooFew):
                assert figure.n >= 20


def batches_until(batches: Sequence[Batch], week: int) -> list[Batch]:
    return [batch for batch in batches if batch.week <= at(week)]


@given(st.integers(0, 10**6), st.integers(K, 19), st.sampled_from(["nl", "en"]))
def test_a_first_release_below_twenty_says_one_number_of_people(
    seed: int, n: int, language: str
) -> None:
    text = text_of([made_up(seed, at(0), REWORDED, n)], 0, language)
    title, answers, too_few, caveat = text.splitlines()
    assert answers.startswith(("Laatste 13 weken: ", "Last 13 weeks: "))
    assert re.findall(r"\d+", answers.partition(".")[0]) == ["13", str(n)]
    assert re.findall(r"\d", too_few + caveat) == []
    assert re.findall(r"\d+", title) == ["9"]


@given(released, st.integers(0, WEEKS))
def test_opting_out_is_in_no_denominator(batches: list[Batch], week: int) -> None:
    asked = [without_opt_outs(batch) for batch in batches]
    digests = [
        assemble(REWORDED, batches_until(some, week), KNOWN, at(week), False)
        for some in (batches, asked)
    ]
    assert digests[0] == digests[1]


def without_opt_outs(batch: Batch) -> Batch:
    counts = {
        name: {
            code: n for code, n in chosen.items() if not code.startswith(("opt", "not"))
        }
        for name, chosen in batch.counts.items()
    }
    return replace(batch, counts=counts)


@given(released, st.integers(0, WEEKS))
def test_walk_ins_have_no_response_and_change_none(
    batches: list[Batch], week: int
) -> None:
    def response(some: Sequence[Batch]) -> list[object]:
        digest = assemble(REWORDED, batches_until(some, week), KNOWN, at(week), False)
        parts = digest.parts if isinstance(digest, Report) else ()
        return [part for part in parts if part.origin is Origin.INVITED]

    digest = assemble(REWORDED, batches_until(batches, week), KNOWN, at(week), False)
    for part in digest.parts if isinstance(digest, Report) else ():
        assert part.origin is Origin.INVITED or part.response is None
    invited = [batch for batch in batches if batch.cell.origin is Origin.INVITED]
    if any(batch.week == at(week) for batch in invited):
        assert response(batches) == response(invited)


@given(released, st.integers(0, WEEKS))
def test_the_response_counts_only_what_was_released_in_the_window(
    batches: list[Batch], week: int
) -> None:
    digest = assemble(REWORDED, batches_until(batches, week), KNOWN, at(week), False)
    for part in digest.parts if isinstance(digest, Report) else ():
        recent = [
            batch
            for batch in batches
            if batch.cell.origin is part.origin
            and 0 <= weeks_between(batch.week, at(week)) < 13
        ]
        completes = sum(batch.completes for batch in recent)
        assert part.answers == completes >= K
        if part.response is not None:
            ended = sum(sum(batch.outcomes.values()) for batch in recent)
            assert part.response * ended == completes


@given(released, st.integers(0, WEEKS), st.sampled_from(["nl", "en"]))
def test_no_digest_holds_a_percentage_or_a_comparison(
    batches: list[Batch], week: int, language: str
) -> None:
    text = text_of(batches, week, language).lower()
    for word in (
        "%",
        "procent",
        "percent",
        "vorige",
        "last week",
        "hoogste",
        "laagste",
    ):
        assert word not in text
    for word in ("beste", "slechtste", "best", "worst", "minimum", "maximum"):
        assert word not in text.split()


names = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=150)


@st.composite
def wordy_flows(draw: st.DrawFn) -> FlowDefinition:
    """Give flows of four questions with names as long as an author likes."""
    shorts = [{"short": {"nl": draw(names), "en": draw(names)}} for _ in range(4)]
    kinds: list[Question] = [COUNTER, MANAGER, KIND, NEXT]
    if draw(st.booleans()):
        five = choice("step", "Stap", "Step", "journey_5", FIVE)
        kinds = [five, CALLED, KIND, NEXT]
    questions = [
        question.model_copy(update=short)
        for question, short in zip(kinds, shorts, strict=True)
    ]
    return flow(*questions, title=draw(names))


def many(of: FlowDefinition, seed: int, origin: Origin) -> Batch:
    """Give one batch in which thousands answered every question."""
    one = made_up(seed, at(0), of, 40, 0, origin)
    counts = {
        name: {code: 100 * n for code, n in chosen.items()}
        for name, chosen in one.counts.items()
    }
    return replace(one, counts=counts, outcomes={Outcome.COMPLETE: 4000})


@pytest.mark.parametrize("language", ["nl", "en"])
@given(st.data())
def test_four_measures_always_fit_below_a_picture(
    language: str, data: st.DataObject
) -> None:
    of = data.draw(wordy_flows())
    seed = data.draw(st.integers(0, 10**6))
    older = flow(*reversed(of.questions), title=of.title["nl"])
    batches = [replace(made_up(seed, at(0), older, 30), week=at(-1))]
    batches += [many(of, seed, origin) for origin in Origin]
    flows = archive(of, older, SOZAWE)
    every = live(of) | {"another": SOZAWE.content_hash}
    written = digests_of(batches, flows, every, at(0), speaks(language))
    assert len(written) == 2
    for one in written:
        assert units(one.text) <= 1024


@given(st.integers(0, 10**6), st.sampled_from(["nl", "en"]))
def test_four_measures_of_the_invited_are_said_in_full(
    seed: int, language: str
) -> None:
    batches = [made_up(seed, at(0), SOZAWE, 60)]
    (one,) = digests_of(batches, archive(SOZAWE), live(SOZAWE), at(0), speaks(language))
    assert units(one.text) <= 600
    assert "…" not in one.text


def test_dutch_sentences_are_short() -> None:
    # Twelve words; the sentence on the response has one more, and must say it all.
    text = resources.files("bot.messages").joinpath("digest.nl.yaml").read_text("utf-8")
    texts = re.findall(r'^ *\w+: "(.*)"$', text, re.MULTILINE)
    sentences = [s for text in texts for s in re.split(r"(?<=[.:]) ", text)]
    long = [s for s in sentences if len(re.findall(r"[\w{}]+", s)) > 12]
    assert all(s.startswith("Van de mensen die wij vroegen") for s in long)


@given(released, st.integers(0, WEEKS), st.randoms(use_true_random=False))
def test_no_answer_to_another_wording_enters_a_figure(
    batches: list[Batch], week: int, chance: random.Random
) -> None:
    """Whatever was answered to the old question, the figures of the new one stay."""
    asked = "case_manager"

    def otherwise(batch: Batch) -> Batch:
        if KNOWN[batch.cell.flow][asked] == KNOWN[REWORDED.content_hash][asked]:
            return batch
        people = sum(batch.counts[asked].values())
        return replace(
            batch, counts={**batch.counts, asked: {str(chance.randint(1, 10)): people}}
        )

    digests = [
        assemble(REWORDED, batches_until(some, week), KNOWN, at(week), False)
        for some in (batches, [otherwise(batch) for batch in batches])
    ]
    assert digests[0] == digests[1]


@given(released, st.integers(1, WEEKS), st.sampled_from(["nl", "en"]))
def test_nothing_an_opening_tells_compares_with_the_week_before(
    batches: list[Batch], week: int, language: str
) -> None:
    """Of every kind: the weekly digest, the one by phase, the month and the readers."""
    told = phase_totals(REWORDED.content_hash, at(week), 6.0)
    phased = {**FLOWS, REWORDED.content_hash: PHASED}
    ledger = Ledger(
        at(week),
        batches_until(batches, week),
        phased,
        NOW,
        last=at(week - 5),
        phases=told,
        deeds=[Deed(at(week - 5), "Wij bellen terug.")],
    )
    written = build(ledger, speaks(language))
    assert {one.kind for one in written} >= {WEEKLY, PHASES}
    for one in written:
        for word in ("vorige week", "last week", "afgelopen week", "%", "percent"):
            assert word not in one.text.lower()
        assert "beste" not in one.text.lower().split()


def standings(question: Question) -> st.SearchStrategy[Verdict]:
    """Give every way a measure can stand, with a nulmeting where it has one."""
    top = 10 if isinstance(question, Grade) else 1
    baseline = Baseline(987, round(987 * top * 0.7), at(0), at(13))
    with_one = [
        Verdict(Standing.NO_DIFFERENCE, None, baseline, 987),
        Verdict(Standing.ENDED, None, baseline, 987),
        *(
            Verdict(standing, side, baseline, 987)
            for standing in (Standing.STARTED, Standing.HELD)
            for side in Direction
        ),
    ]
    without = [
        Verdict(standing, collected=987)
        for standing in (Standing.RUNNING, Standing.NO_BASELINE)
    ]
    return st.sampled_from([*with_one, *without])


@st.composite
def judged_reports(draw: st.DrawFn) -> Report:
    """Give reports of four measures of one origin, each with any verdict.

    A question that was changed, or whose nulmeting was set anew, is still running.
    """
    of = draw(wordy_flows())
    figures: list[GradeFigure | ChoiceFigure] = []
    for question in of.questions:
        verdict = draw(standings(question))
        if isinstance(question, Grade):
            mean = Fraction(73, 10)
            figures.append(GradeFigure(question, 987, mean, 7.1, 7.5, verdict))
        else:
            chosen = dict.fromkeys(question.codes, 200)
            figures.append(ChoiceFigure(question, 987, 640, verdict, chosen))
    origin = draw(st.sampled_from(Origin))
    response = Fraction(1, 3) if origin is Origin.INVITED else None
    part = Part(origin, 987, response, tuple(figures))
    running = [
        figure.question
        for figure in figures
        if figure.verdict.standing is Standing.RUNNING
    ]
    cut = draw(st.integers(0, len(running)))
    reason = draw(st.text(min_size=10, max_size=120))
    return Report(
        at(20),
        draw(st.sampled_from([None, of.title])),
        (part,),
        tuple(running[:cut]),
        of.title,
        tuple(Restart(question, at(10), reason) for question in running[cut:]),
    )


@given(judged_reports(), st.sampled_from(["nl", "en"]))
def test_four_measures_fit_whatever_their_verdicts(
    report: Report, language: str
) -> None:
    assert has_room(render(report, speaks(language)))


@pytest.mark.parametrize("language", ["nl", "en"])
def test_four_different_verdicts_on_walk_ins_fit_with_the_longest_names(
    language: str,
) -> None:
    baseline = Baseline(987, 691, at(0), at(13))
    verdicts = (
        Verdict(Standing.STARTED, Direction.WORSE, baseline, 987),
        Verdict(Standing.STARTED, Direction.BETTER, baseline, 987),
        Verdict(Standing.HELD, Direction.BETTER, baseline, 987),
        Verdict(Standing.ENDED, None, baseline, 987),
    )
    long = {"nl": "n" * 90, "en": "n" * 90}
    five = choice("step", "Stap", "Step", "journey_5", FIVE)
    figures = tuple(
        ChoiceFigure(
            question.model_copy(update={"short": long}),
            987,
            640,
            verdict,
            dict.fromkeys(question.codes, 200),
        )
        for question, verdict in zip((five, CALLED, KIND, NEXT), verdicts, strict=True)
    )
    part = Part(Origin.WALK_IN, 987, None, figures)

    report = Report(at(20), long, (part,), (), long, ())

    assert has_room(render(report, speaks(language)))


def test_a_text_that_does_not_fit_even_in_brief_goes_without_its_picture(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # No survey of four questions is known to be so long; eight different verdicts are.
    monkeypatch.setattr("bot.digest.render.CAPTION", 700)
    batches = [
        *weekly(WORDY, 0, [7.3] * 14, agree=0.9, origin=Origin.INVITED),
        *weekly(WORDY, 0, [7.3] * 14, agree=0.9, origin=Origin.WALK_IN),
        *weekly(WORDY, 14, [4.5] * 6, agree=0.3, origin=Origin.INVITED),
        *weekly(WORDY, 14, [4.5] * 6, agree=0.3, origin=Origin.WALK_IN),
    ]
    flows, now = archive(WORDY), live(WORDY) | {"another": WORDY.content_hash}
    written = digests_of(batches, flows, now, at(19), speaks("nl"))
    [told] = [one for one in written if one.has_news]
    assert told.text.count("slechter dan de nulmeting") == 2
    assert not has_room(told.text)
    assert told.picture == ""


ASKED: tuple[Question, ...] = (COUNTER, MANAGER, KIND, NEXT)
WORDY = flow(
    *(
        question.model_copy(update={"short": {"nl": f"{place}" * 90}})
        for place, question in enumerate(ASKED)
    ),
    title="t" * 90,
)
PHASED = REWORDED.model_copy(
    update={"phases": (Phase.FIRST_CONTACT, Phase.INTAKE, Phase.AFTER_AWARD)}
)
"""The same version, as if it had been published with three phases."""
