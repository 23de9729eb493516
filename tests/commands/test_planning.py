"""A plan is read from what people type, and said and drawn in plain words."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from math import inf
from pathlib import Path

import pytest

from bot.cli import LANGUAGE, main
from bot.commands import planning
from bot.commands.planning import Saying, drawn, lines
from bot.commands.planning.making import made
from bot.commands.planning.proposing import proposal
from bot.digest.planning.future import Weeks
from bot.digest.planning.outset import Outset
from bot.digest.planning.plan import Asking, Found, Plan
from bot.digest.planning.quarters import Told
from bot.digest.simulation.chance import Rate
from bot.errors import InputError
from bot.messages import Catalogue
from bot.picture import WIDTH, Text
from bot.plot import plot

WORDS = Catalogue.load()
DUTCH = Saying(WORDS, "nl")
ALWAYS = Rate(300, 300)
NEVER = Rate(0, 300)


def found(drop: str, hits: int) -> Found:
    return Found(Fraction(drop), Rate(hits, 300))


THOUSAND = Plan(
    outset=Outset(1000),
    between=1.77,
    first_figure=Weeks(3, 4, 5, ALWAYS),
    nulmeting=Weeks(14, 15, 17, ALWAYS),
    smallest=found("1.1", 265),
    power=(found("0.6", 80), found("0.8", 155), found("1", 236), found("1.5", 299)),
    false=Rate(6, 300),
    phases=Told(Rate(285, 300), ALWAYS),
    asking=Asking(Fraction(1), 23, found("1", 243), 104),
)
FEW = replace(
    THOUSAND,
    outset=Outset(125),
    between=40.0,
    first_figure=Weeks(30, inf, inf, Rate(60, 300)),
    nulmeting=Weeks(inf, inf, inf, NEVER),
    smallest=None,
    power=(found("0.6", 0), found("1", 0)),
    phases=Told(NEVER, NEVER),
    asking=Asking(Fraction(1), 3, found("1", 250), 13),
)


def said(plan: Plan, saying: Saying = DUTCH) -> str:
    return "\n".join(lines(plan, 4, 300, saying))


def test_the_plan_of_a_thousand_contacts_in_plain_dutch() -> None:
    assert (
        said(THOUSAND)
        == """\
1000 contacten per week. Van 25 krijgt er 1 een uitnodiging. Van 100 mensen
doen er 20 mee.

Uitnodigingen                             ongeveer 40 per week
Mensen die alles beantwoorden             ongeveer 8 per week
Nieuwe cijfers (10 mensen of meer)        eens per 1,8 weken
Eerste cijfer                             week 4 (3 tot 5)
Zo ver kan een cijfer ernaast zitten      ± 0,4
Nulmeting klaar                           week 15 (14 tot 17)
Kleinste daling, in een kwartaal te zien  1,1 lager
Fasen naast elkaar                        elk kwartaal, 95 van de 100 keer (±
                                          3)
Vals alarm, bij 4 vragen                  ongeveer 8 van de 100 jaren

Stel, een cijfer zakt ineens. Zo vaak meldt het weekbericht dat binnen een
kwartaal:
  0,6 lager     ########----------------------  27 van de 100 keer (± 5)
  0,8 lager     ################--------------  52 van de 100 keer (± 6)
  1,0 lager     ########################------  79 van de 100 keer (± 5)
  1,5 lager     ##############################  100 van de 100 keer (± 1)

Wilt u binnen een kwartaal zien dat een cijfer 1,0 lager wordt? Zet dan bij
sampling: one_in: 23. Dat zijn ongeveer 43 uitnodigingen per week. Dan lukt
dat in 81 van de 100 keer (± 5).

Alles is ongeveer. Het komt uit 300 nagedane jaren, geteld en beoordeeld met
de regels van het weekbericht. Achter ± staat hoe ver toeval bij dat nadoen
ernaast kan zitten. Week 1 is de week waarin de eerste mensen antwoorden.
Tussen haakjes: in 8 van de 10 keer is het dan. Mensen die zelf binnenkomen
tellen hier niet mee."""
    )


def test_who_asks_too_few_is_told_that_it_shows_nothing_and_what_would() -> None:
    text = " ".join(said(FEW).split())
    for part in (
        "Eerste cijfer komt er meestal niet (20 van de 100 keer wel)",
        "Kleinste daling, in een kwartaal te zien geen; ook 3,0 niet",
        "meestal niet (na twee kwartalen 0 van de 100 keer)",
        "Met 1 op de 25 ziet u vrijwel niets. Het aantal mensen dat antwoordt, is "
        "ongeveer 1 per week.",
        "Voor een cijfer binnen 26 weken zet u bij sampling: one_in: 13.",
        "Zet dan bij sampling: one_in: 3.",
    ):
        assert part in text


@pytest.mark.parametrize(
    ("change", "part"),
    [
        (
            lambda plan: replace(plan, asking=replace(plan.asking, shows=None)),
            "Ook als u iedereen vraagt, komt er binnen 26 weken meestal geen cijfer.",
        ),
        (
            lambda plan: replace(
                plan, asking=replace(plan.asking, finds=None, found=found("1", 30))
            ),
            "ook niet als u iedereen vraagt: in 10 van de 100 keer (± 4).",
        ),
        (lambda plan: replace(plan, between=inf), "(10 mensen of meer) bijna nooit"),
        (lambda plan: replace(plan, between=1.0), "(10 mensen of meer) elke week"),
        (
            lambda plan: replace(plan, nulmeting=Weeks(26, 30, inf, Rate(240, 300))),
            "Nulmeting klaar week 30, maar 20 van de 100 keer niet",
        ),
        (
            lambda plan: replace(plan, nulmeting=Weeks(13, 13, 13, ALWAYS)),
            "Nulmeting klaar week 13 Kleinste",
        ),
        (
            lambda plan: replace(plan, phases=Told(NEVER, ALWAYS)),
            "elke twee kwartalen, 100 van de 100 keer (± 1)",
        ),
    ],
)
def test_what_is_otherwise_is_said_otherwise(
    change: Callable[[Plan], Plan], part: str
) -> None:
    assert part in " ".join(said(change(FEW)).split())


def test_who_asks_enough_is_told_so_and_that_fewer_would_do() -> None:
    enough = replace(THOUSAND, asking=replace(THOUSAND.asking, finds=30))
    enough = replace(enough, power=(found("1", 280),))
    text = " ".join(said(enough).split())
    now = "ziet u zo binnen een kwartaal: in 93 van de 100 keer (± 3)."
    assert f"Een cijfer dat 1,0 lager wordt, {now}" in text
    assert "met one_in: 30 lukt het ook." in text
    just = replace(enough, asking=replace(enough.asking, finds=25))
    assert "lukt het ook" not in said(just)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("plan", [THOUSAND, FEW])
def test_every_number_in_the_picture_stands_in_the_text(
    plan: Plan, language: str
) -> None:
    saying = Saying(WORDS, language)
    text = " ".join(said(plan, saying).split())
    picture = drawn(plan, saying)
    headings = {
        saying.say("title"),
        saying.say("chart.weeks", weeks=52),
        saying.say("chart.power"),
    }
    shown = [shape for shape in picture.shapes if isinstance(shape, Text)]
    assert [one.words for one in shown if one.words not in headings | {""}]
    for one in shown:
        assert one.words in headings or one.words in text
        assert one.words in picture.alt
    assert picture.width == WIDTH
    assert plot(picture).startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("read", "text", "value"),
    [
        (planning.read_contacts, 1000, 1000),
        (planning.read_one_in, 1, 1),
        (planning.read_questions, 4, 4),
        (planning.read_response, "0.2", Fraction(1, 5)),
        (planning.read_response, " 0,35 ", Fraction(7, 20)),
        (planning.read_response, "1", Fraction(1)),
        (planning.read_response, ".5", Fraction(1, 2)),
        (planning.read_find, "0,8", Fraction(4, 5)),
        (planning.read_find, "3", Fraction(3)),
        (
            planning.read_phases,
            "30,25,45",
            (Fraction(3, 10), Fraction(1, 4), Fraction(9, 20)),
        ),
        (planning.read_phases, "1, 3", (Fraction(1, 4), Fraction(3, 4))),
    ],
)
def test_numbers_are_read_as_people_type_them(
    read: Callable[[object], object], text: object, value: object
) -> None:
    assert read(text) == value


@pytest.mark.parametrize(
    ("read", "text", "code"),
    [
        (planning.read_contacts, 0, "plan-contacts"),
        (planning.read_contacts, 1_000_001, "plan-contacts"),
        (planning.read_one_in, 0, "plan-one-in"),
        (planning.read_one_in, 1001, "plan-one-in"),
        (planning.read_questions, 0, "plan-questions"),
        (planning.read_questions, 5, "plan-questions"),
        (planning.read_response, "20", "plan-response"),
        (planning.read_response, "0", "plan-response"),
        (planning.read_response, "-0.2", "plan-response"),
        (planning.read_response, "20%", "plan-response"),
        (planning.read_response, "1e-1", "plan-response"),
        (planning.read_response, "0.0000000001", "plan-response"),
        (planning.read_response, "²", "plan-response"),
        (planning.read_response, "", "plan-response"),
        (planning.read_find, "0.5", "plan-find"),
        (planning.read_find, "0.85", "plan-find"),
        (planning.read_find, "3.1", "plan-find"),
        (planning.read_find, "veel", "plan-find"),
        (planning.read_phases, "100", "plan-phases"),
        (planning.read_phases, "1,2,3,4", "plan-phases"),
        (planning.read_phases, "50,0", "plan-phases"),
        (planning.read_phases, "50,-5", "plan-phases"),
        (planning.read_phases, "a,b", "plan-phases"),
    ],
)
def test_a_number_that_cannot_be_is_refused(
    read: Callable[[object], object], text: object, code: str
) -> None:
    with pytest.raises(InputError) as refused:
        read(text)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("contacts", "key"), [(4, "Iedereen, want"), (400, "Voorgesteld"), (9000, "1 op")]
)
def test_a_proposal_says_why(contacts: int, key: str) -> None:
    found = proposal(Outset(contacts), 10, WORDS, "nl")
    assert found.why.startswith(key)
    assert f" {contacts} contacten per week, als 20 van de 100" in found.why
    assert (found.one_in == 25) is (contacts == 9000)
    assert (found.one_in == 1) is (contacts == 4)


def test_the_command_says_what_was_planned_and_draws_it(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(planning, "RUNS", 5)
    monkeypatch.setenv(LANGUAGE, "en")
    file = tmp_path / "plan.png"
    words = ["plan", "--contacts-per-week", "400", "--response", "0,3", "--one-in"]
    more = ["10", "--find", "1.5", "--questions", "3", "--phases", "1,1"]
    assert main([*words, *more, "--chart", str(file)]) == 0
    made_here = made(
        Outset(400, 10, Fraction(3, 10)), Fraction(3, 2), (Fraction(1, 2),) * 2, 5
    )
    expected = "\n".join(lines(made_here, 3, 5, Saying(WORDS, "en")))
    written = WORDS.text("staff.said.picture-written", "en", path=file)
    assert capsys.readouterr().out == f"{expected}\n{written}\n"
    assert file.read_bytes().startswith(b"\x89PNG")


def test_the_command_needs_no_more_than_a_number_of_contacts(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planning, "RUNS", 5)
    assert main(["plan", "--contacts-per-week", "125"]) == 0
    assert "Met 1 op de 25 ziet u vrijwel niets." in capsys.readouterr().out
    assert main(["plan", "--contacts-per-week", "125", "--response", "20"]) == 1
    text = WORDS.text("staff.error.plan-response", "nl")
    assert text in capsys.readouterr().err
