"""`python -m app`: the `panli` command, where it is not installed."""

from app.cli import main

main()
