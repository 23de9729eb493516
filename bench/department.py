"""A made-up department: who answers in the benchmark, and which questions."""

from dataclasses import replace
from typing import Final

from bench.place import flow_to_ask
from bot.core.questions import Choice, Grade
from bot.digest.simulation.clients import MEAN, Clients

AGREE: Final = 0.8
"""So many people agree with a statement, of 1."""

FLOW: Final = flow_to_ask()
A_GRADE: Final = next(one for one in FLOW.questions if isinstance(one, Grade))
A_STATEMENT: Final = next(one for one in FLOW.questions if isinstance(one, Choice))

GRADES: Final = Clients("grades", A_GRADE, MEAN)
RESTLESS: Final = replace(GRADES, name="restless", unrest=0.25)
STATEMENTS: Final = Clients("statements", A_STATEMENT, AGREE)
