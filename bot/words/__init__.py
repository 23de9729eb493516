"""How often Dutch uses a word: a list that comes along, read when it is first needed.

The list is data of others under a licence of its own; `NOTICE.md` beside it says whose.
`tools/word_frequencies.py` made it.
"""

import gzip
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final

from bot.core.questions.base import SOURCE

LIST: Final = f"{SOURCE}.txt.gz"


@cache
def frequencies() -> Mapping[str, float]:
    """Give the Zipf frequency by word, in small letters, of six letters or more."""
    packed = (files(__name__) / LIST).read_bytes()
    lines = gzip.decompress(packed).decode().splitlines()
    return {
        word: float(zipf)
        for zipf, *words in (line.split() for line in lines)
        for word in words
    }
