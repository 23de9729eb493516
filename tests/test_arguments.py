"""What argparse says itself is in the language of whoever types."""

import pytest

from bot.cli import LANGUAGE, main


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["foo"], "'foo' ken ik hier niet. Kies uit: 'init'"),
        (["try"], "er ontbreekt: FLOW"),
        (["demo", "--weeks", "x"], "'x' past hier niet"),
        (["demo", "--weeks", "0"], "'0' past hier niet"),
        (["demo", "--weeks"], "hier hoort iets achter"),
        (["deeds", "--remove"], "hier hoort iets achter"),
        (["digest", "--bla"], "dit hoort er niet bij: --bla"),
    ],
)
def test_a_wrong_word_is_refused_in_dutch(
    words: list[str],
    says: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.delenv(LANGUAGE, raising=False)

    with pytest.raises(SystemExit) as stopped:
        main(words)

    assert stopped.value.code == 2
    assert says in capsys.readouterr().err


def test_without_a_command_all_commands_are_shown(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main([]) == 2
    assert "OPDRACHT" in capsys.readouterr().out
