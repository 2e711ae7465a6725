"""Static files under names that change with their content, the style sheets joined into one."""

import re
from collections.abc import Iterator

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

SHEET = "web/css/mulin.css"
IMPORT = re.compile(r'@import "([\w-]+\.css)";')


class StaticFiles(CompressedManifestStaticFilesStorage):
    manifest_strict = False

    def stored_name(self, name: str) -> str:
        # Development and tests collect nothing: the files then keep their own names.
        return super().stored_name(name) if self.hashed_files else name

    def post_process(
        self, paths: dict, dry_run: bool = False, **options: object
    ) -> Iterator[tuple]:
        if SHEET in paths and not dry_run:
            self._join_sheets()
        yield from super().post_process(paths, dry_run, **options)

    def _join_sheets(self) -> None:
        """A slow phone should ask for one style sheet, not twenty."""
        folder = SHEET.rpartition("/")[0]

        def content_of(match: re.Match) -> str:
            with self.open(f"{folder}/{match[1]}") as file:
                return file.read().decode()

        with self.open(SHEET) as file:
            joined = IMPORT.sub(content_of, file.read().decode())
        self.delete(SHEET)
        self._save(SHEET, ContentFile(joined.encode()))
