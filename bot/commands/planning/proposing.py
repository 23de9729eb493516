"""How many contacts should be asked, and why, for a configuration that is made."""

from bot.commands.planning.making import proposed
from bot.commands.planning.saying import Saying
from bot.commands.setup import Proposal
from bot.digest.planning.outset import Outset
from bot.messages import Catalogue


def proposal(outset: Outset, runs: int, words: Catalogue, language: str) -> Proposal:
    """Propose a one_in for a department."""
    found = proposed(outset, runs)
    saying = Saying(words, language)
    if found.finds is None:
        key = "everybody"
    else:
        key = "finds" if found.proposed == found.finds else "usual"
    why = words.text(
        f"staff.setup.one-in.{key}",
        language,
        contacts=outset.contacts,
        percent=saying.number(100 * outset.response),
        often=saying.often(found.found.rate),
    )
    return Proposal(found.proposed, why)
