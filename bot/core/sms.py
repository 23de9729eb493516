"""How many text messages a text takes, as the networks count them."""

from typing import Final

_BASIC: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
"""The alphabet of GSM 03.38, seven bits a letter."""
_DOUBLE: Final = frozenset("^{}\\[~]|€\f")
"""What takes two places in it."""

_PLAIN: Final = (160, 153)
_WIDE: Final = (70, 67)
"""Places in a message that is alone, and in one of several."""


def parts(text: str) -> int:
    """Count the messages; one letter outside the alphabet makes all of them short."""
    if set(text) <= _BASIC | _DOUBLE:
        size = sum(2 if letter in _DOUBLE else 1 for letter in text)
        alone, several = _PLAIN
    else:
        size = len(text.encode("utf-16-be", "surrogatepass")) // 2
        alone, several = _WIDE
    return 1 if size <= alone else -(-size // several)
