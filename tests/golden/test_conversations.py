"""Conversations as they were agreed on: what somebody did, and what they saw.

Between every two events the session is stored and loaded, so that each file also
proves a restart. `--update-golden` writes the files anew; the difference is read in
review.
"""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.anonymity.seal import pack_session, unpack_session
from bot.core.steps import Step
from bot.flowfiles import load_folder
from bot.transports.conversation import Conversation, play
from bot.yamlfile import read_file

HERE = Path(__file__).parent / "conversations"
FLOWS = load_folder(Path(__file__).parents[2] / "flows")
NAMES = sorted(path.stem for path in HERE.glob("*.yaml"))


def restarted(step: Step) -> Step:
    return replace(step, session=unpack_session(pack_session(step.session)))


def again(name: str) -> Conversation:
    """Have the conversation of a file once more."""
    kept = read_file(HERE / f"{name}.yaml").value
    match kept:
        case {
            "says": str(says),
            "flow": str(flow),
            "language": str(language),
            "events": [*events],
            **rest,
        }:
            return play(
                says,
                FLOWS[flow].flow,
                language,
                [str(line) for line in events],
                restarted,
                asks_remark=rest.get("remark") == "asked",
            )
    raise ValueError(name)


@pytest.mark.parametrize("name", NAMES)
def test_a_conversation_goes_as_it_was_agreed(
    name: str, request: pytest.FixtureRequest
) -> None:
    golden = HERE / f"{name}.yaml"
    conversation = again(name).to_yaml()
    if request.config.getoption("--update-golden"):
        golden.write_text(conversation, encoding="utf-8")
    assert conversation == golden.read_text(encoding="utf-8")


def test_every_shipped_flow_has_its_conversations() -> None:
    assert {again(name).flow for name in NAMES} == set(FLOWS)


def test_every_language_has_its_conversations() -> None:
    assert {again(name).language for name in NAMES} == {"nl", "en", "ar", "tr"}


def test_no_two_files_say_the_same() -> None:
    assert len({again(name).says for name in NAMES}) == len(NAMES)
