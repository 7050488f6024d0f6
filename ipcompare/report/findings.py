"""The findings of the report: the sentences of the facts, their values linked to the evidence."""

from markupsafe import Markup

from ipcompare.facts.sentences import Finding, Writer, finding, report_findings
from ipcompare.facts.values import Link
from ipcompare.report.cells import clause_link, pair_link, target_link
from ipcompare.study import Study


def findings(made: Study) -> list[Finding]:
    """What the tables say, in the order of ``findings.toml``; what does not apply is left out."""
    found = (finding(id, made, writer=LINKED) for id in report_findings())
    return [said for said in found if said]


def _linked(link: Link) -> Markup:
    """A text that opens its evidence."""
    if link.target_id:
        return target_link(link.target_id, link.clause_id, link.text)
    if link.match_id:
        return pair_link(link.clause_id, link.match_id, link.text)
    return clause_link(link.clause_id, link.text)


LINKED = Writer(Markup, _linked)
