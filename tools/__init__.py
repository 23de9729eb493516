"""What makes the data that comes along. None of it is needed to run the bot."""
