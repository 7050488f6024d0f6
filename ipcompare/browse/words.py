"""The words on the browsers, always (Chinese, English)."""

from ipcompare.exports.declared import LANGS

WORDS = {
    "text a": ("文本甲", "Text A"),
    "text b": ("文本乙", "Text B"),
    "threshold": ("阈值", "Threshold"),
    "score": ("分数", "Score"),
    "mutual": ("互为最佳", "Mutual"),
    "both texts": ("对读原文", "Read both"),
    "no counterpart": ("无对应", "no counterpart"),
    "nearest": ("最接近", "nearest"),
    "same text": ("请选择两份不同的文本。", "Choose two different texts."),
    "matched": (
        "{a} 的 {n} 条中，{k} 条在{b} 有对应（分数不低于 {threshold:.2f}）。"
        "标记处为两条共有的连续 {run} 字以上。",
        "{k} of the {n} provisions of {a} have a counterpart in {b} (score {threshold:.2f} or "
        "more). Marked: runs of {run} or more characters that both share.",
    ),
    "indicator": ("指标", "Indicator"),
    "target": ("目标", "target"),
    "incentive": ("激励", "incentive"),
    "text": ("文本", "Text"),
    "value": ("数值", "Value"),
    "deadline": ("期限", "Deadline"),
    "remarks": ("说明", "Remarks"),
    "sentence": ("原句与出处", "Sentence and source"),
    "stated": ("{n} 份文本中 {k} 份有数字。", "{k} of {n} texts state a number."),
    "condition": ("条件", "condition"),
    "scope": ("范围", "scope"),
    "contradiction": ("前后不一，另见", "differs from"),
    "wording": ("措辞不同，另见", "worded otherwise in"),
    "joint": ("合并计算", "joint with"),
    "variant": ("口径", "definition"),
    "unit": ("计量", "unit"),
    "colon": ("：", ": "),
    "semicolon": ("；", "; "),
    "rows": ("共 {n} 行", "{n} rows in all"),
    "search": ("搜索", "Search"),
    "page length": ("每页 _MENU_ 行", "_MENU_ rows a page"),
    "page": ("第 _START_–_END_ 行，共 _TOTAL_ 行", "Rows _START_–_END_ of _TOTAL_"),
    "filtered": ("（全表 _MAX_ 行）", " (_MAX_ in all)"),
    "nothing": ("没有符合的行", "No row fits"),
    "clauses title": ("条款对照：{a}、{b}", "Provisions of {a} and {b}"),
    "targets title": ("指标：{indicator}", "Indicator: {indicator}"),
    "table title": ("表：{n} 行", "Table of {n} rows"),
}


def word(key: str, lang: str, **values) -> str:
    """One word or sentence of WORDS, with its values filled in; ValueError for another lang."""
    if lang not in LANGS:
        raise ValueError(f"lang is zh or en, not {lang!r}")
    return WORDS[key][LANGS.index(lang)].format(**values)
