"""One of a few labelled options, such as a four-point agree scale."""

from typing import Literal

from bot.core.questions.base import (
    OPT_OUT,
    Button,
    Closed,
    Label,
    Prompt,
    Value,
    in_language,
)

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
    def positive(self) -> frozenset[str]:
        """Give the codes that count as the positive side."""
        return frozenset(o.code for o in self.options if o.direction == "positive")

    def prompt(self, language: str) -> Prompt:
        """Show the question with one option a row."""
        rows = [
            (Button(in_language(option.label, language), option.code),)
            for option in self.options
        ]
        if self.opt_out is not None:
            rows.append((Button(in_language(self.opt_out, language), OPT_OUT),))
        return Prompt(in_language(self.label, language), tuple(rows))
