"""What is planted shows in the opinions, and is read in the digests' own words."""

from collections import Counter
from collections.abc import Mapping, Sequence
from random import Random

import pytest

from bot.ballots import Batch
from bot.commands.demo.department import Plan
from bot.commands.demo.habits import draw_opinions, new_opinion
from bot.commands.demo.story import Heard, Outcome, Started, Story, verdicts
from bot.commands.publishing import read_draft
from bot.core.flow import Origin, fingerprint
from bot.core.questions import Grade
from bot.core.questions.base import OPT_OUT
from bot.core.weeks import week_after
from bot.digest.figures import sample, scale_of
from bot.digest.measures import Measure, groups
from bot.digest.model import Direction, Standing
from bot.digest.signals import QUICK, judge
from bot.grouping import wordings
from bot.outbox import MONTHLY, PHASES, WEEKLY, WrittenDigest
from bot.shipped import shipped_flows
from tests.digest.examples import (
    SOZAWE,
    archive,
    at,
    batch,
    digests_of,
    live,
    speaks,
    weekly,
)
from tests.digest.stories import FELL, LOW, QUIET, USUAL, week_of

STORY = Story()
FLOW = read_draft(shipped_flows(), "sozawe").flow
WEEKS = tuple(week_after("2026-W03", number) for number in range(40))
"""The openings of the demo."""


def opening(week: int) -> str:
    """Give the opening of a week of the play; the first has number 1."""
    return WEEKS[week - 1]


TOLD = Started(opening(19), "counter", Direction.WORSE)


def test_it_is_about_two_grades_of_the_survey_that_is_played() -> None:
    names = [one.name for one in FLOW.questions if isinstance(one, Grade)]
    assert names == [STORY.falls, STORY.stays]


def test_there_is_a_nulmeting_before_anything_falls_and_time_enough_after_it() -> None:
    # A first week may be too small to be released, and join the second.
    assert STORY.since > QUICK[0] + 1
    assert STORY.since < STORY.told_by <= Plan().weeks


@pytest.mark.parametrize(
    ("week", "shifts"), [(1, {}), (15, {}), (16, {"counter": -1.5})]
)
def test_one_grade_falls_and_nothing_else(
    week: int, shifts: Mapping[str, float]
) -> None:
    assert STORY.shifts(week) == shifts


def drawn(week: int) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {one.name: [] for one in FLOW.questions}
    for seed in range(2000):
        chance = Random(seed)
        opinions = draw_opinions(FLOW.questions, chance, STORY.shifts(week))
        for name, code in opinions.items():
            found[name].append(code)
    return found


def mean(codes: Sequence[str]) -> float:
    grades = [int(code) for code in codes if code != OPT_OUT]
    return sum(grades) / len(grades)


def test_who_is_treated_otherwise_thinks_otherwise_of_that_alone() -> None:
    before, after = drawn(1), drawn(STORY.since)
    fell = mean(before.pop(STORY.falls)) - mean(after.pop(STORY.falls))
    assert fell == pytest.approx(STORY.by, abs=0.1)
    assert after == before


def test_who_thinks_again_was_still_treated_so() -> None:
    counter = FLOW.question(STORY.falls)
    before, after = (
        mean([new_opinion(counter, Random(s), STORY.shifts(w)) for s in range(2000)])
        for w in (1, STORY.since)
    )
    assert before - after == pytest.approx(STORY.by, abs=0.1)


def sent(batches: Sequence[Batch], language: str) -> list[WrittenDigest]:
    """Give what forty openings wrote."""
    found: list[WrittenDigest] = []
    for week in map(at, range(40)):
        so_far = [batch for batch in batches if batch.week <= week]
        flows = (archive(SOZAWE), live(SOZAWE))
        found += digests_of(so_far, *flows, week, speaks(language))
    return found


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_verdict_is_read_in_the_digest_that_it_begins_in(language: str) -> None:
    found = verdicts(sent(FELL, language), SOZAWE, speaks(language))
    week = week_of(Standing.STARTED, FELL)
    assert list(found) == [Started(week, "counter", Direction.WORSE)]


def test_where_nothing_is_said_nothing_is_read() -> None:
    assert list(verdicts(sent(QUIET, "nl"), SOZAWE, speaks("nl"))) == []


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_verdict_on_walk_ins_is_another_one(language: str) -> None:
    means = [USUAL] * 14 + [LOW] * 12
    walked_in = weekly(SOZAWE, 0, means, origin=Origin.WALK_IN)
    digests = sent([*QUIET, *walked_in], language)
    begun = speaks(language)("digest.verdict.started.worse.invited", name="")
    assert any(begun in digest.text for digest in digests)
    assert list(verdicts(digests, SOZAWE, speaks(language))) == []


def said(text: str, kind: str = WEEKLY) -> list[Started]:
    digest = WrittenDigest("2026-W20", kind, "sozawe", text, has_news=True)
    return list(verdicts([digest], SOZAWE, speaks("nl")))


def test_names_of_one_line_are_told_apart_also_when_they_are_cut() -> None:
    line = speaks("nl")(
        "digest.verdict.started.better.invited", name="Klantmanager, Vriendelijk en do…"
    )
    assert said(f"Weekbericht\n{line}") == [
        Started("2026-W20", "case_manager", Direction.BETTER),
        Started("2026-W20", "kind_and_efficient", Direction.BETTER),
    ]


@pytest.mark.parametrize("kind", [PHASES, MONTHLY])
def test_what_another_digest_says_again_is_no_second_verdict(kind: str) -> None:
    line = speaks("nl")("digest.verdict.started.worse.invited", name="Balie")
    assert said(line)
    assert said(line, kind) == []


@pytest.mark.parametrize(
    ("weeks", "started", "outcome"),
    [
        (4, [], Outcome.TOO_SHORT),
        (15, [], Outcome.TOO_SHORT),
        (16, [], Outcome.NOT_YET),
        (25, [], Outcome.NOT_YET),
        (26, [], Outcome.MISSED),
        (40, [], Outcome.MISSED),
        (19, [TOLD], Outcome.AS_PLANTED),
        (26, [TOLD], Outcome.AS_PLANTED),
        (26, [TOLD, TOLD], Outcome.AS_PLANTED),
        # The wrong side, too early, and what has not changed.
        (26, [Started(TOLD.week, "counter", Direction.BETTER)], Outcome.FALSE_ALARM),
        (26, [Started(opening(15), "counter", Direction.WORSE)], Outcome.FALSE_ALARM),
        (26, [TOLD, Started(TOLD.week, "case_manager", Direction.WORSE)], "both"),
        (14, [Started(opening(14), "case_manager", Direction.WORSE)], "both"),
        # Nobody promised anything of the statements.
        (26, [TOLD, Started(TOLD.week, "next_step", Direction.BETTER)], "elsewhere"),
    ],
)
def test_the_outcome(weeks: int, started: Sequence[Started], outcome: str) -> None:
    heard = Heard(STORY, WEEKS[:weeks], started)
    expected = {"both": "false_alarm", "elsewhere": "as_planted"}.get(outcome, outcome)
    assert heard.outcome == expected
    assert heard.outcome.has_failed is (expected in ("missed", "false_alarm"))
    assert bool(heard.told) is (TOLD in started)
    assert heard.false_alarms == tuple(one for one in started if one != TOLD)


def of_the_rule(seed: int) -> Heard:
    """Play half a year of opinions by the rule of the digest, without a bot."""
    chance, batches = Random(f"rule {seed}"), []
    for number in range(STORY.told_by):
        counts: dict[str, Counter[str]] = {q.name: Counter() for q in FLOW.questions}
        for _ in range(max(10, round(chance.gauss(13.5, 3.7)))):
            shifts = STORY.shifts(number + 1)
            for name, code in draw_opinions(FLOW.questions, chance, shifts).items():
                counts[name][code] += 1
        batches.append(batch(WEEKS[number], FLOW, counts))
    started = []
    for question in FLOW.questions:
        measure = Measure(question, fingerprint(FLOW, question.name), Origin.INVITED)
        found = groups(measure, batches, wordings(archive(FLOW)))
        samples = [sample(question, group) for group in found]
        for week in WEEKS[: STORY.told_by]:
            verdict = judge(samples, scale_of(question), week)
            if verdict.standing is Standing.STARTED and verdict.direction:
                started.append(Started(week, question.name, verdict.direction))
    return Heard(STORY, WEEKS[: STORY.told_by], started)


def test_the_rule_tells_of_the_fall_and_hardly_ever_of_anything_else() -> None:
    played = [of_the_rule(seed) for seed in range(60)]
    assert all(one.told for one in played)
    # One or so by chance, mostly on a statement; see the manual.
    assert sum(len(one.false_alarms) for one in played) <= 2
    assert sum(one.outcome.has_failed for one in played) <= 1


def test_the_first_digest_that_can_tell_of_it_is_that_of_the_same_week() -> None:
    first = Started(opening(STORY.since), "counter", Direction.WORSE)
    heard = Heard(STORY, WEEKS, [first])
    assert (heard.fell, heard.told) == ("2026-W17", first)
