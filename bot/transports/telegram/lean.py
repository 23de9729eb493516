"""Leave out of our own messages what nobody reads again, before they are decoded.

Telegram repeats a message in every answer and with every tap. The library makes an
object of each of its buttons, which takes longer than all the rest of a step.
"""

from typing import Any, Final

_PLACE: Final = ("message_id", "date", "chat")


def place_of(value: Any) -> Any:
    """Keep of a message which one it is, and where; give anything else as it is."""
    if isinstance(value, dict) and all(name in value for name in _PLACE):
        return {name: value[name] for name in _PLACE}
    return value


def lean(update: dict[str, Any]) -> dict[str, Any]:
    """Keep of a tap on which message it was, not what that message says."""
    query = update.get("callback_query")
    if not isinstance(query, dict) or "message" not in query:
        return update
    return {
        **update,
        "callback_query": {**query, "message": place_of(query["message"])},
    }
