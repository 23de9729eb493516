"""Half a year of a made-up department, through the real draw, door and opening."""

from bot.commands.demo.department import Plan, WeekDone
from bot.commands.demo.playing import Played, folder, play
from bot.commands.demo.report import Report

__all__ = ["Plan", "Played", "Report", "WeekDone", "folder", "play"]
