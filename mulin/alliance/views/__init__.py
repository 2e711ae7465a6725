"""HTTP for an alliance's pages, split by noun."""
