"""A golden file says in plain lines what was done and what was shown."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.transports.conversation import play, written
from bot.yamlfile import read
from tests.core.examples import FLOW, REMARKED_FLOW


def test_a_conversation_is_written_in_the_form_it_is_kept_in() -> None:
    lines = ["accept", "tap counter=8", 'write "mee: eens"', "wait 1 hour", "stop"]
    assert play("It's so", FLOW, "en", lines).to_yaml() == (
        "says: 'It''s so'\n"
        "flow: visit\n"
        "language: en\n"
        "events:\n"
        "  - accept\n"
        "  - tap counter=8\n"
        "  - 'write \"mee: eens\"'\n"
        "  - wait 1 hour\n"
        "  - stop\n"
        "shows:\n"
        "  - intro\n"
        "  - ask counter\n"
        "  - note counter=8, ask agreed\n"
        "  - note agreed=agree, ask called\n"
        "  - nothing\n"
        "  - submit, closing\n"
        "ends: stopped\n"
    )


@given(st.text())
def test_whatever_is_typed_can_be_kept(text: str) -> None:
    kept = play("Any text", FLOW, "nl", [written(text)]).to_yaml().encode()
    match read("a.yaml", kept).value:
        case {"events": [str(line)]}:
            assert json.loads(line.removeprefix("write ")) == text
        case _:
            pytest.fail("the text broke the file")


def test_a_remark_is_written_down_as_it_is_kept() -> None:
    lines = ["accept", "tap counter=8", "tap agreed=disagree", "withhold in_doubt"]
    kept = play("So", REMARKED_FLOW, "nl", lines, asks_remark=True).to_yaml()
    assert "language: nl\nremark: asked\nevents:\n" in kept
    assert "  - note agreed=disagree, submit, ask remark\n" in kept
    assert kept.endswith("ends: remarking, withheld in_doubt\n")
    more = play("So", REMARKED_FLOW, "nl", [*lines, 'write "druk"'], asks_remark=True)
    assert more.shows[-1] == 'show remark "druk"'
    assert more.ends == 'remarking, remark "druk"'


@pytest.mark.parametrize("line", ["dance", "tap counter", "wait long", "write 7,5"])
def test_a_line_that_means_nothing_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match=r"dance|tap counter|wait long|Extra data"):
        play("No", FLOW, "nl", ["accept", line])
