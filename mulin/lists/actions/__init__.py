"""What changes the lists: items, claims, rounds, merging, proposals, imports."""
