"""The codebook holds every word that a client may have read."""

from bot.core.flow import RemarkPrompt
from bot.digest.export.codebook import lines
from tests.digest.examples import SOZAWE


def test_the_remark_is_in_it_where_a_flow_has_one() -> None:
    prompt = RemarkPrompt(label={"nl": "Wilt u nog iets vertellen? Noem geen namen."})
    remarked = SOZAWE.model_copy(update={"remark": prompt})

    assert [one.element for one in lines(SOZAWE)].count("opmerking") == 0
    [remark] = [one for one in lines(remarked) if one.element == "opmerking"]
    assert remark.label == prompt.label
