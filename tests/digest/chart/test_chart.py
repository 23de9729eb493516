from dataclasses import replace

from bot.core.flow import Origin
from bot.digest.chart import chart
from bot.digest.chart.phases import phase_chart
from bot.digest.model import Part
from bot.digest.voice import Voice
from bot.outbox import WrittenDigest
from bot.picture import Picture, Sign
from tests.digest.chart.pictures import (
    AGREED,
    DOWN,
    LEVEL,
    PHASES,
    REPORTS,
    SHARES,
    graded,
    report,
)
from tests.digest.examples import (
    MANAGER,
    SOZAWE,
    archive,
    at,
    digests_of,
    live,
    made_up,
    speaks,
)

VOICE = Voice(speaks("nl"))


def opened(week: int) -> WrittenDigest:
    batches = [made_up(1, at(0), SOZAWE, 30), made_up(2, at(3), SOZAWE, 40)]
    (one,) = digests_of(batches, archive(SOZAWE), live(SOZAWE), at(week), speaks("nl"))
    return one


def test_the_picture_is_stored_with_the_digest() -> None:
    picture = Picture.from_json(opened(3).picture)
    assert "Balie: " in picture.alt
    assert "week 12" in picture.alt


def test_a_week_without_news_has_no_picture() -> None:
    assert opened(2).picture == ""


def test_nobody_who_answered_is_no_picture() -> None:
    assert chart(replace(REPORTS["too_few"], parts=()), VOICE) is None


def test_walk_ins_are_not_shown_beside_the_invited() -> None:
    invited = Part(Origin.INVITED, 130, None, (DOWN, AGREED))
    walked = Part(Origin.WALK_IN, 130, None, (LEVEL,))
    both = replace(REPORTS["too_few"], parts=(walked, invited))
    assert chart(both, VOICE) == chart(replace(both, parts=(invited,)), VOICE)
    picture = chart(replace(both, parts=(walked,)), VOICE)
    assert picture is not None
    assert "mensen die zelf meededen" in picture.alt


def test_heights_are_those_of_the_specification() -> None:
    heights = {}
    for name in ("as_in_the_reference", "too_few", "four_measures", "four_grades"):
        picture = chart(REPORTS[name], VOICE)
        assert picture is not None
        heights[name] = picture.height
    assert heights == {
        "as_in_the_reference": 205 + 2 * 500 + 270,
        "too_few": 205 + 4 * 290,
        "four_measures": 205 + 2 * 500 + 2 * 270,
        "four_grades": 205 + 4 * 500,
    }


def test_shares_alone_are_no_picture_of_phases() -> None:
    assert phase_chart(replace(PHASES, comparisons=(SHARES,)), VOICE) is None


def test_phases_of_walk_ins_are_shown_where_nobody_was_invited() -> None:
    walked = tuple(
        replace(one, origin=Origin.WALK_IN) for one in PHASES.comparisons[:1]
    )
    picture = phase_chart(replace(PHASES, comparisons=walked), VOICE)
    assert picture is not None
    assert "mensen die zelf meededen" in picture.alt
    both = replace(PHASES, comparisons=(*walked, *PHASES.comparisons[1:]))
    picture = phase_chart(both, VOICE)
    assert picture is not None
    assert "Balie" not in picture.alt


def test_the_line_begins_anew_behind_another_wording() -> None:
    figure = graded(MANAGER, (7.0, 7.1, 7.2, 7.3), DOWN.verdict, since="2026-W29")
    picture = chart(report(figure), VOICE)
    assert picture is not None
    assert "Daarvoor was het een andere vraag." in picture.alt
    assert [s.sign for s in picture.shapes if hasattr(s, "sign")] == [Sign.DOWN] * 2
