"""How organisations are found: a file for each kind of clue."""
