"""One table of folded text, which the apps fill and any page may ask."""

from django.db import models


class Document(models.Model):
    """Searchable words of one thing: `folded` for exact checks, `grams` for the index."""

    subject = models.UUIDField(unique=True)
    scope = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=20)
    folded = models.TextField()
    grams = models.TextField()

    def __str__(self) -> str:
        return self.folded[:60]
