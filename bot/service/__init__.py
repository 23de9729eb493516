"""The survey as a service: a person's input in, what to show out.

`survey` handles an input, `admission` lets people in, `meaning` reads what they do,
`underway` goes through a survey with them, `reading` is what typed words are read with,
`showing` and `views` say what their chat shows. `rehearsal` plays a draft for the
staff. All of it speaks in sessions; none of it ever sees a ballot.
"""

from bot.invited import INVITATION
from bot.service.admission import ENTRY, Entry, Reception
from bot.service.reading import Reading
from bot.service.rehearsal import Rehearsals, walk
from bot.service.showing import Stage
from bot.service.survey import SurveyService
from bot.service.views import RoundTable, closing_text

__all__ = [
    "ENTRY",
    "INVITATION",
    "Entry",
    "Reading",
    "Reception",
    "Rehearsals",
    "RoundTable",
    "Stage",
    "SurveyService",
    "closing_text",
    "walk",
]
