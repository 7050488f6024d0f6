-- The tables of ipcompare.sqlite. Rows stand in the order of the corpus, then of the text. What a
-- text does not say is NULL. The columns are those of the tables that clause_table(),
-- extract_targets(), align_targets() and match_clauses() make; their docstrings say more.

CREATE TABLE documents (
  doc_id          TEXT NOT NULL PRIMARY KEY,
  title           TEXT,
  doc_number      TEXT,     -- 发文字号
  issuer          TEXT,     -- 发文机关
  jurisdiction    TEXT,
  jurisdiction_en TEXT,
  level           TEXT,     -- province, city, county or country
  province        TEXT,
  adcode          TEXT,     -- GB/T 2260
  date_issued     TEXT,     -- 2017-09-30, 2017-09 or 2017
  horizon_year    INTEGER,
  validity        TEXT,     -- since when and how long it is in force, as written
  implements      TEXT,     -- what it is made after, as written
  parent          TEXT,     -- the ids of the texts that it carries out
  use             TEXT,     -- reference: compared with but not reported on
  url             TEXT,
  accessed        TEXT,     -- when that page was read
  original        TEXT,     -- the file that the text was read from
  file            TEXT,
  sha256          TEXT,
  note            TEXT,
  text            TEXT NOT NULL  -- the raw text; char_start and char_end count its characters
);

CREATE TABLE clauses (
  reading_order INTEGER PRIMARY KEY,  -- 1, 2, ... through all documents
  clause_id     TEXT NOT NULL UNIQUE,
  doc_id        TEXT NOT NULL REFERENCES documents (doc_id),
  jurisdiction  TEXT,
  level         TEXT,
  role          TEXT,     -- section and clause are the numbered provisions
  path          TEXT,     -- 2.3
  label         TEXT,     -- （三）
  depth         INTEGER,
  heading       TEXT,
  pinpoint      TEXT,     -- 二、（三）
  text          TEXT,
  parent_id     TEXT REFERENCES clauses (clause_id),
  char_start    INTEGER,  -- from 0
  char_end      INTEGER,  -- exclusive
  body_start    INTEGER,  -- where in text the clause's own words begin, behind label and heading
  body_end      INTEGER,  -- and where they end, before the departments
  leaf          INTEGER,  -- 1: a numbered provision without numbered parts
  year          INTEGER,  -- of the document
  cuts          TEXT      -- what the raw text has beside text, as JSON: [[offset, characters], ...]
);
CREATE INDEX clauses_doc_id ON clauses (doc_id);
CREATE INDEX clauses_parent_id ON clauses (parent_id);

-- The departments responsible for a clause, as written, in their order.
CREATE TABLE clause_units (
  clause_id TEXT NOT NULL REFERENCES clauses (clause_id),
  position  INTEGER NOT NULL,
  unit      TEXT NOT NULL,
  PRIMARY KEY (clause_id, position)
);
CREATE INDEX clause_units_unit ON clause_units (unit);

CREATE TABLE targets (
  target_id    TEXT NOT NULL PRIMARY KEY,
  clause_id    TEXT NOT NULL REFERENCES clauses (clause_id),
  doc_id       TEXT NOT NULL REFERENCES documents (doc_id),
  number       TEXT,     -- as written
  low          REAL,     -- in unit
  high         REAL,
  comparator   TEXT,     -- >=, >, <=, <, = or ~
  unit         TEXT,
  indicator    TEXT,     -- as written
  name_source  TEXT,     -- where the indicator was found
  measure      TEXT,
  per_year     INTEGER,  -- 1 or 0
  binding      TEXT,     -- binding or expected, of a row of an indicator table
  deadline     INTEGER,  -- a year
  kind         TEXT,     -- target, incentive, condition, resource, fact or unclear
  quote        TEXT,     -- the sentence
  char_start   INTEGER,  -- of number and unit, in the raw text
  char_end     INTEGER,
  quote_start  INTEGER,  -- of the sentence, in the text of its clause
  quote_end    INTEGER,
  number_start INTEGER,  -- of number and unit, in the sentence
  number_end   INTEGER,
  rule         TEXT,     -- of kinds.toml, which gave the kind
  horizon_note TEXT,     -- 三年左右: stands instead of a year
  horizon_year INTEGER,  -- the year that it comes to, computed
  hardness     TEXT,     -- ensured, strived_for or expected, in the words of the sentence
  counting     TEXT,     -- total, added, selected …, in the words of the sentence
  each         TEXT,     -- 件: paid for each (每件4000元)
  condition    TEXT      -- what must be met
);
CREATE INDEX targets_clause_id ON targets (clause_id);
CREATE INDEX targets_doc_id ON targets (doc_id);

CREATE TABLE aligned (
  target_id    TEXT NOT NULL PRIMARY KEY REFERENCES targets (target_id),
  clause_id    TEXT NOT NULL REFERENCES clauses (clause_id),
  doc_id       TEXT NOT NULL REFERENCES documents (doc_id),
  indicator    TEXT NOT NULL,  -- its id in indicators.toml or incentives.toml
  indicator_zh TEXT,
  indicator_en TEXT,
  theme        TEXT,
  comparator   TEXT,
  low          REAL,           -- in unit, the unit of the indicator
  high         REAL,
  unit         TEXT,
  measure      TEXT,
  deadline     INTEGER,
  per_year     INTEGER,
  scope        TEXT,
  each         TEXT,           -- 件: paid for each (每件4000元)
  kind         TEXT,
  hardness     TEXT,           -- ensured, strived_for or expected
  counting     TEXT,           -- total, added, selected …
  headline     INTEGER,        -- 1: the statement to print
  condition    TEXT,
  proviso      TEXT,           -- what else limits a payment
  flag         TEXT,
  wording      TEXT,
  char_start   INTEGER,        -- of the number, in the raw text
  quote        TEXT,
  horizon_note TEXT,           -- 三年左右: stands instead of a year
  horizon_year INTEGER         -- the year that it comes to, computed
);
CREATE INDEX aligned_clause_id ON aligned (clause_id);
CREATE INDEX aligned_indicator ON aligned (indicator, doc_id);

CREATE TABLE matches (
  clause_id TEXT NOT NULL REFERENCES clauses (clause_id),
  match_id  TEXT NOT NULL REFERENCES clauses (clause_id),
  score     REAL,     -- cosine, 0 to 1
  rank_score REAL,    -- what ranks the match; no similarity
  rank      INTEGER,  -- 1 ranks first among the provisions of all other documents
  mutual    INTEGER,  -- 1 where each is the best of its document for the other
  PRIMARY KEY (clause_id, match_id)
);
CREATE INDEX matches_match_id ON matches (match_id);

-- Full text of the clauses. MATCH '"质押融资"' finds three characters or more. For two, ask the table
-- clauses itself: text LIKE '%专利%' (older SQLite finds nothing that way in clauses_fts).
CREATE VIRTUAL TABLE clauses_fts USING fts5 (
  heading, text, content='clauses', content_rowid='reading_order', tokenize='trigram'
);
