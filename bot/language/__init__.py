"""What language people type in, on the tables of langdetect, to offer a switch to it.

`letters` cleans a text and names its script, `scripts` and `tables` weigh it, `policy`
decides, `threaded` serves the conversation, `detecting` tells authors beforehand. No
label is ever stored, and none reaches a digest, an export or a log: one remark in a
rare language names its author.
"""

from bot.language.detecting import Detecting, detecting
from bot.language.policy import Hints, guess
from bot.language.tables import warm
from bot.language.threaded import ThreadedGuesser

__all__ = ["Detecting", "Hints", "ThreadedGuesser", "detecting", "guess", "warm"]
