"""Which languages can be told when somebody types in them."""

from bot.language import Detecting, detecting


def test_each_language_is_told_by_words_by_script_or_not_at_all() -> None:
    languages = "nl en ar tr uk fa hi so ti am el hy ka zh ku ckb ps pap"
    found = detecting(languages.split())
    assert {
        how: [language for language, by in found.items() if by == how]
        for how in Detecting
    } == {
        Detecting.WORDS: ["nl", "en", "ar", "tr", "uk", "fa", "hi", "so"],
        Detecting.SCRIPT: ["ti", "am", "el", "hy", "ka", "zh"],
        Detecting.CHOICE: ["ku", "ckb", "ps", "pap"],
    }
