-- The index of one version. Entities and classes are IRIs; a text is one literal of an entity.
CREATE TABLE entities (id INTEGER PRIMARY KEY, iri TEXT NOT NULL);
CREATE TABLE classes (id INTEGER PRIMARY KEY, iri TEXT NOT NULL UNIQUE);
CREATE TABLE types (entity INTEGER, class INTEGER, PRIMARY KEY (entity, class)) WITHOUT ROWID;
CREATE TABLE texts (
  id INTEGER PRIMARY KEY,
  entity INTEGER NOT NULL,
  property TEXT NOT NULL,
  weight REAL NOT NULL,
  language TEXT NOT NULL,
  folded TEXT NOT NULL,     -- the whole text as it is compared, where it is a name; else empty
  content TEXT NOT NULL
);
-- The words of a text, folded, and the same without their endings; the rowid is the text's.
CREATE VIRTUAL TABLE words USING fts5(
  folded, stems, content='', prefix='2 3',
  tokenize="unicode61 remove_diacritics 0 categories 'L* M* N* Co'"
);
