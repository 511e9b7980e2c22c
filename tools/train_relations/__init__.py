"""Trains the relation scorer (loaders/extraction/scorer.py). Needs scikit-learn; nothing at run time imports it."""
