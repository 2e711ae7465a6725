"""The index over the grams: FTS5 beside the table on SQLite, GIN on PostgreSQL."""

from django.db import migrations

SQLITE = [
    "CREATE VIRTUAL TABLE search_grams USING fts5("
    "grams, content='search_document', content_rowid='id', tokenize='unicode61 remove_diacritics 0')",
    "CREATE TRIGGER search_document_added AFTER INSERT ON search_document BEGIN"
    " INSERT INTO search_grams(rowid, grams) VALUES (new.id, new.grams); END",
    "CREATE TRIGGER search_document_dropped AFTER DELETE ON search_document BEGIN"
    " INSERT INTO search_grams(search_grams, rowid, grams) VALUES ('delete', old.id, old.grams); END",
    "CREATE TRIGGER search_document_changed AFTER UPDATE ON search_document BEGIN"
    " INSERT INTO search_grams(search_grams, rowid, grams) VALUES ('delete', old.id, old.grams);"
    " INSERT INTO search_grams(rowid, grams) VALUES (new.id, new.grams); END",
    "INSERT INTO search_grams(search_grams) VALUES ('rebuild')",
]
SQLITE_BACK = [
    "DROP TRIGGER search_document_added",
    "DROP TRIGGER search_document_dropped",
    "DROP TRIGGER search_document_changed",
    "DROP TABLE search_grams",
]
POSTGRESQL = [
    "CREATE INDEX search_grams ON search_document"
    " USING gin (array_to_tsvector(string_to_array(grams, ' ')))"
]
POSTGRESQL_BACK = ["DROP INDEX search_grams"]


def _run(on_sqlite: list[str], on_postgresql: list[str]):
    def run(apps, schema_editor) -> None:
        vendor = schema_editor.connection.vendor
        for statement in on_sqlite if vendor == "sqlite" else on_postgresql:
            schema_editor.execute(statement, params=None)

    return run


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [
        migrations.RunPython(_run(SQLITE, POSTGRESQL), _run(SQLITE_BACK, POSTGRESQL_BACK))
    ]
