"""Pages as sites of governments have them, written here."""

import pytest

from ipcompare.intake import SourceError, read_bytes

BODY = (
    "<p>一、主要目标。到2025年，注册商标达到3000件。</p><p>二、保障措施。加强领导，统筹推进。</p>"
)


def page(body, head=""):
    return read_bytes(
        f"<!doctype html><html><head><meta charset=utf-8>{head}</head><body>{body}</body></html>".encode(),
        "a.html",
    )


def test_menus_counters_and_buttons_stand_apart_with_what_they_are():
    source = page(
        "<div class='nav'><a>首页</a> <a>政务公开</a></div><div>当前位置：首页 &gt; 文件</div>"
        f"<div class='art'><h1>甲市方案</h1><p>发布日期：2021-03-05　浏览次数：1234次</p>{BODY}<p>字体：[大 中 小] 打印本页</p></div>"
        "<div class='footer'>网站标识码：1234567</div>"
    )
    assert source.text.splitlines() == [
        "甲市方案",
        "一、主要目标。到2025年，注册商标达到3000件。",
        "二、保障措施。加强领导，统筹推进。",
    ]
    kinds = [kind for kind, _ in source.apart]
    assert sorted(kinds) == ["counter", "menu", "menu", "outside", "tools"]
    assert source.said["发布日期"] == "2021-03-05"


def test_a_table_is_rows_of_cells_also_where_cells_are_merged():
    rows = "<tr><th>指标</th><th colspan=2>目标</th></tr><tr><td rowspan=2>专利</td><td>2020年</td><td>5件</td></tr><tr><td>2025年</td><td>9件</td></tr>"
    lines = page(f"{BODY}<table>{rows}</table>").text.splitlines()
    assert lines[2:] == ["指标\t目标\t", "专利\t2020年\t5件", "\t2025年\t9件"]


def test_a_table_that_lays_out_a_page_is_none_of_data():
    lines = page(
        f"<table><tr><td><table><tr><td><a>栏目</a></td><td>{BODY}</td></tr></table></td></tr></table>"
    ).text
    assert "\t" not in lines and "到2025年" in lines


def test_what_a_page_says_of_itself_is_kept_by_its_own_names():
    head = "<title>甲市方案_甲市政府网</title><meta name=PubDate content=2021-03-05><link rel=canonical href=https://a.example/1.html>"
    index = "<table><tr><td>发文字号：</td><td>甲政〔2021〕3号</td><td>发文机关</td><td>甲市人民政府</td></tr></table>"
    said = page(f"{index}<div>{BODY}</div>", head).said
    assert said["发文字号"] == "甲政〔2021〕3号" and said["发文机关"] == "甲市人民政府"
    assert said["pubdate"] == "2021-03-05" and said["canonical"] == "https://a.example/1.html"


@pytest.mark.parametrize(
    "declared, used", [("gb2312", "gb18030"), ("GBK", "gb18030"), ("utf-8", "utf-8")]
)
def test_the_declared_encoding_holds(declared, used):
    html = f"<html><head><meta http-equiv=Content-Type content='text/html; charset={declared}'></head><body>{BODY}</body></html>"
    assert "注册商标达到3000件" in read_bytes(html.encode(used), "a.html").text


def test_scripts_styles_and_hidden_words_are_no_text():
    source = page(
        f"<script>var a='奖励5万元。'</script><style>p{{}}</style><div style='display:none'>隐藏，奖励6万元。</div>{BODY}"
    )
    assert "奖励" not in source.text


def test_a_thousand_levels_are_read_and_ten_thousand_refused():
    assert "目标" in page("<div>" * 1000 + BODY).text
    with pytest.raises(SourceError, match="nested too deep"):
        page("<div>" * 10_000 + BODY)


def test_a_page_without_words_is_refused():
    with pytest.raises(SourceError, match="no text was found"):
        page("<img src=a.png>")
