"""Prose in, facts out: `extract(document)` reads one German or English text with rules of its own."""
