"""Messy sheets with known contents, made from published items, to measure the reader by."""
