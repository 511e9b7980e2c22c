"""loaders/documents"""
