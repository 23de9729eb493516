"""A whole grade on a scale of numbers, such as the Dutch school mark (rapportcijfer)."""

from typing import Literal

from bot.core.questions.base import (
    OPT_OUT,
    Button,
    Closed,
    Label,
    Prompt,
    in_language,
)


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
