"""`python -m bot` is the same as `polsslag`."""

from bot.cli import main

raise SystemExit(main())
