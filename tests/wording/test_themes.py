"""Themes: the score by hand, doubt reported, headings as in other texts than the corpus."""

from math import log

import pandas as pd
import pytest
from tables import clause, clause_rows

from ipcompare.data import RuleError, data_text, read_toml
from ipcompare.frames import leaf_provisions
from ipcompare.wording.themes import UNASSIGNED, clause_themes, theme_profile, themes
from ipcompare.wording.tokens import squeeze

IDS = ["creation", "use", "protection", "management", "service", "talent", "organisation"]


def theme_of(heading, body="", **about):
    return clause_themes(clause_rows(clause(body=body, heading=heading, **about))).iloc[0]


# By hand ---------------------------------------------------------------------------------------


def test_score_share_and_evidence_by_hand():
    # heading: 质押融资 (use, strong); body: 质押融资 twice, 贷款 (use, plain), 培训 (talent, plain)
    rule = themes().rule
    assert [rule[k] for k in ("heading", "above", "body", "strong", "plain")] == [4, 1.5, 1, 2, 1]
    row = theme_of("开展质押融资", "质押融资、质押融资，贷款，培训。")
    use = 4 * 2 + 2 * (1 + log(2)) + 1
    assert row.score == pytest.approx(use, abs=1e-4)
    assert row.share == pytest.approx(use / (use + 1), abs=1e-4)
    assert (row.theme, row.second, row.evidence) == ("use", "talent", ["质押融资×3", "贷款"])
    assert pd.isna(row.reason) and row.n_chars == 6 + 8 + 4


def test_headings_above_count_too():
    found = clause_themes(
        clause_rows(
            clause(heading="加强知识产权保护", role="section"),
            clause("a", "1.1", "查处违法行为，开展调解。", heading="完善制度", parent_id="a#1"),
        )
    ).iloc[0]
    # 知识产权保护 above 1.5 x 2; 违法行为 and 调解 strong, 查处 plain
    assert (found.theme, found.score) == ("protection", 1.5 * 2 + 2 * 2 + 1)


def test_the_longest_cue_is_taken_and_none_inside_it():
    assert theme_of("发展知识产权金融服务").evidence == ["知识产权金融"]
    assert theme_of("深化专利金融服务").evidence == ["金融服务"]  # not 服务
    assert theme_of("建设维权服务").evidence == ["维权服务"]


def test_departments_and_numbers_are_no_evidence():
    closing = "（责任单位：市知识产权保护中心、市人才服务中心）"
    row = theme_of("推进工作", label="（一）", closing=closing)
    assert (row.theme, row.reason, row.score) == (UNASSIGNED, "no evidence", 0)


@pytest.mark.parametrize(
    ("heading", "body", "reason"),
    [
        ("指导思想", "加强知识产权保护、执法、维权。", "general"),
        ("推进区域合作", "共享经验。", "no evidence"),
        ("推进区域合作", "开展培训。", "weak evidence"),
        ("知识产权创造质量、管理能力显著提升", "", "ambiguous"),
        ("加强工作", "知识产权创造、运用、保护、管理、服务。", "no evidence"),
    ],
)
def test_doubt_is_reported_never_a_silent_default(heading, body, reason):
    row = theme_of(heading, body)
    assert (row.theme, row.reason) == (UNASSIGNED, reason)


def test_a_bad_data_file_is_refused_with_its_line(monkeypatch):
    broken = data_text("wording/themes.toml").replace('"质押贷款"', '"质押融资"')
    for module in ("data", "wording.themes"):
        monkeypatch.setattr(f"ipcompare.{module}.data_text", lambda file: broken)
    read_toml.cache_clear()
    themes.cache_clear()
    with pytest.raises(
        RuleError, match=r"themes.toml, line \d+: cue '质押融资' stands already for use"
    ):
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
提升知识产权附加值和国际影响力|use
加强知识产权信息开放利用|service
完善海外知识产权风险预警体系|protection
加强海外知识产权维权援助|protection
完善知识产权对外合作机制|unassigned
加大财税和金融支持力度|organisation
加强知识产权专业人才队伍建设|talent
加强宣传引导|organisation
完善以企业为主体、市场为导向的高质量创造机制|creation
健全运行高效顺畅、价值充分实现的运用机制|use
建立规范有序、充满活力的市场化运营机制|use
加强覆盖全面、服务规范、智能高效的公共服务供给|service
营造更加开放、更加积极、更有活力的知识产权人才发展环境|talent
深化知识产权“放管服”改革|management
强化督促检查|organisation
加强高校知识产权学科建设|talent
加快专利转化和产业化|use
""".split()


@pytest.mark.parametrize(("heading", "theme"), [h.split("|") for h in HEADINGS])
def test_headings_of_other_texts(heading, theme):
    assert theme_of(heading).theme == theme


# The corpus ------------------------------------------------------------------------------------

READ = """
hebei-2016#2.1|management hebei-2016#2.2|service hebei-2016#2.4|management hebei-2016#3.1|unassigned
hebei-2016#3.4|use hebei-2016#3.9|creation hebei-2016#3.10|unassigned hebei-2016#4.5|protection
hebei-2016#5.2|protection hebei-2016#6.2|organisation hebei-2016#6.3|talent hebei-2016#6.4|organisation
hebi-2017#1.1|unassigned hebi-2017#2.3|creation hebi-2017#2.6|use hebi-2017#2.10|service
hebi-2017#3.13|protection hebi-2017#4.16|management hebi-2017#5.17|unassigned hebi-2017#6.22|talent
fuxin-2017#2.5|creation fuxin-2017#3.8|use fuxin-2017#4.13|protection fuxin-2017#5.14|management
fuxin-2017#6.17|service fuxin-2017#7.20|talent fuxin-2017#8.23|organisation
zhengzhou-2017#2.1|unassigned zhengzhou-2017#3.1.1|use zhengzhou-2017#3.2.3|creation
zhengzhou-2017#3.3.6|protection zhengzhou-2017#3.5.11|use zhengzhou-2017#3.6.12|talent
zhengzhou-2017#4.3|organisation xinxiang-2024#3.1|management xinxiang-2024#3.2|creation
xinxiang-2024#4.1.3|unassigned xinxiang-2024#4.2.4|creation xinxiang-2024#4.3.4|protection
xinxiang-2024#4.4.3|use xinxiang-2024#4.5.1|service xinxiang-2024#4.6.2|organisation
""".split()


@pytest.mark.parametrize(("clause_id", "theme"), [r.split("|") for r in READ])
def test_provisions_as_read(study, clause_id, theme):
    assert study.themes.set_index("clause_id").loc[clause_id, "theme"] == theme


def test_one_row_a_leaf_provision_with_evidence_or_a_reason(study):
    assigned, leaves = study.themes, leaf_provisions(study.clauses)
    assert assigned["clause_id"].tolist() == leaves["clause_id"].tolist()
    doubtful = assigned["theme"] == UNASSIGNED
    assert assigned.loc[~doubtful, "evidence"].map(len).min() > 0
    assert (assigned["reason"].notna() == doubtful).all()
    assert set(assigned["theme"]) <= {*IDS, UNASSIGNED}


def test_the_profile_sums_to_one_and_says_what_is_unassigned(study):
    profile = study.theme_profile
    assert profile["theme"].tolist() == [*IDS, UNASSIGNED] * 5
    assert profile.groupby("doc_id")["share"].sum().tolist() == pytest.approx([1] * 5, abs=1e-5)
    assert profile.groupby("doc_id", sort=False)["n_clauses"].sum().tolist() == [29, 23, 24, 23, 31]
    share = profile.pivot(index="doc_id", columns="theme", values="share")
    assert share["use"].idxmax() == "zhengzhou-2017"  # a plan for a system of IP operations
    assert share.loc["zhengzhou-2017", "service"] == 0  # a theme without a clause is 0, not missing


def test_profile_by_hand_and_of_a_document_without_provisions():
    clauses = clause_rows(
        clause(heading="加强知识产权保护"),  # 8 characters
        clause("a", "2", heading="推进区域合作"),  # 6
        clause("b", "title-1", "关于知识产权的通知", role="title"),
    )
    profile = theme_profile(clauses).set_index(["doc_id", "theme"])
    assert profile.loc[("a", "protection"), ["n_clauses", "n_chars"]].tolist() == [1, 8]
    assert profile.loc[("a", "protection"), "share"] == pytest.approx(8 / 14, abs=1e-6)
    assert profile.loc[("a", UNASSIGNED), "share"] == pytest.approx(6 / 14, abs=1e-6)
    assert profile.loc["b", "share"].isna().all()


def test_width_and_wraps_do_not_matter():
    plain = theme_of("推广“互联网+”与PCT申请", "专利申请，质押融资。")
    other = theme_of("推广＂互联网＋＂与ＰＣＴ申请", "专利\n申请,质押 融资。")
    assert plain.drop(["heading"]).tolist() == other.drop(["heading"]).tolist()


def test_every_cue_is_written_as_it_is_looked_for():
    assert all(cue == squeeze(cue) for cue in themes().cues)
    assert [*themes().names] == IDS
