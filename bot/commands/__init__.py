"""What the command line can do, one file each. `bot.cli` reads the words and prints."""
