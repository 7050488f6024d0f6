"""Themes: the score by hand, doubt reported, headings as in other texts than the corpus."""

from math import log

import pandas as pd
import pytest
from tables import clause, clause_rows

from ipcompare.data import RuleError, data_text, read_toml
from ipcompare.frames import leaf_provisions
from ipcompare.wording.themes import (
    UNASSIGNED,
    clause_themes,
    theme_profile,
    themes,
    trusted_themes,
)
from ipcompare.wording.tokens import squeeze

IDS = ["creation", "use", "protection", "management", "service", "talent", "international",
       "culture", "regional", "organisation"]  # fmt: skip


ON_SUBJECT = clause("a", "9", "知识产权。")  # half of the provisions name the subject


def rows_of(heading, body="", **about):
    found = clause_themes(clause_rows(clause(body=body, heading=heading, **about), ON_SUBJECT))
    return found[found["clause_id"] == "a#1"]


def themes_of(heading, body="", **about):
    return rows_of(heading, body, **about)["theme"].tolist()


# By hand ---------------------------------------------------------------------------------------


def test_scores_and_evidence_by_hand():
    # heading: 质押融资 (use, strong); body: 质押融资 twice, 贷款 (use, plain), 培训 (talent, strong)
    rule = themes().rule
    assert [rule[k] for k in ("heading", "above", "body", "strong", "plain")] == [4, 1.5, 1, 2, 1]
    (row,) = rows_of("开展质押融资", "质押融资、质押融资，贷款，培训。").itertuples()
    assert row.score == pytest.approx(4 * 2 + 2 * (1 + log(2)) + 1, abs=1e-4)
    assert (row.theme, row.evidence) == ("use", ["质押融资×3", "贷款"])  # 培训: 2, below the bar
    assert pd.isna(row.reason)


def test_a_provision_serves_every_theme_that_is_strong_enough():
    body = "对专利质押融资给予贴息。开展知识产权人才培训，建设培训基地。"
    assert themes_of("推进工作", body) == ["talent", "use"]
    assert rows_of("推进工作", body)["score"].is_monotonic_decreasing
    # what is much weaker than the strongest is only touched upon
    more = "行政执法，司法保护，维权援助，纠纷调解，仲裁，诉讼，惩戒，假冒。"
    assert themes_of("推进工作", more + "质押融资，贷款。") == ["protection"]


def test_what_is_done_abroad_serves_two_themes():
    assert themes_of("加强海外维权") == ["international", "protection"]
    assert themes_of("瞄准国际先进水平，面向全球视野") == [UNASSIGNED]  # a rank is no place


def test_headings_above_count_too_and_decide_where_the_own_words_do_not():
    above = clause(heading="加强知识产权保护", role="section")
    strong = clause("a", "1.1", "查处违法行为，开展调解。", heading="完善制度", parent_id="a#1")
    other = clause("a", "1.2", "开展专利代理师培训。", heading="培训", parent_id="a#1")
    silent = clause("a", "1.3", "有关部门予以协助。", heading="协助", parent_id="a#1")
    found = clause_themes(clause_rows(above, strong, other, silent)).set_index("clause_id")
    # 知识产权保护 above 1.5 x 2; 违法行为 and 调解 strong, 查处 plain
    assert found.loc["a#1.1", ["theme", "score"]].tolist() == ["protection", 1.5 * 2 + 2 * 2 + 1]
    assert found.loc["a#1.2", "theme"] == "talent"
    assert found.loc["a#1.3", ["theme", "score"]].tolist() == ["protection", 3.0]


def test_an_item_is_read_with_the_words_that_it_completes():
    lead = clause("a", "1", "下列专利侵权、假冒行为依法查处：")
    item = clause("a", "1.1", "擅自使用他人标志的；", parent_id="a#1")
    assert clause_themes(clause_rows(lead, item))["theme"].tolist() == ["protection"]
    section = clause("a", "1", "围绕专利侵权、假冒、查处，推进工作。")  # a paragraph, no lead-in
    item = clause("a", "1.1", "推进有关事项。", parent_id="a#1")
    assert clause_themes(clause_rows(section, item))["theme"].tolist() == [UNASSIGNED]


def test_the_longest_cue_is_taken_and_none_inside_it():
    assert rows_of("发展知识产权金融服务")["evidence"].tolist() == [["知识产权金融"]]
    assert rows_of("深化专利金融服务")["evidence"].tolist() == [["金融服务"]]  # not 专利服务
    assert rows_of("建设维权服务")["evidence"].tolist() == [["维权服务"]]


def test_departments_and_numbers_are_no_evidence():
    closing = "（责任单位：市知识产权保护中心、市人才服务中心）"
    (row,) = rows_of("推进有关事项", label="（一）", closing=closing).itertuples()
    assert (row.theme, row.reason, row.score) == (UNASSIGNED, "no evidence", 0)


@pytest.mark.parametrize(
    ("heading", "body", "reason"),
    [
        ("指导思想", "加强知识产权保护、执法、维权。", "general"),
        ("", "为了加强知识产权保护，根据法律，结合本市实际，制定本条例。", "general"),
        ("", "本办法自2030年1月1日起施行，知识产权保护办法同时废止。", "general"),
        ("", "申报材料：专利质押融资合同。", "general"),
        ("推进创新合作", "共享经验。", "no evidence"),
        ("推进创新合作", "查处案源。", "weak evidence"),
        ("加强创新工作", "知识产权创造、运用、保护、管理、服务。", "no evidence"),
    ],
)
def test_why_a_provision_has_no_theme(heading, body, reason):
    (row,) = rows_of(heading, body).itertuples()
    assert (row.theme, row.reason) == (UNASSIGNED, reason)


def test_a_principle_is_general_but_a_goal_has_its_subject():
    def under(above):
        top = clause(heading=above, role="section")
        one = clause("a", "1.1", "查处专利侵权，开展维权援助。", parent_id="a#1")
        return clause_themes(clause_rows(top, one)).iloc[0]

    assert under("基本原则").reason == "general"
    assert under("主要目标").theme == "protection"


def test_in_a_text_on_the_subject_every_provision_is():
    own = clause("a", "1", "加强专利保护，调解。"), clause("a", "2", "给予贷款贴息，担保。")
    assert clause_themes(clause_rows(*own))["theme"].tolist() == ["protection", "use"]
    more = [clause("a", str(n), "修建道路。") for n in (3, 4)]
    found = clause_themes(clause_rows(*own, *more)).set_index("clause_id")
    assert found.loc["a#2", "reason"] == "other subject"  # one of four is on it


def test_the_openings_of_the_data_fit_their_examples_only():
    for entry in read_toml("wording/themes.toml")["general"]["opening"]:
        assert themes().opening.match(squeeze(entry["example"])), entry
        assert not themes().opening.match(squeeze(entry["counter_example"])), entry


@pytest.mark.parametrize(
    ("cue", "other", "message"),
    [
        ("质押贷款", "质押融资", "line \\d+: cue '质押融资' stands twice in use"),
        ("质押贷款", "质押 贷款", "cue '质押 贷款' must be written '质押贷款'"),
        ("质押贷款", "国际先进", "cue '国际先进' is a neutral phrase"),
    ],
)
def test_a_bad_data_file_is_refused_with_its_line(monkeypatch, cue, other, message):
    broken = data_text("wording/themes.toml").replace(f'"{cue}"', f'"{other}"')
    for module in ("data", "wording.themes"):
        monkeypatch.setattr(f"ipcompare.{module}.data_text", lambda file: broken)
    read_toml.cache_clear()
    themes.cache_clear()
    with pytest.raises(RuleError, match=message):
        themes()
    monkeypatch.undo()
    read_toml.cache_clear()
    themes.cache_clear()


# Headings after 国发〔2015〕71号 and 知识产权强国建设纲要（2021—2035年）, and common ones ----------

HEADINGS = """
研究完善知识产权管理体制|management
改善知识产权服务业及社会组织管理|service
建立重大经济活动知识产权评议制度|management
加大知识产权侵权行为惩治力度|protection
加强新业态新领域创新成果的知识产权保护|protection
规制知识产权滥用行为|protection
完善知识产权审查和注册机制|creation
推动专利许可制度改革|use
加强知识产权交易平台建设|use
培育知识产权密集型产业|use
加强知识产权信息开放利用|service
完善海外知识产权风险预警体系|international
加强海外知识产权维权援助|international
加强海外知识产权维权援助|protection
完善知识产权对外合作机制|international
加大财税和金融支持力度|organisation
加强知识产权专业人才队伍建设|talent
加强宣传引导|culture
完善以企业为主体、市场为导向的高质量创造机制|creation
健全运行高效顺畅、价值充分实现的运用机制|use
建立规范有序、充满活力的市场化运营机制|use
加强覆盖全面、服务规范、智能高效的公共服务供给|service
营造更加开放、更加积极、更有活力的知识产权人才发展环境|talent
深化知识产权“放管服”改革|management
强化督促检查|organisation
加强高校知识产权学科建设|talent
加快专利转化和产业化|use
塑造尊重知识、崇尚创新的知识产权文化|culture
建设知识产权强市示范城市|regional
""".split()


@pytest.mark.parametrize(("heading", "theme"), [h.split("|") for h in HEADINGS])
def test_headings_of_other_texts(heading, theme):
    assert theme in themes_of(heading)


# The corpus ------------------------------------------------------------------------------------


def test_a_row_a_theme_with_evidence_or_a_reason(study):
    assigned, leaves = study.themes, leaf_provisions(study.clauses)
    assert assigned["clause_id"].drop_duplicates().tolist() == leaves["clause_id"].tolist()
    assert not assigned.duplicated(["clause_id", "theme"]).any()
    without = assigned["theme"] == UNASSIGNED
    assert assigned.loc[~without, "evidence"].map(len).min() > 0
    assert (assigned["reason"].notna() == without).all()
    assert set(assigned["theme"]) <= {*IDS, UNASSIGNED}


def test_no_chapter_is_without_theme_and_only_general_provisions_are(study):
    without = study.themes[study.themes["theme"] == UNASSIGNED]
    assert set(without["reason"]) == {"general"} and len(without) <= 0.1 * 130
    abroad = study.themes[study.themes["theme"] == "international"]["clause_id"]
    assert {"hebei-2016#5.1", "hebei-2016#5.2", "hebei-2016#5.3"} <= set(abroad)


def test_the_profile_counts_a_provision_in_each_of_its_themes(study):
    profile = study.theme_profile.set_index(["doc_id", "theme"])
    assert profile.loc["hebei-2016"].index.tolist() == [*IDS, UNASSIGNED]
    assert profile.loc["hebei-2016", "share"].sum() > 1
    own = study.themes[study.themes["doc_id"] == "zhengzhou-2017"]
    service = own.loc[own["theme"] == "service", "clause_id"].tolist()
    assert service == ["zhengzhou-2017#3.4.9"]  # agencies and 托管; not 0
    assert profile.loc[("zhengzhou-2017", "service"), "n_clauses"] == 1


def test_profile_by_hand_and_of_a_document_without_provisions():
    clauses = clause_rows(
        clause(heading="加强知识产权保护"),
        clause("a", "2", heading="推进创新合作"),
        clause("a", "3", heading="加强海外维权"),  # protection and international
        clause("b", "title-1", "关于知识产权的通知", role="title"),
    )
    profile = theme_profile(clauses).set_index(["doc_id", "theme"])
    assert profile.loc[("a", "protection"), ["n_clauses", "share"]].tolist() == [2, 0.666667]
    assert profile.loc[("a", "international"), "n_clauses"] == 1
    assert profile.loc[("a", UNASSIGNED), "share"] == 0.333333
    assert profile.loc["b", "share"].isna().all()
    assert pd.isna(profile.loc[("a", UNASSIGNED), "f1"])


def test_width_and_wraps_do_not_matter():
    plain = rows_of("推广“互联网+”与PCT申请", "专利申请，质押融资。")
    other = rows_of("推广＂互联网＋＂与ＰＣＴ申请", "专利\n申请,质押 融资。")
    same = ["theme", "score", "evidence"]
    assert plain[same].values.tolist() == other[same].values.tolist()


def test_every_cue_is_written_as_it_is_looked_for():
    assert all(cue == squeeze(cue) for cue in themes().cues)
    assert [*themes().names] == IDS


def test_only_themes_above_the_bar_are_compared():
    bar = themes().rule["least_f1"]
    assert trusted_themes() == [theme for theme in IDS if themes().f1[theme] >= bar]
    assert {"service", "organisation"}.isdisjoint(trusted_themes())
