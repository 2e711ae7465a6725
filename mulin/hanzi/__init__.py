"""Chinese text for programs: one script to compare, bigrams to search, numerals as numbers."""

from mulin.hanzi.folding import bigrams, fold
from mulin.hanzi.numerals import number

__all__ = ["bigrams", "fold", "number"]
