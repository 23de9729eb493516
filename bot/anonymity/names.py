"""Names made of chance alone: nothing can be told from them."""

import secrets


def new_id() -> str:
    """Give a random id, 32 hexadecimal digits; nothing can be told from it."""
    return secrets.token_hex(16)


def new_nonce() -> str:
    """Give a random text that ties buttons to one session."""
    return secrets.token_urlsafe(9)
