"""The sheets for privacy officers, works councils and clients say what is so."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from bot import reviews
from bot.ballots import LOT, PATIENCE, K
from bot.commands.drawing import VALID
from bot.config import Sampling
from bot.core.session import LIFETIME
from bot.digest.model import ENOUGH, WINDOW
from bot.messages import Catalogue
from storage.seen import REMEMBERED

SHEETS = Path(__file__).parent.parent / "docs" / "privacy"
PRIVACY = Catalogue.load().text("client.privacy", "nl", phone="14 023")
HOURS, WEEKS = timedelta(hours=1), timedelta(weeks=1)
# In the box, and then before a reviewer and for company.
HALF = "een half jaar" if PATIENCE + reviews.PATIENCE == 26 else "?"


def sheet(name: str) -> str:
    return (SHEETS / f"{name}.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("dpia-invoer", f"1 op de {Sampling().one_in} contacten"),
        ("dpia-invoer", f"hoogstens {LIFETIME // HOURS} uur"),
        ("dpia-invoer", f"tot er {K} complete zijn, hoogstens {PATIENCE} weken"),
        ("dpia-invoer", f"hoogstens {VALID // WEEKS} weken"),
        ("dpia-invoer", f"laatste {REMEMBERED:,} berichten".replace(",", ".")),
        ("dreigingen", f"hoogstens {PATIENCE} weken, op slot"),
        ("register", f"hoogstens {LIFETIME // HOURS} uur"),
        ("register", f"hoogstens {PATIENCE} weken; uitnodiging: {VALID // WEEKS}"),
        ("register", f"cijfers over {K} mensen of meer"),
        ("uitleg-voor-klanten", f"cijfers van {K} mensen of meer"),
        ("uitleg-voor-klanten", f"Na ongeveer {round(PATIENCE / 52 * 12)} maanden"),
        ("ondernemingsraad", f"Geen cijfer onder {K} mensen"),
        ("ondernemingsraad", f"bij {ENOUGH} antwoorden in {WINDOW} weken"),
    ],
)
def test_a_number_in_a_sheet_is_that_of_the_code(name: str, said: str) -> None:
    assert said in sheet(name)


def test_the_page_for_clients_promises_what_the_chat_promises() -> None:
    page = sheet("uitleg-voor-klanten")
    promises = (
        "Elke week vernietigen wij de sleutels. Daarna kan niemand bij de gemeente "
        "vinden welk antwoord van u is.",
        "Wij tonen alleen cijfers van 10 mensen of meer samen.",
        "Telegram kan uw berichten zien.",
        "Wie onze computer beheert, kan meekijken tot de sleutels weg zijn.",
        "Alleen de totalen en de opmerkingen die wij tonen bewaren wij langer.",
        f"Wij tonen opmerkingen pas als er {LOT} of meer zijn.",
        f"binnen ongeveer {HALF} weg.",
        # A used link answers otherwise than an unused one, whoever tries it.
        "Wie de uitnodigingen verstuurt, weet wie er een kreeg en kan zien wie die "
        "opende.",
    )
    for promise in promises:
        assert promise in page
        assert promise in PRIVACY


def test_the_page_for_clients_is_short_and_in_short_sentences() -> None:
    page = sheet("uitleg-voor-klanten")
    plain = re.sub(r"[*#-]", "", page)
    sentences = [s for s in re.split(r"(?<=[.?!:]) |\n", plain) if s.strip()]
    assert [s for s in sentences if len(s.split()) > 15] == []
    assert len(page.split()) < 400
