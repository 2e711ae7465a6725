"""The alliance of the article as a living example: invented units, persons and figures."""
