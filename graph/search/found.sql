-- The entities whose texts match, the best first, each with the text that matches best.
WITH hits AS MATERIALIZED (
  SELECT rowid AS id, -bm25(words, 2.0, 1.0) AS score FROM words WHERE words MATCH :match
)
SELECT
  e.iri,
  t.property,
  t.language,
  t.content,
  MAX(h.score * t.weight * CASE WHEN t.folded = :whole THEN 4 ELSE 1 END) AS score,
  e.id
FROM hits AS h
JOIN texts AS t ON t.id = h.id
JOIN entities AS e ON e.id = t.entity
WHERE (:language = '' OR t.language IN ('', :language))
  AND (
    :class = ''
    OR EXISTS (
      SELECT 1 FROM types
      WHERE types.entity = t.entity AND types.class = (SELECT id FROM classes WHERE iri = :class)
    )
  )
GROUP BY t.entity
ORDER BY score DESC, e.iri
LIMIT :most OFFSET :first
