"""Half a year of a made-up department, through the real draw, door and opening."""

from bot.commands.demo.department import Plan, WeekDone
from bot.commands.demo.playing import Played, folder, pages, play
from bot.commands.demo.report import Report
from bot.commands.demo.sent import leave

__all__ = ["Plan", "Played", "Report", "WeekDone", "folder", "leave", "pages", "play"]
