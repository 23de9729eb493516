"""Of a made-up list everybody is drawn equally often: the benchmark `draws`, short."""

import pytest

from bench.draws import PHASES, QUICK, Frame, play, rows, table

FRAMES = (Frame((13, 10, 7), 25, 4_000), Frame((30, 11, 9), 4, 1_500))


@pytest.mark.parametrize("frame", FRAMES)
def test_everybody_in_a_phase_is_drawn_equally_often_whatever_the_place(
    frame: Frame,
) -> None:
    tally = play(frame, range(frame.draws))
    assert tally.off == 0
    for row in rows(frame, tally):
        assert abs(row.share * frame.one_in - 1) < 0.05
        assert row.share - 2 * row.far < row.low <= row.high < row.share + 2 * row.far
        assert 0.001 < row.surprise < 0.999


def test_a_draw_that_prefers_a_place_is_seen() -> None:
    frame = Frame((13, 10, 7), 25, 2_000)
    tally = play(frame, range(frame.draws))
    first = frame.contacts[0]
    tally.drawn[first] += 150
    tally.totals[first.phase] += 150
    by_phase = {row.phase: row for row in rows(frame, tally)}
    assert by_phase[first.phase].surprise < 1e-6


def test_the_table_has_a_line_for_every_phase_of_every_list() -> None:
    frames = [Frame(frame.sizes, frame.one_in, 50) for frame in QUICK]
    said: list[str] = []
    lines = table(frames, said.append).splitlines()
    assert len(lines) == 1 + len(frames) * len(PHASES)
    assert said == [
        "Drawing 50 times from 30 contacts.",
        "Drawing 50 times from 333 contacts.",
    ]
