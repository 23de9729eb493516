"""A person and the bot: what is asked, shown, taken back and counted."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.app import App
from bot.ballots import Ballot, Cell, Outcome
from bot.core.flow import Origin, Phase
from bot.core.session import LIFETIME
from bot.dialogue import Edit, Reply, Send, Tapped, View, Word
from tests.doubles.installation import Clock, shipped_flows
from tests.doubles.person import Person
from tests.service.conftest import STAFF, Box

Text = Callable[..., str]

SOZAWE = shipped_flows()["sozawe"]
YES, NO = "Ja, ik doe mee", "Nee, liever niet"
STOP, BACK = "Stoppen", "Vorige vraag"
ANSWERS = ("7", "8", "Eens", "Helemaal eens")
CODES = ("7", "8", "agree", "strongly_agree")


async def test_answers_go_into_the_box_and_one_text_is_all_that_stays(
    client: Person, box: Box, text: Text
) -> None:
    await client.opens("e_balie")
    await client.taps(YES, *ANSWERS)

    assert client.texts == [text("closing")]
    assert client.buttons == {}
    assert await box.ballots() == [
        Ballot(
            Cell(SOZAWE.content_hash, Origin.WALK_IN),
            Phase.INTAKE,
            Outcome.COMPLETE,
            CODES,
        )
    ]


async def test_what_is_typed_counts_as_what_is_tapped_and_leaves_the_chat(
    client: Person, box: Box, text: Text
) -> None:
    await client.opens("e_balie")
    for words in ("ja", "een zeven", "8/10", "mee eens", "helemaal eens"):
        await client.writes(words)

    assert client.texts == [text("closing")]
    assert await box.answers() == [CODES]


async def test_where_typed_words_stay_in_the_chat_it_is_said_each_time(
    client: Person, text: Text
) -> None:
    client.keeps_words = True
    await client.opens("e_balie")
    await client.taps(YES, "7")
    await client.writes("acht")
    kept = ["> /start e_balie", "> acht", text("not_deleted")]
    assert [said for said in client.texts if said in kept] == kept

    # In the middle it is tidied with the rest; the last one stays with its words.
    await client.taps("Eens")
    await client.writes("helemaal eens")
    assert sorted(client.texts) == sorted(
        [
            "> /start e_balie",
            "> acht",
            "> helemaal eens",
            text("not_deleted"),
            text("closing"),
        ]
    )


@pytest.mark.parametrize("language", ["nl", "en", "ar", "tr"])
async def test_no_ending_can_be_told_from_another_in_the_chat(
    others: Callable[[int], list[Person]],
    app: App,
    clock: Clock,
    text: Text,
    language: str,
) -> None:
    people = others(7)
    done, declined, stopped, said_stop, broke_off, silent, unread = people
    for person in people:
        person.language = language
        await person.opens("e_balie")
    buttons = {person.subject: list(person.buttons) for person in people}
    yes, no = buttons[done.subject][:2]
    await done.taps(yes)
    for _ in SOZAWE.questions:
        await done.taps(list(done.buttons)[1])
    await declined.taps(no)
    await stopped.taps(yes)
    await stopped.taps(list(stopped.buttons)[-2])
    await said_stop.taps(yes)
    await said_stop.gives(Word.STOP)
    await broke_off.taps(yes)
    await broke_off.taps(list(broke_off.buttons)[1])
    await silent.taps(yes)
    clock.turn(hours=41)
    for reply in await app.service.tidy():
        [person] = [person for person in people if person.subject == reply.subject]
        await person.sees(reply)

    assert unread.texts == done.texts
    assert [person.texts for person in people] == [done.texts] * len(people)
    assert len(done.texts) == 1
    assert all(not person.buttons for person in people)
    if language == "nl":
        assert done.texts == [text("closing")]


async def test_an_answered_question_shows_the_choice_and_has_no_buttons(
    client: Person, text: Text
) -> None:
    await client.opens("e_balie")
    await client.taps(YES, "7")

    intro, answered, question = client.texts
    assert intro == SOZAWE.intro.text["nl"]
    assert answered == f"{SOZAWE.questions[0].label['nl']}\n\n" + text(
        "chosen", choice="7"
    )
    assert question.startswith(text("progress", number=2, total=4))
    assert {message for _, message in client.buttons.values()} == {max(client.screen)}


async def test_a_tap_on_an_old_button_changes_nothing(client: Person, box: Box) -> None:
    await client.opens("e_balie")
    await client.taps(YES)
    seven = client.buttons["7"]
    await client.taps("8")
    before = client.texts

    reply = await client.presses(*seven)

    assert (reply, client.texts) == (Reply(client.subject), before)
    await client.taps(*ANSWERS[1:])
    assert await box.answers() == [("8", *CODES[1:])]


async def test_two_taps_in_a_row_are_one_answer(client: Person, box: Box) -> None:
    await client.opens("e_balie")
    await client.taps(YES)
    seven = client.buttons["7"]

    await client.presses(*seven)
    await client.presses(*seven)

    await client.taps(*ANSWERS[1:])
    assert await box.answers() == [CODES]


@pytest.mark.parametrize(
    "action",
    ["", ":", "x", "nonce:a.0.7", "{n}:", "{n}:a", "{n}:a.9.7", "{n}:a.0", "{n}:zz",
     "{n}:a.-1.7", "{n}:l.xx", "{n}:o.1", "{n}:b.b", "\ud800", "{n}:a.3.agree"],
)  # fmt: skip
async def test_a_button_nobody_was_given_changes_nothing(
    client: Person, action: str
) -> None:
    await client.opens("e_balie")
    await client.taps(YES)
    nonce = client.buttons["7"][0].partition(":")[0]
    before = client.screen.copy()

    reply = await client.presses(action.replace("{n}", nonce), max(client.screen))

    assert reply == Reply(client.subject)
    assert client.screen == before


async def test_a_made_up_answer_is_asked_again(client: Person, text: Text) -> None:
    await client.opens("e_balie")
    await client.taps(YES)
    nonce = client.buttons["7"][0].partition(":")[0]

    await client.presses(f"{nonce}:a.0.11", max(client.screen))

    assert client.texts[-1].startswith(text("retry.not_understood"))
    assert "7" in client.buttons


async def test_whoever_stops_takes_every_answer_back(
    client: Person, box: Box, text: Text
) -> None:
    await client.opens("e_balie")
    await client.taps(YES, "7", "8", STOP)

    assert client.texts == [text("closing")]
    [ballot] = await box.ballots()
    assert (ballot.outcome, ballot.codes) == (Outcome.WITHDREW, ())


@pytest.mark.parametrize("act", ["taps", "writes", "gives"])
async def test_no_can_be_said_in_three_ways(
    client: Person, box: Box, text: Text, act: str
) -> None:
    await client.opens("e_balie")
    if act == "taps":
        await client.taps(NO)
    elif act == "writes":
        await client.writes("nee")
    else:
        await client.gives(Word.STOP)

    assert client.texts == [text("closing")]
    assert await box.outcomes() == ["refused"]


async def test_whoever_goes_back_answers_again(client: Person, box: Box) -> None:
    await client.opens("e_balie")
    await client.taps(YES, "3", BACK)
    assert BACK not in client.buttons
    assert len(client.texts) == 2

    await client.taps(*ANSWERS)

    assert await box.answers() == [CODES]


async def test_another_language_can_be_chosen_at_any_moment(
    client: Person, text: Text
) -> None:
    await client.opens("e_balie")
    await client.taps("English", "Yes, I will take part", "7")

    await client.gives(Word.LANGUAGE)
    await client.taps(text("language_name", "tr"))

    assert client.texts[-1].startswith(text("progress", "tr", number=2, total=4))


async def test_the_chat_app_tells_the_language_to_begin_in(app: App) -> None:
    client = Person(app.service, "telegram:1", language="AR-eg")

    await client.opens("e_balie")

    assert client.texts == [SOZAWE.intro.text["ar"]]


@pytest.mark.parametrize("language", ["fr", None, "", "-"])
async def test_whose_language_the_bot_lacks_begins_in_dutch(
    app: App, language: str | None
) -> None:
    client = Person(app.service, "telegram:1", language=language)

    await client.opens("e_balie")

    assert client.texts == [SOZAWE.intro.text["nl"]]


@pytest.mark.parametrize(
    ("word", "key"), [(Word.HELP, "help"), (Word.PRIVACY, "privacy")]
)
async def test_help_stands_in_the_place_of_the_question_for_as_long_as_wanted(
    client: Person, text: Text, word: Word, key: str
) -> None:
    await client.opens("e_balie")
    await client.taps(YES)
    question = client.texts[-1]

    await client.gives(word)
    assert client.texts[-1] == text(key)
    await client.taps(text("button.resume"))

    assert client.texts[-1] == question
    assert len(client.texts) == 2


async def test_privacy_can_be_read_before_anything_is_answered(
    client: Person, text: Text
) -> None:
    await client.opens("e_balie")

    await client.taps("Privacy")

    assert client.texts == [text("privacy")]


async def test_a_photo_is_not_opened_and_the_question_asked_again(
    client: Person, text: Text
) -> None:
    await client.opens("e_balie")
    await client.taps(YES)

    await client.sends_a_photo()

    [question] = client.texts
    assert question.startswith(text("retry.only_text"))
    assert "7" in client.buttons


async def test_misread_words_are_asked_again_and_then_the_buttons_pointed_out(
    client: Person, text: Text
) -> None:
    await client.opens("e_balie")
    await client.taps(YES)

    said = []
    for words in ("bla", "7,5", "bla"):
        await client.writes(words)
        said.append(client.texts[-1].partition("\n")[0])

    assert said == [
        text("retry.not_understood"),
        text("retry.whole_grades"),
        text("retry.use_buttons"),
    ]
    assert len(client.texts) == 2


async def test_opening_the_link_again_in_the_middle_shows_the_same_question(
    client: Person, box: Box, text: Text
) -> None:
    await client.opens("e_balie")
    await client.taps(YES, "7")

    await client.opens("e_balie")
    [question] = client.texts
    assert question.startswith(text("retry.already_busy"))
    await client.opens()
    [question] = client.texts
    assert question.startswith(text("progress", number=2, total=4))

    await client.taps(*ANSWERS[1:])
    assert await box.answers() == [CODES]


async def test_whoever_has_had_a_turn_reads_the_closing_text_again(
    client: Person, box: Box, text: Text
) -> None:
    await client.opens("e_balie")
    await client.taps(YES, *ANSWERS)

    for _ in range(5):
        await client.opens("e_balie")

    assert client.texts[0] == text("closing") == client.texts[-1]
    assert await box.answers() == [CODES]


@pytest.mark.parametrize("payload", ["", "e_", "e_nergens", "x" * 64, "e_😀"])
async def test_a_link_that_leads_nowhere_gives_help_and_counts_for_nothing(
    client: Person, box: Box, text: Text, payload: str
) -> None:
    await client.opens(payload)

    assert client.texts[-1] == f"{text('greeting')}\n\n{text('help')}"
    assert await box.ballots() == []


@pytest.mark.parametrize("payload", ["i_", "i_12345678", "i_BCDFGHJK", "i_naam-Jansen"])
async def test_an_invitation_that_never_was_gets_one_kind_sentence(
    client: Person, box: Box, text: Text, payload: str
) -> None:
    await client.opens(payload)

    assert client.texts[-1] == text("invitation_not_valid")
    assert await box.ballots() == []


async def test_without_a_survey_words_photos_and_commands_get_a_sensible_answer(
    client: Person, text: Text
) -> None:
    await client.writes("hallo")
    await client.sends_a_photo()
    await client.gives(Word.PRIVACY)
    await client.gives(Word.HELP)
    await client.gives(Word.STOP)
    await client.gives(Word.LANGUAGE)
    await client.blocks()

    told = [t for t in client.texts if not t.startswith(">")]
    assert told == [
        text("nothing_open"),
        text("only_text"),
        text("privacy"),
        *[text("help")] * 3,
    ]


async def test_an_old_button_without_a_survey_becomes_the_closing_text(
    client: Person, text: Text
) -> None:
    closing = View(text("closing"))

    tapped = await client.does(Tapped("old:y", 77))
    unseen = await client.does(Tapped("old:y", None))

    assert tapped == Reply(client.subject, (Edit(77, closing, or_send=True),))
    assert client.texts == [text("closing")]
    assert unseen == Reply(client.subject)


async def test_staff_are_told_so_and_never_asked(
    app: App, box: Box, text: Text
) -> None:
    staff = Person(app.service, f"telegram:{STAFF}")

    await staff.opens("e_balie")
    await staff.gives(Word.HELP)
    await staff.writes("7")
    await staff.sends_a_photo()

    told = [t for t in staff.texts if not t.startswith(">")]
    assert told == [text("staff")] * 2
    assert staff.buttons == {}
    assert await box.ballots() == []


async def test_blocking_the_bot_in_the_middle_ends_the_survey(
    client: Person, box: Box, app: App
) -> None:
    await client.opens("e_balie")
    await client.taps(YES, "7")

    reply = await client.blocks()
    assert reply.outputs == ()
    assert reply.token is not None
    await app.service.shown(client.subject, reply.token, ())

    [ballot] = await box.ballots()
    assert (ballot.outcome, ballot.codes) == (Outcome.BROKE_OFF, ())
    # Nothing is left to be shown, ever.
    assert await app.service.tidy() == []


async def test_after_forty_hours_the_chat_is_closed_without_a_sound(
    client: Person, box: Box, app: App, clock: Clock, text: Text
) -> None:
    await client.opens("e_balie")
    await client.taps(YES, "7")
    clock.turn(hours=40)
    quiet = client.replies.copy()

    for reply in await app.service.tidy():
        await client.sees(reply)

    [reply] = client.replies[len(quiet) :]
    assert not any(isinstance(output, Send) for output in reply.outputs)
    assert not any(isinstance(o, Edit) and o.or_send for o in reply.outputs)
    assert client.texts == [text("closing")]
    assert await box.outcomes() == ["broke_off"]
    assert await app.service.tidy() == []


async def test_who_never_said_yes_has_not_replied(
    client: Person, box: Box, app: App, clock: Clock
) -> None:
    await client.opens("e_balie")
    clock.turn(hours=41)

    await app.service.tidy()

    assert await box.outcomes() == ["no_reply"]


async def test_nothing_is_sent_where_an_expired_survey_left_nothing_in_the_chat(
    client: Person, box: Box, app: App, clock: Clock
) -> None:
    client.is_reached = False
    await client.opens("e_balie")
    clock.turn(hours=41)

    assert await app.service.tidy() == []
    assert await app.service.tidy() == []
    assert await box.outcomes() == ["no_reply"]


EXPIRED = ["taps", "writes", "photo", "help", "link", "blocks"]


@pytest.mark.parametrize("act", EXPIRED)
async def test_whoever_comes_back_too_late_finds_it_closed(
    client: Person, box: Box, clock: Clock, text: Text, act: str
) -> None:
    await client.opens("e_balie")
    await client.taps(YES, "7")
    clock.turn(hours=41)

    if act == "taps":
        await client.taps("8")
    elif act == "writes":
        await client.writes("8")
    elif act == "photo":
        await client.sends_a_photo()
    elif act == "help":
        await client.gives(Word.HELP)
    elif act == "link":
        await client.opens("e_balie")
    else:
        await client.blocks()

    if act != "blocks":
        assert set(client.texts) - {"> /start e_balie"} == {text("closing")}
        assert client.buttons == {}
    assert await box.outcomes() == ["broke_off"]


async def test_a_session_lasts_to_the_last_second(
    client: Person, box: Box, clock: Clock
) -> None:
    await client.opens("e_balie")
    await client.taps(YES, *ANSWERS[:-1])
    clock.now += LIFETIME - timedelta(seconds=1)

    await client.taps(ANSWERS[-1])

    assert await box.answers() == [CODES]
