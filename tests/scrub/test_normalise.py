"""A text is written the plain way before anything is looked for in it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.scrub.normalise import LONGEST, cut, normalised


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("Jan\u200bsen\u2060 en \u202eJan\u202c", "Jansen en Jan"),
        ("٠٦١٢ ۰۶ ０６ ①", "0612 06 06 1"),
        ("1\ufe0f\u20e32\ufe0f\u20e3", "12"),
        ("М\u043ehammed", "Mohammed"),
        ("𝐌𝐨𝐡𝐚𝐦𝐞𝐝 ﬁ", "Mohamed ﬁ"),
        ("a \t\xa0 b\r\n\n\n\n\nc \u2028d", "a b\n\nc\nd"),
        ("nee" + "e" * 40, "n" + "e" * 15),
        ("e" + "\u0301" * 50, "é" + "\u0301" * 3),
        ("می\u200cروم a\u200cb", "می\u200cروم ab"),
        ("👨\u200d👩 Jan\u200dsen", "👨\u200d👩 Jansen"),
        ("a\ud800b\ue000\x00c\x7f", "ab c"),
        ("م\u0640حمد", "محمد"),
    ],
)
def test_what_hides_a_name_or_a_number_goes(written: str, plain: str) -> None:
    assert normalised(written) == plain


def test_a_long_text_is_cut_between_words_and_never_through_a_number() -> None:
    text = "woord " * 165 + "06 12 34 56 78 en meer"
    assert cut(text) == ("woord " * 165).rstrip()
    assert cut("woord " * 166 + "ab c" + " d" * 9) == "woord " * 166 + "ab c"
    assert cut("x" * 5_000) == ""
    assert cut("kort 06 12") == "kort 06 12"


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_a_plain_text_stays_as_it_is(text: str) -> None:
    once = normalised(text)
    assert len(once) <= LONGEST
    assert normalised(once) == once
