"""A draft in a staff group, from the command to the end, and not a row of it."""

from functools import partial
from pathlib import Path

from bot.app import open_app
from bot.messages import Catalogue
from tests.doubles.botapi import BotApi
from tests.doubles.installation import SHIPPED, Clock, installation_in, shipped_flows
from tests.transports.telegram.conftest import Running, soon

STAFF = -1001
WORDS = Catalogue.load()
MARK = WORDS.text("staff.desk.trial.mark", "nl", name="sozawe")
OVER = WORDS.text("staff.desk.trial.over", "nl")


async def test_a_group_plays_a_draft_to_its_end_with_one_command_and_taps(
    api: BotApi, running: Running, tmp_path: Path
) -> None:
    installation = installation_in(tmp_path, digest={"chats": [STAFF]})
    (tmp_path / "flows").symlink_to(SHIPPED)
    group = api.group(STAFF)
    anna, bert = api.member(group), api.member(group)

    def asked(question: str) -> bool:
        return question in group.screen[-1].text

    questions = [q.label["nl"] for q in shipped_flows()["sozawe"].questions]
    async with (
        open_app(installation, clock=Clock()) as app,
        running(desk=app.desk) as bot,
    ):
        await anna.writes("/voorbeeld sozawe")
        await group.until(lambda: bool(group.screen))
        first = group.screen[0].buttons[0][1]
        await anna.taps("Ja, ik doe mee")
        for question, label in zip(
            questions, ("8", "Geen contact gehad", "Eens", "Oneens"), strict=True
        ):
            await group.until(partial(asked, question))
            assert all(message.text.startswith(MARK) for message in group.screen)
            # Anybody in the chat may go on with it.
            await bert.taps(label)
        await group.until(lambda: len(group.screen) == 1)
        end = WORDS.text("staff.desk.trial.end", "nl", name="sozawe")
        await group.until(lambda: group.screen[0].text.endswith(end))
        assert group.screen[0].labels == ()
        # A button that a phone still showed.
        await bert.presses(first, group.screen[0])
        await group.until(lambda: group.screen[0].text == OVER)
        await soon(lambda: len(api.called("answerCallbackQuery")) == 6)
        epoch = await app.stores.sessions.epoch()
        rows = await app.stores.sessions.rows(epoch)
        assert (rows.sessions, rows.invitations) == ((), ())
        [_, answers] = app.stores.databases
        count = "SELECT count(*) FROM ballots"
        assert await answers.read(lambda raw: raw.execute(count).fetchone()) == (0,)
        assert bot.kinds == set()
    assert all(m.is_silent for m in group.messages.values() if m.is_by_bot)
