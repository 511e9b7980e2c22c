"""Graphs in, files out; docs/architecture.md says what else may be imported here."""
