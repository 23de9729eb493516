"""How occasions ended is said with its fractions, in words and to programs."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from bot.anonymity import Invitation, new_id
from bot.ballots import Outcome
from bot.cli import main
from bot.commands.rating import Report, document, released
from bot.commands.setup import Wishes, make
from bot.core.codes import make as make_code
from bot.core.flow import Origin, Phase
from bot.digest.occasions import Occasions, Period, Untold, occasions
from bot.digest.rates import RUN_UP
from bot.messages import Catalogue
from tests.digest.examples import SOZAWE, archive, at, batch, live
from tests.digest.test_rates import WORKED
from tests.doubles.installation import Clock, installation_in, opened, shipped_flows
from tests.doubles.person import Person

WORDS = Catalogue.load()
DRAWN: dict[Outcome, int] = {
    outcome: n
    for outcome, n in WORKED.items()
    if outcome not in (Outcome.COMPLETE, Outcome.NOT_DRAWN)
}
PASSED_OVER = {Outcome.NOT_DRAWN: 240, Outcome.REFUSED: 8}
BATCHES = (
    batch(at(0), SOZAWE, {"counter": {"8": 41}}, DRAWN),
    batch(at(RUN_UP), SOZAWE, {"counter": {"8": 12}}, PASSED_OVER, Origin.WALK_IN),
)


def told(week: int = RUN_UP) -> list[Occasions]:
    seen = [one for one in BATCHES if one.week <= at(week)]
    return occasions(seen, archive(SOZAWE), live(SOZAWE), at(week))


def said(found: list[Occasions], language: str = "nl") -> str:
    return "\n".join(Report(WORDS, language).lines(found))


def test_the_fractions_are_those_that_went_in() -> None:
    assert (
        said(told()).partition("\n\nDit zijn alleen")[0]
        == """\
sozawe: mensen met een uitnodiging
                                                    week 9    laatste 13 weken
Geloot, en bekend hoe het afliep                       200                   0
  Niet geopend                                         120                   0
  Geopend                                               80                   0
    Niets geantwoord                                     9                   0
    Wil niet, of stopte                                 15                   0
    Begonnen, niet afgemaakt                            15                   0
    Alles beantwoord                                    41                   0
Respons (RR1)                            41 van 200 (20 %)           te weinig
Medewerking (COOP1)                       41 van 80 (51 %)           te weinig
Contact (CON1)                           80 van 200 (40 %)           te weinig

sozawe: mensen die zelf binnenkwamen
                                                   week 25    laatste 13 weken
Niet gekozen door het toeval                           240                 240
Kreeg de vragen                                         20                  20
    Niets geantwoord                                     0                   0
    Wil niet, of stopte                                  8                   8
    Begonnen, niet afgemaakt                             0                   0
    Alles beantwoord                                    12                  12
Geen respons: deze mensen zijn niet geloot uit een lijst."""
    )


def test_a_rate_that_stands_on_too_few_is_left_out_by_itself() -> None:
    few = {Outcome.NOT_OPENED: 60, Outcome.REFUSED: 7}
    batches = [batch(at(0), SOZAWE, {"counter": {"8": 12}}, few)]
    found = occasions(batches, archive(SOZAWE), live(SOZAWE), at(RUN_UP))
    assert "Medewerking (COOP1)                              te weinig" in said(found)
    whole = document(found)["occasions"]
    assert isinstance(whole, list)
    assert whole[0]["rates"] == {
        "rr1": {"part": 12, "whole": 79},
        "con1": {"part": 19, "whole": 79},
    }


def test_why_there_is_no_rate_yet_is_said() -> None:
    early = " ".join(said(told(2)).split())
    assert "Nog geen respons." in early
    assert f"Nog {RUN_UP - 2} weken." in early
    assert "Respons (RR1)" not in early
    none = occasions([], {}, live(SOZAWE), at(0))
    assert said(none).splitlines()[1] == WORDS.text(
        "staff.rates.untold.too_few", "nl", least=20
    )
    assert said([], "en") == WORDS.text("staff.rates.nothing", "en")


def test_weeks_of_which_only_those_who_opened_are_known_have_no_rate() -> None:
    late = batch(at(RUN_UP), SOZAWE, {"counter": {"8": 12}}, {Outcome.REFUSED: 8})
    whole, window = occasions(
        [BATCHES[0], late], archive(SOZAWE), live(SOZAWE), at(RUN_UP)
    )
    lines = said([whole, window]).splitlines()
    response = next(line for line in lines if line.startswith("Respons (RR1)"))
    assert response.split()[2:] == ["53", "van", "220", "(24", "%)", "onbekend"]
    assert lines[12].startswith("Geen respons waar nog niemand geteld is die zijn")
    rates = document([whole, window])["occasions"]
    assert isinstance(rates, list)
    assert (rates[1]["rates"], rates[1]["untold"]) == ({}, "unopened_unknown")


def test_programs_get_all_of_it() -> None:
    found = document(told())
    assert json.loads(json.dumps(found)) == found
    assert found["format"] == 1
    first, *_, last = found["occasions"] if isinstance(found["occasions"], list) else []
    assert first == {
        "flow": "sozawe",
        "origin": "invited",
        "period": "whole",
        "first": at(0),
        "last": at(0),
        "counts": {
            "drawn": 200,
            "not_opened": 120,
            "opened": 80,
            "no_reply": 9,
            "refused": 15,
            "broke_off": 15,
            "complete": 41,
        },
        "outcomes": {
            str(outcome): n for outcome, n in (WORKED | {Outcome.NOT_DRAWN: 0}).items()
        },
        "untold": None,
        "rates": {
            "rr1": {"part": 41, "whole": 200},
            "coop1": {"part": 41, "whole": 80},
            "con1": {"part": 80, "whole": 200},
        },
    }
    assert (last["origin"], last["untold"], last["rates"]) == (
        "walk_in",
        "walked_in",
        {},
    )


def test_the_command_reads_what_was_released_and_nothing_else(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make(tmp_path / "new", Wishes("14 023"))
    config = ["--config", str(tmp_path / "new" / "config.yaml")]
    for key in (tmp_path / "new" / "keys").iterdir():
        key.chmod(0)
    assert main(["rates", *config]) == 0
    assert capsys.readouterr().out.strip() == WORDS.text("staff.rates.nothing", "nl")
    assert main(["rates", "--json", *config]) == 0
    assert json.loads(capsys.readouterr().out) == {"format": 1, "occasions": []}
    (tmp_path / "new" / "data" / "answers.db").unlink()
    assert main(["rates", *config]) == 1
    assert "answers.db" in capsys.readouterr().err


async def test_what_people_did_is_what_is_told(tmp_path: Path) -> None:
    clock, installation = Clock(), installation_in(tmp_path)
    async with opened(installation, clock, shipped_flows()["sozawe"]) as app:
        for number in range(24):
            person = Person(app.service, f"telegram:{number + 1}")
            await person.opens("e_sozawe")
            refuses = ("Nee, liever niet",)
            answers = ("Ja, ik doe mee", "7", "8", "Eens", "Helemaal eens")
            await person.taps(*(answers if number < 17 else refuses))
        await app.opening.open(clock(), app.week)
        found = await released(installation)
    assert [(one.flow, one.origin, one.untold) for one in found] == [
        ("sozawe", origin, why)
        for origin, why in (
            (Origin.INVITED, Untold.TOO_FEW),
            (Origin.WALK_IN, Untold.WALKED_IN),
        )
        for _ in Period
    ]
    assert found[-1].counts == {
        "not_drawn": 0,
        "asked": 24,
        "no_reply": 0,
        "refused": 7,
        "broke_off": 0,
        "complete": 17,
    }


async def test_a_mailing_whose_unopened_invitations_are_never_counted_has_no_rate(
    tmp_path: Path,
) -> None:
    clock, installation = Clock(), installation_in(tmp_path)
    sozawe = shipped_flows()["sozawe"]
    async with opened(installation, clock, sozawe) as app:
        codes = [make_code(bytes([number] * 16)) for number in range(60)]
        until = clock() + timedelta(weeks=3)
        await app.door.invite(
            [
                Invitation(code, sozawe.content_hash, Phase.INTAKE, until, new_id())
                for code in codes
            ]
        )
        for number, code in enumerate(codes[:20]):
            person = Person(app.service, f"telegram:{number + 1}")
            await person.opens(f"i_{code}")
            refuses = ("Nee, liever niet",)
            answers = ("Ja, ik doe mee", "7", "8", "Eens", "Helemaal eens")
            await person.taps(*(answers if number < 11 else refuses))
        # Forty wait for ten who answer from the fourth week on, and are destroyed.
        for weeks in (1, 3, 13):
            clock.turn(weeks=weeks)
            await app.opening.open(clock(), app.week)
        found = await released(installation)
    whole = found[0]
    assert (whole.counts["drawn"], whole.counts["complete"]) == (20, 11)
    assert (whole.rates, whole.untold) == (None, Untold.UNOPENED_UNKNOWN)
    lines = said(found).splitlines()
    assert "Respons (RR1)" not in said(found)
    assert lines[9].startswith("Geen respons waar nog niemand geteld is die zijn")
