"""Leave out of our own messages what nobody reads again, before they are decoded.

Telegram repeats a message in every answer and with every tap. The library makes an
object of each of its buttons, which takes longer than all the rest of a step.
"""

from typing import Any, Final

_PLACE: Final = ("message_id", "date", "chat")


def of_answer(result: Any) -> Any:
    """Keep of a sent message which one it is; of a changed one that it was changed.

    Anything else stays as it is.
    """
    if not _is_message(result):
        return result
    if "edit_date" in result:
        # What the Bot API answers where it cannot show the message.
        return True
    return {name: result[name] for name in _PLACE}


def of_update(update: dict[str, Any]) -> dict[str, Any]:
    """Keep of a tap on which message it was, not what that message says."""
    query = update.get("callback_query")
    if not isinstance(query, dict) or not _is_message(query.get("message")):
        return update
    message = {name: query["message"][name] for name in _PLACE}
    # Date 0 says that no more is known of it: for these the library has a small object.
    message["date"] = 0
    return {**update, "callback_query": {**query, "message": message}}


def _is_message(value: Any) -> bool:
    return isinstance(value, dict) and all(name in value for name in _PLACE)
