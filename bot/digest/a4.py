"""What was found, on one page for a councillor: HTML that needs nothing else.

It is the digest of the last week in which something was released, in other clothes:
what is said of the figures comes from the digest's own sections, so no figure is in
it that the digest of that week did not hold.
"""

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import Final, assert_never

from bot.ballots import K
from bot.core.flow import FlowDefinition, Origin
from bot.core.questions.base import in_language
from bot.core.weeks import week_after, week_number
from bot.decisions import Deed
from bot.digest.build import records
from bot.digest.export.history import History
from bot.digest.model import (
    WINDOW,
    ChoiceFigure,
    Figure,
    GradeFigure,
    Part,
    Report,
    TooFew,
)
from bot.digest.sections import (
    PART_SECTIONS,
    baselines,
    caveat,
    changed,
    verdicts,
)
from bot.digest.sections.choices import SINGLED_OUT
from bot.digest.voice import Voice, Words, shortened

DEEDS: Final = 5
"""So many deeds fit on the page; the newest."""

_SHORT: Final = 160
"""UTF-16 units of a deed; a longer one is cut."""

_LIMITS: Final = ("others", "wider", "chance", "people")

_INK: Final = "#0072b2"
_BAND: Final = "#b5d3e7"
_GROUND: Final = "#e8e8e8"

_STYLE: Final = """
@page { size: A4; margin: 12mm 15mm }
* { box-sizing: border-box }
body { margin: 0 auto; padding: 1rem; max-width: 182mm; background: #fff;
  color: #1b1b1b; font: 10.5pt/1.4 "Segoe UI", Helvetica, Arial, sans-serif }
h1 { font-size: 19pt; line-height: 1.2; margin: 0 }
h2 { font-size: 12.5pt; margin: .8em 0 .2em; border-bottom: 1px solid #d4d4d4 }
p, ul, ol { margin: .25em 0 }
ul, ol { padding-left: 1.3em }
.muted { color: #545454 }
.verdict { font-weight: bold }
.bars { display: grid; grid-template-columns: minmax(8em, 2fr) 3fr 4em;
  gap: .1em 1em; align-items: center; margin: .4em 0; font-size: .9em }
svg { display: block; width: 100%; height: 9px }
@media print {
  body { padding: 0; max-width: none; font-size: 9.5pt; line-height: 1.3 }
  h1 { font-size: 17pt }
  h2 { font-size: 11.5pt; margin-top: .6em }
}
"""

_HEAD: Final = """\
<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<main>"""


def last_report(history: History, name: str) -> Report | None:
    """Give the digest of a flow's last release, as it was; None before the first.

    Args:
        name: of a live flow.
    """
    ledger = history.ledger()
    if ledger is None:
        return None
    return dict(records(ledger))[name].newest(ledger.week)


def page(history: History, name: str, words: Words) -> str | None:
    """Write the page of a live flow; None where nothing was released yet.

    Args:
        words: the message catalogue, bound to one language.
    """
    report = last_report(history, name)
    if report is None:
        return None
    flow = history.flows[history.live[name]]
    return "\n".join(_lines(report, flow, history.deeds, words)) + "\n"


def found(part: Part, voice: Voice) -> tuple[str, ...]:
    """Say what was learned from those who came in one way, as the digest does."""
    return tuple(line for section in PART_SECTIONS for line in section(part, voice))


def done(deeds: Sequence[Deed], since: str, voice: Voice) -> tuple[str, ...]:
    """Say what was done since a week, the newest first; how many more if many."""
    recent = [deed for deed in reversed(deeds) if deed.week >= since]
    if not recent:
        return (voice.words("export.a4.nothing_done"),)
    lines = [
        voice.words(
            "export.a4.deed",
            number=week_number(deed.week),
            text=shortened(" ".join(deed.text.split()), _SHORT),
        )
        for deed in recent[:DEEDS]
    ]
    if len(recent) > DEEDS:
        lines.append(voice.words("export.a4.more_done", count=len(recent) - DEEDS))
    return tuple(lines)


def _lines(
    report: Report, flow: FlowDefinition, deeds: Sequence[Deed], words: Words
) -> Iterator[str]:
    voice = Voice(words)

    def say(key: str, /, **facts: object) -> str:
        return escape(words(f"export.a4.{key}", **facts))

    title, language = escape(voice.name(report.name)), say("language")
    state = say("state", number=week_number(report.week), year=report.week[:4])
    yield _HEAD.format(language=language, title=f"{title}: {state}", style=_STYLE)
    yield f"<h1>{title}</h1>"
    yield f'<p class="muted">{say("kind")}. {state}.</p>'
    yield f"<h2>{say('asked')}</h2>"
    asked = (in_language(question.label, language) for question in flow.questions)
    yield from _listed(asked, "ol")
    yield f"<h2>{say('of_whom')}</h2>"
    for part in report.parts:
        yield f"<p>{say(str(part.origin))}</p>"
    differing = verdicts.section(report, voice)
    for part in report.parts:
        yield f"<h2>{say(f'found.{part.origin}')}</h2>"
        # What asks for attention stands first, as in the digest.
        yield from _paragraphs(differing, "verdict")
        differing = ()
        yield from _listed(found(part, voice))
        if part.origin is Origin.INVITED:
            # With a second set the page would be full, and the two be compared.
            yield from _bars(part.figures, voice)
    yield from _paragraphs(changed.section(report, voice))
    yield from _paragraphs(baselines.restarts(report, voice))
    yield f"<h2>{say('done')}</h2>"
    yield from _listed(done(deeds, week_after(report.week, 1 - WINDOW), voice))
    yield f"<h2>{say('limits')}</h2>"
    yield from _listed(words(f"export.a4.limit.{one}") for one in _LIMITS)
    yield f'<p class="muted">{say("how", least=K)}</p>'
    yield from _paragraphs(caveat.section(report, voice))
    yield "</main>\n</body>\n</html>"


def _listed(lines: Iterable[str], kind: str = "ul") -> Iterator[str]:
    yield f"<{kind}>"
    yield from (f"<li>{escape(line)}</li>" for line in lines)
    yield f"</{kind}>"


def _paragraphs(lines: Iterable[str], kind: str = "") -> Iterator[str]:
    known = f' class="{kind}"' if kind else ""
    return (f"<p{known}>{escape(line)}</p>" for line in lines)


def _bars(figures: Iterable[Figure], voice: Voice) -> Iterator[str]:
    """Draw what the lines above say already; so a screen reader may pass it over."""
    drawn = [(figure, _bar(figure)) for figure in figures]
    if any(bar for _, bar in drawn):
        yield '<div class="bars" aria-hidden="true">'
        for figure, bar in drawn:
            if bar:
                name = escape(voice.name(figure.question.short))
                yield f"<span>{name}</span>{bar}"
        yield "</div>"


def _bar(figure: Figure) -> str:
    """Draw the range of a grade on its scale, or how many chose the positive side."""
    match figure:
        case GradeFigure(question=question):
            width = question.highest - question.lowest
            low, mean, high = (
                100 * (float(value) - question.lowest) / width
                for value in (figure.low, figure.mean, figure.high)
            )
            return _drawn(
                (low, high - low, _BAND), (max(0, mean - 0.6), 1.2, _INK)
            ) + _ends(str(question.lowest), str(question.highest))
        case ChoiceFigure(n=n, positive=positive):
            if min(positive, n - positive) < SINGLED_OUT:
                return ""
            return _drawn((0, 100 * positive / n, _INK)) + _ends("0", str(n))
        case TooFew():
            return ""
        case _:
            assert_never(figure)


def _drawn(*blocks: tuple[float, float, str]) -> str:
    rects = "".join(
        f'<rect x="{left:.1f}" width="{width:.1f}" height="10" fill="{colour}"/>'
        for left, width, colour in ((0, 100, _GROUND), *blocks)
    )
    return f'<svg viewBox="0 0 100 10" preserveAspectRatio="none">{rects}</svg>'


def _ends(low: str, high: str) -> str:
    return f'<span class="muted">{low}–{high}</span>'
