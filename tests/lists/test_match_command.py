"""`mulin match` from readings of sheets to the workbook and the JSON."""

import json
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from mulin import sheets


def row(number, **cells):
    values = {
        field: SimpleNamespace(
            text=value if isinstance(value, str) else value["text"],
            value=value,
            state="read",
        )
        for field, value in cells.items()
    }
    return SimpleNamespace(row=number, part=0, cells=values)


def table(*rows):
    return SimpleNamespace(tables=[SimpleNamespace(where="A1:C9", rows=rows)], problems=[])


OFFERS = table(
    row(
        2,
        title="三楼会议室",
        unit="示例商场",
        quantity={"text": "30座", "amount": 30, "measure": "座"},
    )
)
NEEDS = table(
    row(
        2, title="=会议室", unit="甲社区", quantity={"text": "20人", "amount": 20, "measure": "人"}
    ),
    row(3, title="老人理发", unit="甲社区"),
)


@pytest.fixture
def files(tmp_path, monkeypatch):
    readings = {"offers.xlsx": OFFERS, "needs.xlsx": NEEDS}
    for name in readings:
        (tmp_path / name).write_bytes(b"")
    monkeypatch.setattr(sheets, "read_safely", lambda path, *, name: readings[name], raising=False)
    return tmp_path


def run(files, *more):
    out = files / "plan.xlsx"
    call_command("match", files / "offers.xlsx", files / "needs.xlsx", "-o", out, *more)
    return out


def test_match_writes_the_plan_as_json(files):
    run(files, "--json", str(files / "plan.json"))

    said = json.loads((files / "plan.json").read_text(encoding="utf-8"))
    pairs = [(one["need"], one["resource"], one["units"]) for one in said["proposals"]]
    assert pairs == [("=会议室", "三楼会议室", 20)]
    assert [one["need"] for one in said["unmet"]] == ["老人理发"]
    assert set(said) == {"proposals", "unmet", "objective", "bound", "gap", "seconds"}


def test_match_writes_no_formula(files):
    book = load_workbook(run(files))

    cells = [cell for sheet in book for line in sheet.iter_rows() for cell in line]
    assert "f" not in {cell.data_type for cell in cells}
    assert "'=会议室" in {cell.value for cell in cells}
    assert {sheet.freeze_panes for sheet in book} == {"A2"}


def test_match_refuses_a_missing_file(tmp_path):
    with pytest.raises(CommandError, match="nowhere"):
        call_command("match", tmp_path / "nowhere.xlsx", tmp_path / "n.xlsx", "-o", tmp_path / "p")
