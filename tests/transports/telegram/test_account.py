"""A token is asked for its account without serving anybody."""

import pytest

from bot.errors import ConfigError, TransportError
from bot.transports.telegram.account import Account, who_is
from tests.doubles.botapi import TOKEN, BotApi
from tests.doubles.faults import NotOk, Page


async def test_a_token_has_an_account(api: BotApi) -> None:
    account = await who_is(TOKEN, api.base_url)
    assert account == Account("polsslag_bot", "Polsslag", reads_groups=False)


async def test_a_token_of_nobody_is_refused(api: BotApi) -> None:
    with pytest.raises(ConfigError, match="telegram-token-refused"):
        await who_is("1:WRONG", api.base_url)


@pytest.mark.parametrize("fault", [Page(502), NotOk()], ids=repr)
async def test_no_answer_is_not_a_refusal(api: BotApi, fault: Page | NotOk) -> None:
    api.fail("getMe", fault)
    with pytest.raises(TransportError, match="telegram-unreachable") as caught:
        await who_is(TOKEN, api.base_url)
    assert caught.value.__suppress_context__
