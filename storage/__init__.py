"""What the bot keeps on disk: sessions on one side, ballots on the other."""
