"""What half a year came to, in lines of text that fit a terminal. Pure."""

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from bot.commands.demo.books import Tally, tally
from bot.commands.demo.playing import Played
from bot.commands.demo.sent import Files, chosen, counted
from bot.commands.demo.story import Heard
from bot.commands.picturing import words_of
from bot.core.flow import Origin
from bot.core.questions import Grade, Question
from bot.core.questions.base import OPT_OUT, in_language
from bot.core.weeks import week_number
from bot.digest.rates import DISPOSITIONS, asked, rates
from bot.digest.remarks import remark_lines
from bot.messages import Catalogue
from bot.outbox import MONTHLY

_WIDTH: Final = 78
_NUMBER: Final = 14
_NONE: Final = "–"
_INDENT: Final = "  "
_BEGINNING: Final = 2
"""Lines. A roll-up says again what the weekly digest above it said."""

Cells = Sequence[str]


@dataclass(frozen=True, slots=True)
class Report:
    """Says in one language what was played."""

    words: Catalogue
    language: str
    played: Played

    def text(self) -> str:
        """Give the whole report."""
        parts = (
            self._size(),
            self._funnel(),
            self._check(),
            self._remarks(),
            self._story(),
            *self._digests(),
        )
        return "\n\n".join("\n".join(part) for part in parts)

    def files(self, files: Files) -> str:
        """Say where the digests are to be looked at."""
        facts = counted(self.played)
        lines = [
            self._say("file.page", path=files.page),
            *(
                self._say("file.picture", what=digest.text.split("\n")[0], path=path)
                for digest, path in files.pictures
            ),
            self._say("file.texts", path=files.texts, **facts),
        ]
        return "\n".join(lines)

    def _size(self) -> Iterator[str]:
        played = self.played
        facts = {"first": played.weeks[0], "last": played.weeks[-1]}
        yield self._say("weeks", count=len(played.weeks), **facts)
        for key, count in (
            ("contacts", played.contacts),
            ("invited", played.invited),
            ("walked-in", played.walked_in),
        ):
            yield _row(self._say(key), [self._number(count)])

    def _funnel(self) -> Iterator[str]:
        found = self.played.funnel
        origins = [self._say(f"origin.{origin}") for origin in Origin]
        yield _row(self._say("funnel"), ["AAPOR", *origins])
        for one in DISPOSITIONS:
            counts = [found[origin][one.outcome] for origin in Origin]
            label = self._text(f"digest.disposition.{one.outcome}")
            yield _row(label, [one.code, *map(self._count, counts)])
        yield _row(
            self._say("asked"),
            ["", *(self._count(asked(found[origin])) for origin in Origin)],
        )
        rate = rates(found[Origin.INVITED]).rr1.told
        # Nobody drew the walk-ins from a list: there is no rate of response.
        yield _row(self._say("response"), ["RR1", self._percent(rate), _NONE])
        ended = self.played.books.waiting
        waiting = self._number(tally(ended).completes)
        under_way = self._number(self.played.under_way)
        unopened = self._number(self.played.unopened)
        yield from self._wrapped(
            "released", waiting=waiting, under_way=under_way, unopened=unopened
        )

    def _check(self) -> Iterator[str]:
        books = self.played.books
        yield _row(self._say("check"), [self._say("people"), self._say("counted")])
        for origin in Origin:
            did, counted = books.did[origin], books.counted[origin]
            yield self._say(f"origin.{origin}").capitalize()
            pair = (did, counted)
            yield _row(
                _INDENT + self._say("finished"),
                [self._number(one.completes) for one in pair],
            )
            for question in self.played.flow.questions:
                label = _INDENT + in_language(question.short, self.language)
                yield _row(label, [self._answers(one, question) for one in pair])
        box = [books.in_box, self.played.in_box]
        yield _row(self._say("in-box"), [self._number(count) for count in box])
        weeks = ", ".join(books.differing)
        key = "agrees" if self.played.agrees else "differs"
        yield from self._wrapped(key, weeks=weeks or _NONE)

    def _remarks(self) -> Iterator[str]:
        """Say what became of what people wrote, and show what was shown last."""
        books = self.played.books.remarks
        yield self._say("remarks")
        for key, count in (
            ("written", books.written),
            ("kept", books.kept),
            ("withheld", books.withheld),
            ("left-out", books.left_out),
            ("reviewed", books.reviewed),
            ("approved", books.approved),
            ("published", books.published),
        ):
            label = _INDENT + self._say(f"remark.{key}")
            yield _row(label, [self._number(count)])
        key = "remarks-agree" if books.agrees else "remarks-differ"
        weeks = ", ".join(books.differing) or _NONE
        yield from self._wrapped(key, weeks=weeks, leaks=books.leaks)
        with_remarks = [one for one in self.played.digests if one.remarks]
        for digest in with_remarks[-1:]:
            yield ""
            yield self._say("remarks-shown", week=week_number(digest.week))
            words = words_of(self.words, self.played.settings)
            for line in remark_lines(digest.remarks, words):
                yield from _wrap(line, _INDENT)

    def _story(self) -> Iterator[str]:
        """Set what was planted beside what the digests said of it."""
        heard = self.played.heard
        yield _row(self._say("story"), [self._say("planted"), self._say("told")])
        for question in self.played.flow.questions:
            cells = [
                self._planted(heard, question.name),
                self._told(heard, question.name),
            ]
            yield _row(_INDENT + in_language(question.short, self.language), cells)
        story, told = heard.story, heard.told
        facts = {
            "falls": self._name(story.falls),
            "stays": self._name(story.stays),
            "before": story.since - 1,
            "since": week_number(heard.fell),
            "told_by": story.told_by,
            "week": week_number(told.week) if told else _NONE,
        }
        yield from self._wrapped(f"outcome.{heard.outcome}", **facts)
        watched = (story.falls, story.stays)
        others = {one.question for one in heard.false_alarms} - set(watched)
        if others:
            names = ", ".join(sorted(map(self._name, others)))
            yield from self._wrapped("false-alarm-elsewhere", names=names)

    def _planted(self, heard: Heard, name: str) -> str:
        story = heard.story
        if name != story.falls or len(heard.weeks) < story.since:
            return self._say("nothing")
        by = f"{story.by:.1f}".replace(".", self._text("digest.decimal_mark"))
        return self._say("lower", by=by)

    def _told(self, heard: Heard, name: str) -> str:
        for one in heard.started:
            if one.question == name:
                return self._say(f"said.{one.direction}", week=week_number(one.week))
        return self._say("nothing")

    def _digests(self) -> Iterator[list[str]]:
        """Show the digests that matter, as they were sent; a roll-up, how it begins."""
        for one in chosen(self.played):
            lines = one.digest.text.splitlines()
            shown = lines[:_BEGINNING] if one.digest.kind == MONTHLY else lines
            left = len(lines) - len(shown)
            yield [
                self._say(one.key),
                *(part for line in shown for part in _wrap(line, _INDENT)),
                *([_INDENT + self._say("more-lines", count=left)] if left else []),
            ]

    def _name(self, name: str) -> str:
        return in_language(self.played.flow.question(name).short, self.language)

    def _answers(self, one: Tally, question: Question) -> str:
        """Say in one cell what was answered, and by how many: `7,2 (347)`."""
        counts = {
            code: n
            for (name, code), n in one.answers.items()
            if name == question.name and code != OPT_OUT
        }
        total = sum(counts.values())
        if not isinstance(question, Grade):
            agree = sum(n for code, n in counts.items() if code in question.positive)
            return f"{self._number(agree)} ({self._number(total)})"
        if not total:
            return _NONE
        mean = sum(int(code) * n for code, n in counts.items()) / total
        mark = self._text("digest.decimal_mark")
        return f"{mean:.1f}".replace(".", mark) + f" ({self._number(total)})"

    def _count(self, count: int) -> str:
        return self._number(count) if count else _NONE

    def _number(self, count: int) -> str:
        return f"{count:,}".replace(",", self._say("thousands"))

    def _percent(self, rate: Fraction | None) -> str:
        return _NONE if rate is None else f"{round(100 * rate)} %"

    def _wrapped(self, key: str, **facts: object) -> list[str]:
        return _wrap(self._say(key, **facts), "")

    def _say(self, key: str, /, **facts: object) -> str:
        return self._text(f"staff.played.{key}", **facts)

    def _text(self, key: str, /, **facts: object) -> str:
        return self.words.text(key, self.language, **facts)


def _row(label: str, cells: Cells) -> str:
    width = _WIDTH - _NUMBER * len(cells)
    return f"{label:<{width}}" + "".join(f"{cell:>{_NUMBER}}" for cell in cells)


def _wrap(text: str, indent: str) -> list[str]:
    return textwrap.wrap(
        text,
        _WIDTH,
        initial_indent=indent,
        subsequent_indent=indent + indent,
        break_on_hyphens=False,
    )
