"""Chinese text for programs: one script for comparing, bigrams for searching, numerals as numbers."""

from mulin.hanzi.folding import bigrams, fold
from mulin.hanzi.numerals import number

__all__ = ["bigrams", "fold", "number"]
