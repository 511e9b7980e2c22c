"""loaders/records"""
