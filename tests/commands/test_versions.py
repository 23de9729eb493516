"""Publishing says beforehand what changes, and what that does to the measuring."""

import asyncio
import io
import shutil
import sys
from pathlib import Path

import pytest

from bot.app import App, open_app
from bot.ballots import Opening
from bot.cli import main
from bot.commands.publishing import past, publish, read_draft, review
from bot.config import Installation, read_config
from bot.core.changes import Part, What
from bot.core.weeks import week_after
from bot.errors import InputError
from bot.messages import Catalogue, spoken
from tests.digest.examples import made_up
from tests.doubles.installation import SHIPPED, Clock, opened, shipped_flows

SOZAWE = shipped_flows()["sozawe"]
ASKED = "Hoe ging de medewerker van de balie met u om?"


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    shutil.copytree(SHIPPED, tmp_path / "flows")
    path = tmp_path / "config.yaml"
    path.write_text('phone: "14 023"\nentries: {balie: {flow: sozawe}}\n')
    return read_config(path)


def polsslag(installation: Installation, *words: str) -> int:
    return main([*words, "--config", str(installation.folder / "config.yaml")])


def edit(installation: Installation, old: str, new: str) -> None:
    """Change a draft as its author would."""
    path = installation.flows / "sozawe.yaml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def live(installation: Installation) -> dict[str, int]:
    """Give the number of the version that is live, by name of flow."""

    async def look() -> dict[str, int]:
        async with open_app(installation) as app:
            found = {}
            for name, content_hash in (await app.stores.archive.live()).items():
                versions = await app.stores.archive.versions(name)
                numbers = {one: number for number, one, _ in versions}
                found[name] = numbers[content_hash]
            return found

    return asyncio.run(look())


def said(capsys: pytest.CaptureFixture[str]) -> str:
    """Give what was printed, on one line."""
    return " ".join(capsys.readouterr().out.split())


def test_the_first_version_of_all_is_said_to_be_one(
    installation: Installation, capsys: pytest.CaptureFixture[str]
) -> None:
    assert polsslag(installation, "publish", "sozawe", "--yes") == 0
    printed = said(capsys)
    assert "sozawe is nog nooit live geweest. Dit wordt versie 1." in printed
    assert "De meting van alle vragen begint." in printed
    assert printed.endswith("sozawe staat live. Dit is versie 1.")


def test_nothing_is_made_and_nothing_goes_live_without_a_yes(
    installation: Installation,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    assert polsslag(installation, "publish", "sozawe") == 1
    assert "--yes" in capsys.readouterr().err
    assert not installation.data.exists()


def test_a_changed_question_is_shown_and_begins_anew_alone(
    installation: Installation, capsys: pytest.CaptureFixture[str]
) -> None:
    polsslag(installation, "publish", "sozawe", "--yes")
    edit(installation, ASKED, "Hoe was de balie?")
    capsys.readouterr()

    assert polsslag(installation, "publish", "sozawe", "--yes") == 0
    printed = said(capsys)
    assert "versie 1 staat live. Dit wordt versie 2." in printed
    assert (
        f"De vraag 'counter' is anders (Nederlands): “{ASKED} Geef een cijfer.” wordt "
        "“Hoe was de balie? Geef een cijfer.”"
    ) in printed
    assert "counter: de meting van deze vraag begint opnieuw." in printed
    assert "De andere lopen door: case_manager, kind_and_efficient, next_step." in (
        printed
    )
    assert live(installation) == {"sozawe": 2}


def test_a_translation_alone_breaks_nothing(
    installation: Installation, capsys: pytest.CaptureFixture[str]
) -> None:
    polsslag(installation, "publish", "sozawe", "--yes")
    edit(installation, "How did the person at the counter treat you?", "How was it?")
    capsys.readouterr()

    polsslag(installation, "publish", "sozawe", "--yes")
    printed = said(capsys)
    assert "De vraag 'counter' is anders (Engels)" in printed
    assert "Wat dat doet met het meten: - Alle metingen lopen door." in printed
    assert "opnieuw" not in printed


def test_the_same_again_changes_nothing_and_asks_nothing(
    installation: Installation,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    polsslag(installation, "publish", "sozawe", "--yes")
    edit(installation, "# Wat willen wij weten?", "# Wat willen we weten?")
    capsys.readouterr()
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))

    assert polsslag(installation, "publish", "sozawe") == 0
    assert said(capsys).endswith(
        "sozawe was al live. Er is niets veranderd. Dit is versie 1."
    )


def test_a_change_of_order_alone_is_a_version_and_can_be_taken_back(
    installation: Installation, capsys: pytest.CaptureFixture[str]
) -> None:
    one, other = "[bejegening, efficiency]", "[efficiency, bejegening]"
    polsslag(installation, "publish", "sozawe", "--yes")
    edit(installation, one, other)
    polsslag(installation, "publish", "sozawe", "--yes")
    assert "Aan de teksten verandert niets." in said(capsys)
    assert live(installation) == {"sozawe": 2}

    edit(installation, other, one)
    assert polsslag(installation, "publish", "sozawe", "--yes") == 0

    assert "was al live" not in said(capsys)
    assert live(installation) == {"sozawe": 1}
    polsslag(installation, "history", "sozawe")
    assert "Alleen een volgorde is anders." in said(capsys)


def test_a_question_put_first_breaks_those_after_it(
    installation: Installation, capsys: pytest.CaptureFixture[str]
) -> None:
    polsslag(installation, "publish", "sozawe", "--yes")
    path = installation.flows / "sozawe.yaml"
    text = path.read_text("utf-8")
    head, _, rest = text.partition("  - name: counter\n")
    counter, _, tail = rest.partition("  - name: case_manager\n")
    manager, _, tail = tail.partition("  - name: kind_and_efficient\n")
    path.write_text(
        f"{head}  - name: case_manager\n{manager}  - name: counter\n{counter}"
        f"  - name: kind_and_efficient\n{tail}"
    )
    capsys.readouterr()

    polsslag(installation, "publish", "sozawe", "--yes")
    printed = said(capsys)
    assert "De volgorde is anders: counter, case_manager" in printed
    why = "De vraag is dezelfde, maar ervóór wordt iets anders gevraagd."
    assert printed.count(why) == 4
    # The same for all four, so it is said once.
    assert printed.count("Een cijfer komt er vanaf 20 antwoorden.") == 1


def test_an_earlier_wording_goes_on_with_its_earlier_measure(
    installation: Installation, capsys: pytest.CaptureFixture[str]
) -> None:
    polsslag(installation, "publish", "sozawe", "--yes")
    edit(installation, ASKED, "Hoe was de balie?")
    polsslag(installation, "publish", "sozawe", "--yes")
    edit(installation, "Hoe was de balie?", ASKED)
    capsys.readouterr()

    polsslag(installation, "publish", "sozawe", "--yes")
    printed = said(capsys)
    assert "Precies deze tekst is al eens live geweest, als versie 1." in printed
    assert "counter: deze vraag is weer zoals in versie 1." in printed
    assert live(installation) == {"sozawe": 1}


async def released_by_week(app: App, weeks: int, people: int) -> None:
    """Release so many people a week, up to last week."""
    for number in range(weeks):
        await release(app, week_after(app.week, number - weeks), number, people)


async def release(app: App, week: str, seed: int, people: int) -> None:
    batch = made_up(seed, week, SOZAWE, people, opted_out=0)
    done = Opening(week, (batch,), (), b"sums", (), (), 0)
    epoch = await app.stores.ballots.epoch()
    await app.stores.ballots.open_box(epoch, epoch, lambda _: done)


def test_it_says_how_long_the_break_will_last(
    installation: Installation, capsys: pytest.CaptureFixture[str]
) -> None:
    async def fill() -> None:
        async with opened(installation, Clock(), SOZAWE) as app:
            await released_by_week(app, 15, 10)

    asyncio.run(fill())
    edit(installation, ASKED, "Hoe was de balie?")

    polsslag(installation, "publish", "sozawe", "--yes")
    assert (
        "over ongeveer 2 weken een cijfer, en over ongeveer 13 weken een nulmeting."
        in said(capsys)
    )

    polsslag(installation, "history", "sozawe")
    printed = said(capsys)
    assert "Antwoorden geteld in week 15 (2026) tot en met week 29 (2026)." in printed
    assert "De vraag 'counter' (Nederlands)" in printed
    assert "counter: de meting van deze vraag begint opnieuw." in printed


def test_what_went_live_meanwhile_is_not_replaced_unseen(
    installation: Installation,
) -> None:
    draft = read_draft(installation.flows, "sozawe")

    async def both() -> None:
        seen = review(draft.flow, await past(installation, "sozawe"))
        async with open_app(installation) as app:
            await publish(app, SOZAWE.model_copy(update={"title": {"nl": "Anders"}}))
            with pytest.raises(InputError, match="published-meanwhile"):
                await publish(app, draft.flow, after=seen)

    asyncio.run(both())
    assert live(installation) == {"sozawe": 1}


def test_a_survey_that_is_taken_off_can_go_on_where_it_was(
    installation: Installation, capsys: pytest.CaptureFixture[str]
) -> None:
    polsslag(installation, "publish", "sozawe", "--yes")
    capsys.readouterr()

    assert polsslag(installation, "unpublish", "sozawe", "--yes") == 0
    assert "Deze vaste links leiden ernaartoe: balie." in said(capsys)
    assert live(installation) == {}
    assert polsslag(installation, "unpublish", "sozawe", "--yes") == 1
    assert "staat niet live" in capsys.readouterr().err
    polsslag(installation, "history", "sozawe")
    assert "Er staat nu geen versie van sozawe live." in said(capsys)

    assert polsslag(installation, "publish", "sozawe", "--yes") == 0
    printed = said(capsys)
    assert "sozawe staat nu niet live." in printed
    assert "Alle metingen lopen door." in printed
    assert live(installation) == {"sozawe": 1}


def test_opened_again_with_what_clients_saw_last_nothing_changes(
    installation: Installation, capsys: pytest.CaptureFixture[str]
) -> None:
    polsslag(installation, "publish", "sozawe", "--yes")
    edit(installation, ASKED, "Hoe ging de balie met u om?")
    polsslag(installation, "publish", "sozawe", "--yes")
    edit(installation, "Hoe ging de balie met u om?", ASKED)
    polsslag(installation, "publish", "sozawe", "--yes")
    polsslag(installation, "unpublish", "sozawe", "--yes")
    capsys.readouterr()

    polsslag(installation, "publish", "sozawe", "--yes")

    printed = said(capsys)
    assert "Vergeleken met versie 1:" in printed
    assert "Alle metingen lopen door." in printed
    assert live(installation) == {"sozawe": 1}


def test_a_survey_is_not_taken_off_without_a_yes(
    installation: Installation,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    polsslag(installation, "publish", "sozawe", "--yes")
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    assert polsslag(installation, "unpublish", "sozawe") == 1
    assert live(installation) == {"sozawe": 1}


def test_the_history_of_what_never_was_is_a_fault(
    installation: Installation, capsys: pytest.CaptureFixture[str]
) -> None:
    assert polsslag(installation, "history", "sozawe") == 1
    assert "nog nooit live geweest" in capsys.readouterr().err


def test_every_change_place_and_language_has_its_words() -> None:
    keys = Catalogue.load().keys("staff")
    for what in What:
        assert {f"staff.change.{what}", f"staff.brief.{what}"} <= keys
    assert {f"staff.place.{part}" for part in Part} <= keys
    assert {f"staff.tongue.{language}" for language in spoken("client")} <= keys


TONGUES = {
    "en": "How did the person at the counter treat you?",
    "ar": "كيف عاملك موظف الاستقبال (balie)؟",
    "tr": "Gişedeki (balie) görevli size nasıl davrandı?",
}


def offered(installation: Installation) -> tuple[str, ...]:
    """Give the languages of what is live."""
    found = asyncio.run(past(installation, "sozawe"))
    assert found.live is not None
    return found.live.flow.languages


def test_a_translation_older_than_its_dutch_leaves_the_menu_until_it_is_mended(
    installation: Installation, capsys: pytest.CaptureFixture[str]
) -> None:
    polsslag(installation, "publish", "sozawe", "--yes")
    edit(installation, ASKED, "Hoe was de balie?")
    edit(installation, TONGUES["tr"], "Gişe nasıldı?")
    capsys.readouterr()

    assert polsslag(installation, "check", str(installation.flows)) == 0
    found = capsys.readouterr().out
    assert found.count("stale-translation") == 2
    assert polsslag(installation, "publish", "sozawe", "--yes") == 0
    printed = said(capsys)
    assert "Engels staat niet in het menu: het Nederlands is veranderd" in printed
    assert "Arabisch staat niet in het menu" in printed
    assert "Een taal gaat uit het menu: Engels." in printed
    assert offered(installation) == ("nl", "tr")

    # Waiting does not make it fresh, nor does another version.
    edit(installation, 'nl: "Klantmanager"', 'nl: "Uw klantmanager"')
    polsslag(installation, "publish", "sozawe", "--yes")
    assert offered(installation) == ("nl", "tr")
    capsys.readouterr()
    assert polsslag(installation, "publish", "sozawe", "--yes") == 0
    printed = said(capsys)
    assert "Engels staat niet in het menu" in printed
    assert "Er is niets veranderd." in printed

    edit(installation, TONGUES["en"], "How was the counter?")
    polsslag(installation, "publish", "sozawe", "--yes")
    printed = said(capsys)
    assert "Er is een taal bij: Engels." in printed
    assert "Alle metingen lopen door." in printed
    assert offered(installation) == ("nl", "en", "tr")


def test_a_scale_that_changed_in_dutch_alone_takes_its_translations_along(
    installation: Installation, capsys: pytest.CaptureFixture[str]
) -> None:
    polsslag(installation, "publish", "sozawe", "--yes")
    scales = installation.flows / "scales.yaml"
    text = scales.read_text("utf-8")
    assert '"Helemaal eens"' in text
    scales.write_text(text.replace('"Helemaal eens"', '"Zeer eens"'), "utf-8")
    capsys.readouterr()

    polsslag(installation, "publish", "sozawe", "--yes")
    assert "scales.yaml: " in said(capsys)
    assert offered(installation) == ("nl",)


def test_what_clients_saw_last_says_whether_a_translation_is_stale(
    installation: Installation,
) -> None:
    polsslag(installation, "publish", "sozawe", "--yes")
    edit(installation, ASKED, "Hoe was de balie?")
    for old in TONGUES.values():
        edit(installation, old, f"{old} 2")
    polsslag(installation, "publish", "sozawe", "--yes")
    # Back to the first version, and from there to a third.
    for old in TONGUES.values():
        edit(installation, f"{old} 2", old)
    edit(installation, "Hoe was de balie?", ASKED)
    polsslag(installation, "publish", "sozawe", "--yes")
    assert offered(installation) == ("nl", "en", "ar", "tr")

    edit(installation, ASKED, "Hoe vond u de balie?")
    polsslag(installation, "publish", "sozawe", "--yes")
    assert offered(installation) == ("nl",)


def test_a_name_does_not_come_back_for_another_question(
    installation: Installation, capsys: pytest.CaptureFixture[str]
) -> None:
    polsslag(installation, "publish", "sozawe", "--yes")
    edit(installation, "- name: counter", "- name: reception")
    polsslag(installation, "publish", "sozawe", "--yes")
    edit(installation, "- name: reception", "- name: counter")
    edit(installation, ASKED, "Hoe lang wachtte u?")
    capsys.readouterr()

    assert polsslag(installation, "publish", "sozawe", "--yes") == 1
    assert "reused-name" in capsys.readouterr().err
    assert live(installation) == {"sozawe": 2}


def test_who_may_not_read_the_data_can_check_a_draft_all_the_same(
    installation: Installation, capsys: pytest.CaptureFixture[str]
) -> None:
    installation.data.mkdir(mode=0o700)
    (installation.data / "answers.db").write_bytes(b"no database" * 100)
    assert polsslag(installation, "check", str(installation.flows)) == 0
    assert "Ik kan niet zien wat er eerder live was." in said(capsys)


def test_drafts_that_are_not_those_of_the_installation_are_checked_alone(
    installation: Installation, capsys: pytest.CaptureFixture[str]
) -> None:
    polsslag(installation, "publish", "sozawe", "--yes")
    edit(installation, ASKED, "Hoe was de balie?")
    elsewhere = installation.folder / "elsewhere"
    shutil.copytree(installation.flows, elsewhere)
    capsys.readouterr()

    polsslag(installation, "check", str(elsewhere))
    assert "stale-translation" not in capsys.readouterr().out
    polsslag(installation, "check", str(installation.flows / "sozawe.yaml"))
    assert capsys.readouterr().out.count("stale-translation") == 3
