"""A plan in words and a few bars, for a terminal. Pure."""

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import inf
from typing import Final

from bot.digest.planning.future import Weeks
from bot.digest.planning.outset import LEAST
from bot.digest.planning.plan import POWER, SOON, Found, Plan
from bot.digest.planning.quarters import Told
from bot.digest.simulation.chance import Rate
from bot.messages import Catalogue

_WIDTH: Final = 78
_LABEL: Final = 42
_BAR: Final = 30
_LABEL_OF_BAR: Final = 14
_HARDLY: Final = 52
"""Who waits so many weeks for the next figures, waits for nothing."""

_MANY: Final = 10

_ERRORS: Final = 2
"""Standard errors behind the sign for about; 95 of 100 such ranges hold the truth."""

Number = Fraction | float


@dataclass(frozen=True, slots=True)
class Saying:
    """Says what belongs to a plan in one language."""

    words: Catalogue
    language: str

    def say(self, key: str, /, **facts: object) -> str:
        """Give a text on plans."""
        return self.words.text(f"staff.plan.{key}", self.language, **facts)

    def number(self, value: Number) -> str:
        """Write a number; with one decimal where that says something."""
        places = 1 if value < _MANY and value % 1 else 0
        return self._decimal(f"{float(value):.{places}f}")

    def tenths(self, value: Number) -> str:
        """Write a difference of grades, as grades are written."""
        return self._decimal(f"{float(value):.1f}")

    def _decimal(self, text: str) -> str:
        return text.replace(".", self.words.text("staff.decimal", self.language))

    def often(self, rate: Rate) -> str:
        """Say of a hundred how often something is so, and how sure that is."""
        error = max(1, round(_ERRORS * rate.error))
        return self.say("often", percent=round(rate.percent), error=error)

    def weeks(self, found: Weeks) -> str:
        """Say in which week something comes about."""
        if found.middle == inf:
            return self.say("weeks.seldom", percent=round(found.came.percent))
        if found.high == inf:
            never = 100 - round(found.came.percent)
            return self.say("weeks.mostly", week=int(found.middle), percent=never)
        if found.low == found.high:
            return self.say("weeks.sure", week=int(found.middle))
        facts = {"low": int(found.low), "high": int(found.high)}
        return self.say("weeks.about", week=int(found.middle), **facts)

    def between(self, weeks: float) -> str:
        """Say how often something is released."""
        if weeks > _HARDLY:
            return self.say("between.never")
        if round(weeks, 1) == 1:
            return self.say("between.always")
        return self.say("between.about", weeks=self.number(weeks))

    def phases(self, told: Told) -> str:
        """Say how often the phases can be set beside each other."""
        if told.one.share >= POWER:
            return self.say("phases.one", often=self.often(told.one))
        if told.two.share >= POWER:
            return self.say("phases.two", often=self.often(told.two))
        return self.say("phases.none", percent=round(told.two.percent))

    def smallest(self, found: Found | None) -> str:
        """Say which drop is the smallest that is found."""
        if found is None:
            return self.say("smallest.none")
        return self.say("smallest.drop", drop=self.tenths(found.drop))

    def drop(self, found: Found) -> str:
        """Name a drop."""
        return self.say("drop", drop=self.tenths(found.drop))

    def outset(self, plan: Plan) -> str:
        """Say what the plan is of."""
        outset = plan.outset
        return self.say(
            "outset",
            contacts=outset.contacts,
            one_in=outset.one_in,
            percent=self.number(100 * outset.response),
        )


def lines(plan: Plan, questions: int, runs: int, saying: Saying) -> Iterator[str]:
    """Write the plan: a table, bars, what to do, and how it was made."""
    say = saying.say
    yield from _wrapped(saying.outset(plan))
    yield ""
    margin = plan.outset.margin
    for key, value in (
        ("invitations", _a_week(plan.outset.invitations, saying)),
        ("completes", _a_week(plan.outset.completes, saying)),
        ("between", saying.between(plan.between)),
        ("first-figure", saying.weeks(plan.first_figure)),
        ("margin", "–" if margin is None else f"± {saying.tenths(margin)}"),
        ("nulmeting", saying.weeks(plan.nulmeting)),
        ("smallest", saying.smallest(plan.smallest)),
        ("phases", saying.phases(plan.phases)),
        ("false", say("years", percent=round(100 * plan.falsely(questions)))),
    ):
        label = say(f"row.{key}", questions=questions)
        yield from _row(label, value)
    yield ""
    yield from _wrapped(say("power"))
    for found in plan.power:
        full = round(_BAR * found.rate.share)
        bar = "#" * full + "-" * (_BAR - full)
        label = saying.drop(found)
        yield f"  {label:<{_LABEL_OF_BAR}}{bar}  {saying.often(found.rate)}"
    yield ""
    for text in advice(plan, saying):
        yield from _wrapped(text)
    yield ""
    yield from _wrapped(say("how", runs=runs))


def advice(plan: Plan, saying: Saying) -> Iterator[str]:
    """Say what this comes to, and how many people to ask."""
    outset, asking = plan.outset, plan.asking
    facts: dict[str, object] = {
        "one_in": outset.one_in,
        "completes": saying.number(outset.completes),
        "least": LEAST,
        "shows": asking.shows,
        "weeks": SOON,
    }
    if not plan.shows:
        yield saying.say("advice.shows-nothing", **facts)
        known = asking.shows is not None and asking.shows < outset.one_in
        yield saying.say(f"advice.shows-{'with' if known else 'never'}", **facts)
    facts = {
        "one_in": outset.one_in,
        "drop": saying.tenths(asking.wish),
        "finds": asking.finds,
        "often": saying.often(asking.found.rate),
    }
    if asking.finds is None:
        yield saying.say("advice.finds-never", **facts)
    elif not plan.wished.is_enough:
        invitations = Fraction(outset.contacts, asking.finds)
        facts["invitations"] = saying.number(invitations)
        yield saying.say("advice.finds-with", **facts)
    else:
        facts["often"] = saying.often(plan.wished.rate)
        yield saying.say("advice.finds-now", **facts)
        if asking.finds > outset.one_in:
            yield saying.say("advice.finds-room", **facts)


def _a_week(value: Number, saying: Saying) -> str:
    return saying.say("about", number=saying.number(value))


def _row(label: str, value: str) -> Iterator[str]:
    first, *rest = textwrap.wrap(value, _WIDTH - _LABEL)
    yield f"{label:<{_LABEL}}{first}"
    for line in rest:
        yield " " * _LABEL + line


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, _WIDTH, break_long_words=False, break_on_hyphens=False)
