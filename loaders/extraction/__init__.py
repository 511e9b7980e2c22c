"""loaders/extraction"""
