-- Example queries for ipcompare.sqlite; the tests run them. Each begins with its title.

-- 同一指标各地怎么说：数值、期限、条款与原文字句
-- One indicator in every text: figure, deadline, pinpoint and the very characters of the raw text
SELECT a.doc_id, a.comparator, a.low, a.high, a.unit, a.deadline, c.pinpoint,
       substr(d.text, t.char_start + 1, t.char_end - t.char_start) AS raw_text
FROM aligned AS a
JOIN targets AS t USING (target_id)
JOIN clauses AS c ON c.clause_id = a.clause_id
JOIN documents AS d ON d.doc_id = a.doc_id
WHERE a.indicator = 'invention_patents_per_10k' AND a.headline
ORDER BY c.reading_order;

-- 哪些条款提到质押融资，由谁负责（MATCH 至少三个字；两个字查 clauses：text LIKE '%专利%'）
-- Which clauses mention pledge financing, and who is responsible (MATCH needs three characters)
SELECT c.clause_id, c.pinpoint, c.heading,
       (SELECT group_concat(unit, '；') FROM clause_units AS u WHERE u.clause_id = c.clause_id)
         AS units,
       snippet(clauses_fts, 1, '【', '】', '…', 20) AS found
FROM clauses_fts
JOIN clauses AS c ON c.reading_order = clauses_fts.rowid
WHERE clauses_fts MATCH '"质押融资"'
ORDER BY c.reading_order;

-- 同时提到“专利”和“质押”的条款：两个字的词用 LIKE，以 AND 相连
-- Clauses that mention both 专利 and 质押: words of two characters with LIKE, joined by AND
SELECT clause_id, pinpoint, heading
FROM clauses
WHERE text LIKE '%专利%' AND text LIKE '%质押%' AND role IN ('section', 'clause', 'paragraph')
ORDER BY reading_order;

-- 三个字以上的词用 MATCH，同样以 AND 相连
-- Longer words with MATCH, joined by AND likewise
SELECT c.clause_id, c.pinpoint, c.heading
FROM clauses_fts
JOIN clauses AS c ON c.reading_order = clauses_fts.rowid
WHERE clauses_fts MATCH '"知识产权" AND "质押融资"'
ORDER BY c.reading_order;

-- 两份文本之间最相近的条款对照
-- The closest clauses of two texts side by side
SELECT m.score, a.pinpoint, a.heading, b.pinpoint AS match_pinpoint, b.heading AS match_heading
FROM matches AS m
JOIN clauses AS a ON a.clause_id = m.clause_id
JOIN clauses AS b ON b.clause_id = m.match_id
WHERE a.doc_id = 'hebi-2017' AND b.doc_id = 'fuxin-2017'
ORDER BY m.score DESC, a.reading_order, b.reading_order
LIMIT 10;
