"""Official divisions: by dated code, again and again, never by name alone."""

from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from mulin.alliance.actions.divisions import Division, load_divisions
from mulin.alliance.models import Organisation, OrganisationCode

TREE = Path(__file__).parents[2] / "mulin/alliance/fixtures/qingshan_420107.json"
THEN, NOW = date(2023, 6, 30), date(2026, 1, 1)
TOP = Division("42", "湖北省", "province")
OLD = Division("4201", "钢都市", "city", "42")
NEW = Division("4209", "钢都市", "city", "42")


def codes() -> list[tuple]:
    rows = OrganisationCode.objects.order_by("code").select_related("organisation")
    return [(row.code, row.organisation.name, row.from_on, row.until_on) for row in rows]


@pytest.mark.django_db
def test_tree_is_loaded_once_however_often():
    for _ in range(2):
        call_command("load_divisions", str(TREE), verbosity=0)
    lane = OrganisationCode.objects.get(code="420107003001").organisation
    above = [lane.parent.name, lane.parent.parent.name, lane.parent.parent.parent.name]
    assert (Organisation.objects.count(), above) == (116, ["新沟桥街道", "青山区", "武汉市"])


@pytest.mark.django_db
def test_changed_code_is_a_dated_attribute_of_the_same_body():
    load_divisions([TOP, OLD], as_of=THEN)
    loaded = load_divisions([TOP, NEW], as_of=NOW)
    assert (loaded.recoded, codes()) == (
        1,
        [
            ("42", "湖北省", THEN, None),
            ("4201", "钢都市", THEN, date(2025, 12, 31)),
            ("4209", "钢都市", NOW, None),
        ],
    )


@pytest.mark.django_db
def test_two_of_one_name_in_one_list_are_two():
    load_divisions([TOP, OLD], as_of=THEN)
    loaded = load_divisions([TOP, OLD, NEW], as_of=NOW)
    assert (loaded.known, len(loaded.problems), len(codes())) == (2, 1, 2)


@pytest.mark.django_db
def test_code_that_names_something_else_changes_nothing():
    load_divisions([TOP, OLD], as_of=THEN)
    loaded = load_divisions([Division("4201", "别市", "city", "42")], as_of=NOW)
    assert (loaded.problems, Organisation.objects.filter(name="别市").exists()) == (
        ["4201: 钢都市 here, 别市 in the list"],
        False,
    )


@pytest.mark.django_db
def test_division_without_its_parent_is_said():
    loaded = load_divisions([OLD], as_of=THEN)
    assert (loaded.added, loaded.problems) == (0, ["4201 钢都市: 42 isn't there"])


@pytest.mark.django_db
def test_csv_takes_its_parents_from_beside_and_one_province(tmp_path):
    (tmp_path / "provinces.csv").write_text("code,name\n42,湖北省\n11,北京市\n")
    (tmp_path / "cities.csv").write_text("code,name,province\n4201,武汉市,42\n1101,市辖区,11\n")
    (tmp_path / "districts.csv").write_text("code,name,city\n420107,青山区,4201\n")
    file = tmp_path / "streets.csv"
    file.write_text(
        "code,name,district\n420107003,新沟桥街道,420107\n110101001,东华门街道,110101\n"
    )
    call_command("load_divisions", str(file), province="湖北省", as_of=THEN, verbosity=0)
    assert [code[0] for code in codes()] == ["42", "4201", "420107", "420107003"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "options", "words"),
    [
        ("name\nx\n", {"as_of": THEN}, "columns code and name"),
        ("code,name\n42x,湖北省\n", {"as_of": THEN}, "isn't a code"),
        ("code,name\n42,湖北省\n", {}, "--as-of"),
        ("code,name\n42,湖北省\n", {"as_of": THEN, "province": "河北省"}, "no province"),
    ],
)
def test_bad_lists_are_refused_in_words(tmp_path, text, options, words):
    file = tmp_path / "list.csv"
    file.write_text(text)
    with pytest.raises(CommandError, match=words):
        call_command("load_divisions", str(file), verbosity=0, **options)
