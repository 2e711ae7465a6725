"""./run bench [NAME]: runs one benchmark; without a name it lists them."""

import ast
import runpy
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def summary_of(path: Path) -> str | None:
    """The first line of a benchmark's docstring; None for a module that can't be run."""
    source = path.read_text(encoding="utf-8")
    words = ast.get_docstring(ast.parse(source)) or ""
    return words.splitlines()[0] if '__name__ == "__main__"' in source and words else None


def benchmarks() -> dict[str, tuple[str, str]]:
    """Name → (module, what it measures); a folder is named after itself."""
    found = {}
    for path in sorted([*HERE.glob("[a-z]*.py"), *HERE.glob("*/__main__.py")]):
        name = path.parent.name if path.stem == "__main__" else path.stem
        if words := summary_of(path):
            module = f"benchmarks.{name}" + (".__main__" if path.stem == "__main__" else "")
            found[name] = (module, words)
    return found


def main(words: list[str]) -> None:
    known = benchmarks()
    if not words or words[0] not in known:
        print("./run bench NAME, where NAME is one of")
        for name, (_, meaning) in known.items():
            print(f"  {name:16} {meaning}")
        sys.exit(bool(words))
    sys.argv = [f"./run bench {words[0]}", *words[1:]]
    runpy.run_module(known[words[0]][0], run_name="__main__")


if __name__ == "__main__":
    main(sys.argv[1:])
