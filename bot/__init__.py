"""Ask clients a few questions on Telegram, and keep no single answer."""

__version__ = "2026.11.0"
