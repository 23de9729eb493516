"""The words and pairs that clients know, as staff list them beside their flows."""

import re
from pathlib import Path
from typing import Final, NamedTuple

from bot.core.fault import shown
from bot.errors import FlowError, Issue

WORDS: Final = "woorden.txt"
"""The file, beside the flows. It may be left out."""

_WORD: Final = re.compile(r"[^\W\d_]+")
_PAIR: Final = re.compile(r"[^\W_]+ (?:en|of|maar) [^\W_]+")


class OwnWords(NamedTuple):
    """What staff say of words: which are known, and which belong together."""

    words: frozenset[str] = frozenset()
    pairs: frozenset[str] = frozenset()


def read_words(path: Path) -> OwnWords:
    """Read the list; none is an empty one. Raises FlowError with every fault."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return OwnWords()
    except OSError:
        raise FlowError((_issue(path, 1, "yaml", case="absent"),)) from None
    except UnicodeDecodeError:
        raise FlowError((_issue(path, 1, "yaml", case="encoding"),)) from None
    words, pairs, issues = set(), set(), []
    for number, line in enumerate(text.splitlines(), 1):
        said = " ".join(line.partition("#")[0].lower().split())
        if _WORD.fullmatch(said):
            words.add(said)
        elif _PAIR.fullmatch(said):
            pairs.add(said)
        elif said:
            found = shown(said)
            issues.append(_issue(path, number, "word-list", line, found=found))
    if issues:
        raise FlowError(tuple(issues))
    return OwnWords(frozenset(words), frozenset(pairs))


def _issue(path: Path, line: int, rule: str, excerpt: str = "", **facts: str) -> Issue:
    return Issue(
        str(path), line, 1, "error", rule, tuple(facts.items()), excerpt=excerpt
    )
