"""How fast the bot is, and how small it stays."""
