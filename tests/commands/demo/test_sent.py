"""What is shown of the digests at the end, said of them, and left of them in files."""

import dataclasses
from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.commands import picturing
from bot.commands.demo import Played, Report, leave
from bot.commands.demo.books import Books
from bot.commands.demo.sent import chosen
from bot.commands.demo.story import Heard, Outcome, Started, Story
from bot.config import Digest
from bot.core.weeks import week_after
from bot.digest.model import Direction
from bot.digest.rates import funnel
from bot.messages import Catalogue
from bot.outbox import MONTHLY, PHASES, WEEKLY, WrittenDigest
from bot.picture import WIDTH, Picture, Text
from tests.digest.examples import SOZAWE

WORDS = Catalogue.load()
WEEKS = tuple(week_after("2026-W03", number) for number in range(26))
DRAWN = Picture(WIDTH, 205, "Grafiek.", (Text(52, 92, "Balie", 58),)).to_json()


def sent(week: int, kind: str = WEEKLY, *, has_news: bool = True) -> WrittenDigest:
    picture = DRAWN if has_news and kind != MONTHLY else ""
    text = f"{kind} {week}\nBalie 7,3.\nKlantmanager 7,1."
    return WrittenDigest(
        f"2026-W{week:02}", kind, "sozawe", text, has_news=has_news, picture=picture
    )


def start(week: int, name: str, side: Direction = Direction.WORSE) -> Started:
    return Started(f"2026-W{week:02}", name, side)


def played(
    digests: Sequence[WrittenDigest], *started: Started, weeks: int = 26
) -> Played:
    return Played(
        flow=SOZAWE,
        weeks=WEEKS[:weeks],
        contacts=1,
        invited=1,
        walked_in=1,
        funnel=funnel([]),
        books=Books(),
        in_box=0,
        under_way=0,
        unopened=0,
        digests=tuple(digests),
        heard=Heard(Story(), WEEKS[:weeks], started),
        settings=Digest(),
    )


TOLD = start(20, "counter")
SILENT = sent(28, has_news=False)


@pytest.mark.parametrize(
    ("digests", "started", "shown"),
    [
        ([sent(3)], [], [("digest", sent(3))]),
        ([SILENT], [], [("digest", SILENT)]),
        ([sent(3), sent(4)], [], [("digest", sent(4))]),
        (
            [sent(26), sent(27), SILENT],
            [],
            [("digest-before", sent(27)), ("digest", SILENT)],
        ),
        (
            [sent(19), sent(20), sent(21), sent(28)],
            [TOLD],
            [("digest-told", sent(20)), ("digest", sent(28))],
        ),
        ([sent(19), sent(20)], [TOLD], [("digest-told", sent(20))]),
        ([sent(20), SILENT], [TOLD], [("digest-told", sent(20)), ("digest", SILENT)]),
        (
            [sent(14, PHASES), sent(18, MONTHLY), sent(27, PHASES), sent(28)],
            [],
            [
                ("digest", sent(28)),
                ("digest-phases", sent(27, PHASES)),
                ("digest-monthly", sent(18, MONTHLY)),
            ],
        ),
    ],
)
def test_each_digest_that_matters_is_shown_once(
    digests: Sequence[WrittenDigest],
    started: Sequence[Started],
    shown: Sequence[tuple[str, WrittenDigest]],
) -> None:
    found = chosen(played(digests, *started))
    assert [(one.key, one.digest) for one in found] == shown


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(
    ("outcome", "weeks", "started"),
    [
        (Outcome.TOO_SHORT, 4, []),
        (Outcome.NOT_YET, 20, []),
        (Outcome.AS_PLANTED, 26, [TOLD]),
        (Outcome.MISSED, 26, []),
        (
            Outcome.FALSE_ALARM,
            26,
            [TOLD, start(22, "case_manager", Direction.BETTER)],
        ),
    ],
)
def test_what_was_planted_stands_beside_what_was_told(
    language: str, outcome: Outcome, weeks: int, started: Sequence[Started]
) -> None:
    half_a_year = played([sent(3)], *started, weeks=weeks)
    text = Report(WORDS, language, half_a_year).text()

    def say(key: str, **facts: object) -> str:
        return WORDS.text(f"staff.played.{key}", language, **facts)

    assert half_a_year.heard.outcome is outcome
    assert half_a_year.is_as_promised is not outcome.has_failed
    head = text.index(say("story"))
    lines = text[head:].split("\n\n")[0].splitlines()
    assert all(len(line) <= 78 for line in lines)
    nothing = say("nothing")
    sign = {"nl": ",", "en": "."}[language]
    planted = nothing if weeks < 16 else say("lower", by=f"1{sign}5")
    told = say("said.worse", week=20) if TOLD in started else nothing
    counter, manager, *statements = (line.split("  ") for line in lines[1:5])
    assert [cell.strip() for cell in counter if cell][-2:] == [planted, told]
    alarm = say("said.better", week=22) if len(started) > 1 else nothing
    assert [cell.strip() for cell in manager if cell][-2:] == [nothing, alarm]
    for row in statements:
        assert [cell.strip() for cell in row if cell][-2:] == [nothing, nothing]
    facts = {
        "falls": {"nl": "Balie", "en": "Counter"}[language],
        "stays": {"nl": "Klantmanager", "en": "Case manager"}[language],
        "since": 17,
        "before": 15,
        "told_by": 26,
        "week": 20,
    }
    assert " ".join(lines[5:]) == say(f"outcome.{outcome}", **facts)


def test_a_false_alarm_elsewhere_is_said_and_is_no_failure() -> None:
    half_a_year = played([sent(3)], TOLD, start(24, "next_step"))
    text = " ".join(Report(WORDS, "nl", half_a_year).text().split())
    name = "Weet hoe het verder gaat"
    said = WORDS.text("staff.played.false-alarm-elsewhere", "nl", names=name)
    assert said in text
    assert half_a_year.is_as_promised


def test_all_that_was_sent_is_left_in_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def plot(picture: str) -> bytes:
        return b"PNG"

    monkeypatch.setattr(picturing, "plot_apart", plot)
    digests = [sent(19), sent(20), sent(27, PHASES), sent(27), sent(28, MONTHLY)]
    half_a_year = played([*digests, SILENT], TOLD)

    files = leave(tmp_path, half_a_year, WORDS)

    pictures = ["weekly-2026-W20.png", "weekly-2026-W27.png", "phases-2026-W27.png"]
    assert [path.name for _, path in files.pictures] == pictures
    assert {path.name for path in tmp_path.iterdir()} == {
        "digests.html",
        "digests.txt",
        *pictures,
    }
    texts = files.texts.read_text("utf-8").removesuffix("\n").split("\n\n----\n\n")
    assert texts == [one.text for one in half_a_year.digests]
    assert files.page.read_text("utf-8").count("<article>") == 5
    lines = Report(WORDS, "nl", half_a_year).files(files).splitlines()
    paths = (files.page, *(path for _, path in files.pictures), files.texts)
    assert [line.rpartition(" ")[2] for line in lines] == [str(path) for path in paths]
    assert lines[1] == WORDS.text(
        "staff.played.file.picture", "nl", what="weekly 20", path=files.pictures[0][1]
    )


def test_a_count_that_is_not_right_breaks_the_promise_too() -> None:
    assert played([sent(3)], TOLD).is_as_promised
    assert not dataclasses.replace(played([sent(3)], TOLD), in_box=1).is_as_promised
