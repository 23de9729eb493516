"""From a publication to the digests after it: the break shows, in words and drawn."""

from collections.abc import Callable

from bot.app import App
from bot.commands.publishing import publish
from bot.outbox import WEEKLY, WrittenDigest
from tests.doubles.installation import Clock
from tests.doubles.person import Person
from tests.service.test_conversation import ANSWERS, SOZAWE, YES

COUNTER, *OTHERS = SOZAWE.questions
REWORDED = SOZAWE.model_copy(
    update={
        "questions": (
            COUNTER.model_copy(update={"label": {"nl": "Hoe was de balie?"}}),
            *OTHERS,
        )
    }
)
TRANSLATED = SOZAWE.model_copy(
    update={
        "questions": (
            COUNTER.model_copy(
                update={"label": {**COUNTER.label, "en": "How was the counter?"}}
            ),
            *OTHERS,
        )
    }
)
ANEW = "Nieuwe meting: Balie."
DRAWN = "Daarvoor was het een andere vraag."
"""What the picture says in words to whoever cannot see the grey plane."""


class Weeks:
    """Lets twenty people a week answer, and opens the box."""

    def __init__(
        self, app: App, clock: Clock, others: Callable[[int], list[Person]]
    ) -> None:
        self._app = app
        self._clock = clock
        self._people = others(1000)

    async def digest(self) -> WrittenDigest:
        for _ in range(20):
            person = self._people.pop()
            await person.opens("e_balie")
            await person.taps(YES, *ANSWERS)
        await self._app.opening.open(self._clock(), self._app.week)
        [digest] = [
            one for one in await self._app.stores.outbox.latest() if one.kind == WEEKLY
        ]
        self._clock.turn(weeks=1)
        return digest


async def test_a_break_is_told_and_drawn_for_the_question_that_changed_alone(
    app: App, clock: Clock, others: Callable[[int], list[Person]]
) -> None:
    weeks = Weeks(app, clock, others)
    for _ in range(3):
        before = await weeks.digest()
    assert ANEW not in before.text
    assert DRAWN not in before.picture

    await publish(app, REWORDED)
    for number in range(14):
        after = await weeks.digest()
        assert (ANEW in after.text) == (number < 13), number
        # A plane is drawn for as long as the line goes back so far.
        assert after.picture.count(DRAWN) == 1


async def test_a_translation_alone_breaks_no_line(
    app: App, clock: Clock, others: Callable[[int], list[Person]]
) -> None:
    weeks = Weeks(app, clock, others)
    await weeks.digest()
    await publish(app, TRANSLATED)
    digest = await weeks.digest()
    assert ANEW not in digest.text
    assert DRAWN not in digest.picture
    assert "40 antwoorden" in digest.text
