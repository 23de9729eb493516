"""What researchers get: every closed group as a table, and the words it was asked in.

Made of released batches, decisions and published surveys alone. It takes no clock: the
same history gives the same bytes.
"""

from bot.digest.export.history import History, Version, by_name
from bot.digest.export.package import files

__all__ = ["History", "Version", "by_name", "files"]
