"""What folding and bigrams promise."""

from mulin.hanzi import bigrams, fold


def test_fold_unites_script_width_and_case():
    assert fold("資源清單ＡＢ 著後") == "资源清单ab 著后"


def test_fold_leaves_ascii_alone():
    assert fold("Room 3B") == "room 3b"


def test_bigrams_overlap_and_stop_at_punctuation():
    assert bigrams(fold("路燈修繕，a")) == ["路灯", "灯修", "修缮", "a"]
