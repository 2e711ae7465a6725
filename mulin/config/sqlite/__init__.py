"""Django's SQLite engine with a fairer wait for the lock; see `base`."""
