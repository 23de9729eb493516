"""One of a few labelled options, such as a four-point agree scale."""

from collections.abc import Sequence
from typing import Literal

from bot.core.questions.base import (
    OPT_OUT,
    Button,
    Closed,
    Label,
    NotUnderstood,
    Prompt,
    Reading,
    Understood,
    Value,
    in_language,
)
from bot.core.questions.folding import compact, forms, is_too_long
from bot.core.questions.phrases import same_as, says_opt_out

Direction = Literal["negative", "neutral", "positive"]


class Option(Value):
    """One option: its stored code never changes, its label may."""

    code: str
    direction: Direction
    label: Label


class Choice(Closed):
    """One of `options`, written from the negative end to the positive."""

    type: Literal["choice"] = "choice"
    scale: str
    """The scale's name in scales.yaml; the digest words agreement by it."""
    options: tuple[Option, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """Give every code on the scale, in order; the opt-out is not on it."""
        return tuple(option.code for option in self.options)

    @property
    def positive_side(self) -> tuple[Option, ...]:
        """Give the options that are counted; the last one where none is positive.

        Scales are written from the negative end to the positive.
        """
        positive = tuple(o for o in self.options if o.direction == "positive")
        return positive or self.options[-1:]

    @property
    def positive(self) -> frozenset[str]:
        """Give the codes of the options that are counted."""
        return frozenset(option.code for option in self.positive_side)

    def prompt(self, language: str) -> Prompt:
        """Show the question with one option a row."""
        rows = [
            (Button(in_language(option.label, language), option.code),)
            for option in self.options
        ]
        if self.opt_out is not None:
            rows.append((Button(in_language(self.opt_out, language), OPT_OUT),))
        return Prompt(in_language(self.label, language), tuple(rows))

    def parse(self, text: str, languages: Sequence[str]) -> Reading:
        """Read a code, a label of any of these languages, or words that mean one.

        `ja` is one of them only where an option is labelled so.
        """
        if text in self.codes:
            return Understood(text)
        if is_too_long(text):
            return NotUnderstood()
        found = self._labelled(frozenset({compact(text)}), languages)
        if not found and says_opt_out(self.opt_out, text, languages):
            return Understood(OPT_OUT)
        found = found or self._labelled(same_as(text, languages), languages)
        return Understood(found.pop()) if len(found) == 1 else NotUnderstood()

    def _labelled(self, said: frozenset[str], languages: Sequence[str]) -> set[str]:
        """Give the codes whose label, in any language, is in what was said."""
        return {
            option.code
            for option in self.options
            if forms(option.label, languages) & said
        }
