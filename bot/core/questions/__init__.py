"""The closed question types. A new one is a file here and a member of the union."""

from bot.core.questions.choice import Choice, Option
from bot.core.questions.grade import Grade

Question = Grade | Choice

__all__ = ["Choice", "Grade", "Option", "Question"]
