"""A whole grade on a scale of numbers, such as the Dutch school mark."""

from collections.abc import Sequence
from typing import Literal

from bot.core.questions.base import (
    OPT_OUT,
    Button,
    Closed,
    Label,
    NotUnderstood,
    NotWhole,
    Prompt,
    Reading,
    Understood,
    in_language,
)
from bot.core.questions.folding import is_too_long
from bot.core.questions.numerals import said_number
from bot.core.questions.phrases import says_opt_out


class Grade(Closed):
    """A grade from `lowest` to `highest`; only whole numbers count."""

    type: Literal["grade"] = "grade"
    lowest: int
    highest: int
    lowest_label: Label
    highest_label: Label

    @property
    def codes(self) -> tuple[str, ...]:
        """Give every code on the scale, in order; the opt-out is not on it."""
        return tuple(str(n) for n in range(self.lowest, self.highest + 1))

    def prompt(self, language: str) -> Prompt:
        """Show the question with its numbers in rows of five, left to right."""
        low = in_language(self.lowest_label, language)
        high = in_language(self.highest_label, language)
        ends = f"{self.lowest} = {low}\n{self.highest} = {high}"
        buttons = [Button(code, code) for code in self.codes]
        rows = [tuple(buttons[i : i + 5]) for i in range(0, len(buttons), 5)]
        if self.opt_out is not None:
            rows.append((Button(in_language(self.opt_out, language), OPT_OUT),))
        return Prompt(f"{in_language(self.label, language)}\n\n{ends}", tuple(rows))

    def parse(self, text: str, languages: Sequence[str]) -> Reading:
        """Read a code, or a grade as people type it in one of these languages.

        What is a grade, but not a whole one, is told apart: it can be asked again.
        """
        if text in self.codes:
            return Understood(text)
        if is_too_long(text):
            return NotUnderstood()
        if says_opt_out(self.opt_out, text, languages):
            return Understood(OPT_OUT)
        number = said_number(text, self.highest, languages)
        if number is None or not self.lowest <= number <= self.highest:
            return NotUnderstood()
        return Understood(str(number)) if number.denominator == 1 else NotWhole()
