"""What befalls the made-up department, and what its digests made of that. Pure.

One grade falls and all else stays as it was: what people think has an author here, so
for once it is known what a digest ought to say.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.core.flow import FlowDefinition, Origin
from bot.core.questions import Question
from bot.core.questions.base import in_language
from bot.core.weeks import week_after
from bot.digest.model import Direction
from bot.digest.voice import LONGEST_NAMES, Words, shortened
from bot.outbox import WEEKLY, WrittenDigest


@dataclass(frozen=True, slots=True)
class Story:
    """What is planted. Weeks are numbered from 1.

    Args:
        falls: the question that is graded lower from some week on.
        stays: the question beside it, of which nothing changes.
        since: the first week whose contacts are treated otherwise; by then there is
            a nulmeting.
        by: how much lower they grade it.
        told_by: the week whose digest must have told of it. In 5,500 plays of the
            rule alone (a test repeats some) half were told of within three weeks,
            and the slowest within ten.
    """

    falls: str = "counter"
    stays: str = "case_manager"
    since: int = 16
    by: float = 1.5
    told_by: int = 26

    def shifts(self, week: int) -> Mapping[str, float]:
        """Give by question how the contacts of a week differ from what is usual."""
        return {self.falls: -self.by} if week >= self.since else {}


@dataclass(frozen=True, slots=True)
class Started:
    """A verdict on what invited people said, and the digest that it began in."""

    week: str
    question: str
    direction: Direction


class Outcome(StrEnum):
    """Whether the digests told of what was planted, and of nothing else."""

    TOO_SHORT = "too_short"
    """It was over before anything was planted."""
    NOT_YET = "not_yet"
    AS_PLANTED = "as_planted"
    MISSED = "missed"
    FALSE_ALARM = "false_alarm"

    @property
    def has_failed(self) -> bool:
        """Say whether the demo did not show what it promises to."""
        return self in (Outcome.MISSED, Outcome.FALSE_ALARM)


@dataclass(frozen=True, slots=True)
class Heard:
    """What was planted, beside the verdicts that the digests began with.

    Args:
        weeks: the opening of each week that was played, by its ISO week.
    """

    story: Story
    weeks: Sequence[str]
    started: Sequence[Started]

    @property
    def fell(self) -> str:
        """Give the week since whose beginning people are treated otherwise."""
        # A week is opened on the first day of the next one.
        return week_after(self.weeks[0], self.story.since - 2)

    @property
    def told(self) -> Started | None:
        """Give the verdict that tells of the fall."""
        return next(filter(self._tells, self.started), None)

    @property
    def false_alarms(self) -> tuple[Started, ...]:
        """Give the verdicts on what had not changed."""
        return tuple(one for one in self.started if not self._tells(one))

    @property
    def outcome(self) -> Outcome:
        """Judge by the two questions of the story.

        A false alarm on another question is said and is no failure: the rules of the
        digest allow for some, and nothing can tell such chance from a fault.
        """
        watched = {self.story.falls, self.story.stays}
        if any(one.question in watched for one in self.false_alarms):
            return Outcome.FALSE_ALARM
        if self.told:
            return Outcome.AS_PLANTED
        if len(self.weeks) < self.story.since:
            return Outcome.TOO_SHORT
        is_late = len(self.weeks) >= self.story.told_by
        return Outcome.MISSED if is_late else Outcome.NOT_YET

    def _tells(self, one: Started) -> bool:
        has_fallen = one.week > self.fell
        is_fall = (one.question, one.direction) == (self.story.falls, Direction.WORSE)
        return is_fall and has_fallen


def verdicts(
    digests: Iterable[WrittenDigest], flow: FlowDefinition, words: Words
) -> Iterator[Started]:
    """Read in the digests, as the staff do, which verdicts on invited people began.

    Args:
        words: the message catalogue, in the language of the digests.
    """
    reader = _Reader(flow, words)
    for digest in digests:
        if digest.kind == WEEKLY:
            for line in digest.text.splitlines():
                yield from reader.read(digest.week, line)


_KEY: Final = "digest.verdict.started"


@dataclass(frozen=True, slots=True)
class _Reader:
    flow: FlowDefinition
    words: Words

    def read(self, week: str, line: str) -> Iterator[Started]:
        for side in Direction:
            # The line on walk-ins ends as the other does, with more before it.
            if line.endswith(self._end(side, Origin.WALK_IN)):
                return
            end = self._end(side, Origin.INVITED)
            if line.endswith(end):
                names = line.removesuffix(end).split(", ")
                for question in self.flow.questions:
                    if not self._names(question).isdisjoint(names):
                        yield Started(week, question.name, side)

    def _end(self, side: Direction, origin: Origin) -> str:
        return self.words(f"{_KEY}.{side}.{origin}", name="")

    def _names(self, question: Question) -> set[str]:
        name = in_language(question.short, self.words("digest.language"))
        cuts = (cut for cut in LONGEST_NAMES if cut is not None)
        return {name, *(shortened(name, cut) for cut in cuts)}
