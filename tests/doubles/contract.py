"""What the Bot API demands of a call: parameters, limits, keyboards.

The library checks none of it, and a test against a lenient double would prove nothing.
Each breach is an answer of code 400 and a complaint that fails the test.
"""

import json
import re
from dataclasses import dataclass
from typing import Any

KEYBOARD = {"chat_id", "reply_markup"}
SEND = KEYBOARD | {
    "business_connection_id",
    "message_thread_id",
    "direct_messages_topic_id",
    "parse_mode",
    "disable_notification",
    "protect_content",
    "allow_paid_broadcast",
    "message_effect_id",
    "suggested_post_parameters",
    "reply_parameters",
}
EDIT = KEYBOARD | {"business_connection_id", "message_id", "inline_message_id"}
ALLOWED: dict[str, set[str]] = {
    "getMe": set(),
    "getUpdates": {"offset", "limit", "timeout", "allowed_updates"},
    "sendMessage": SEND | {"text", "entities", "link_preview_options"},
    "sendPhoto": SEND
    | {"photo", "caption", "caption_entities", "show_caption_above_media"}
    | {"has_spoiler"},
    "editMessageText": EDIT
    | {"text", "parse_mode", "entities"}
    # the union is long already
    | {"link_preview_options"},
    "editMessageReplyMarkup": EDIT,
    "deleteMessage": {"chat_id", "message_id"},
    "getChatMemberCount": {"chat_id"},
    "answerCallbackQuery": {
        "callback_query_id",
        "text",
        "show_alert",
        "url",
        "cache_time",
    },
    "setMyCommands": {"commands", "scope", "language_code"},
    "setMyDescription": {"description", "language_code"},
    "setMyShortDescription": {"short_description", "language_code"},
}
REQUIRED: dict[str, set[str]] = {
    "getUpdates": {"timeout", "allowed_updates"},
    "sendMessage": {"chat_id", "text"},
    "sendPhoto": {"chat_id", "photo"},
    "editMessageText": {"chat_id", "message_id", "text"},
    "editMessageReplyMarkup": {"chat_id", "message_id"},
    "deleteMessage": {"chat_id", "message_id"},
    "getChatMemberCount": {"chat_id"},
    "answerCallbackQuery": {"callback_query_id"},
    "setMyCommands": {"commands"},
}
# (parameter, most UTF-16 units)
LIMITS = {
    "text": 4096,
    "caption": 1024,
    "description": 512,
    "short_description": 120,
}

PNG = b"\x89PNG\r\n\x1a\n"
MOST_BYTES = 10_000_000


@dataclass(frozen=True)
class Upload:
    """A file that came with a call."""

    name: str
    content: bytes


def utf16(text: str) -> int:
    """Count as Telegram counts."""
    return len(text.encode("utf-16-le")) // 2


def breaches(method: str, given: dict[str, Any]) -> list[str]:
    """Give every breach of the contract, as Telegram would describe it."""
    found = [
        f"unknown parameter {name}" for name in given if name not in ALLOWED[method]
    ]
    found += [
        f"parameter {name} is missing"
        for name in REQUIRED.get(method, ())
        if name not in given
    ]
    limits = {**LIMITS, "text": 200} if method == "answerCallbackQuery" else LIMITS
    for name, most in limits.items():
        if utf16(str(given.get(name, ""))) > most:
            found.append(
                "message is too long" if name == "text" else f"{name} too long"
            )
    is_text = method in ("sendMessage", "editMessageText")
    if is_text and not str(given.get("text", "")).strip():
        found.append("message text is empty")
    if "language_code" in given and not re.fullmatch(
        "[a-z]{2}", given["language_code"]
    ):
        found.append("LANGUAGE_CODE_INVALID")
    if method == "sendPhoto" and "photo" in given:
        found += _photo(given["photo"])
    if method == "setMyCommands":
        found += _commands(given.get("commands"))
    found += _keyboard(given.get("reply_markup"))
    return found


def decoded(value: Any) -> Any:
    """Give a parameter that may be JSON in a text."""
    return json.loads(value) if isinstance(value, str) else value


def _photo(value: Any) -> list[str]:
    """Say what is wrong with an upload; the id of an earlier one is never used."""
    if not isinstance(value, Upload):
        return ["wrong file identifier/HTTP URL specified"]
    if len(value.content) > MOST_BYTES:
        return ["file is too big"]
    if not value.name.endswith(".png") or not value.content.startswith(PNG):
        return ["IMAGE_PROCESS_FAILED"]
    return []


def _commands(value: Any) -> list[str]:
    commands = decoded(value or "[]")
    if not 1 <= len(commands) <= 100:
        return ["wrong number of commands"]
    return [
        "BOT_COMMAND_INVALID"
        for one in commands
        if not re.fullmatch("[a-z0-9_]{1,32}", one["command"])
        or not 1 <= utf16(one["description"]) <= 256
    ]


def _keyboard(value: Any) -> list[str]:
    if value is None:
        return []
    rows = decoded(value)["inline_keyboard"]
    found = []
    if sum(len(row) for row in rows) > 100:
        found.append("too many buttons")
    for row in rows:
        if not 1 <= len(row) <= 8:
            found.append("a row needs one to eight buttons")
        for button in row:
            if not button.get("text"):
                found.append("a button needs a text")
            if set(button) != {"text", "callback_data"}:
                found.append("a button needs callback data and nothing else")
            elif not 1 <= len(button["callback_data"].encode()) <= 64:
                found.append("BUTTON_DATA_INVALID")
    return found
