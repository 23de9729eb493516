"""The flows that come along are found, however the program was installed."""

from pathlib import Path

import pytest

from bot import shipped
from bot.flowfiles import SCALES
from bot.shipped import shipped_flows


def test_a_checkout_has_its_flows_beside_the_packages() -> None:
    assert shipped_flows() == Path(__file__).parent.parent / "flows"
    assert (shipped_flows() / SCALES).is_file()


def test_a_wheel_has_its_flows_inside_the_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "_shipped" / "flows"
    folder.mkdir(parents=True)
    monkeypatch.setattr(shipped, "_PACKAGE", tmp_path)
    assert shipped_flows() == folder
