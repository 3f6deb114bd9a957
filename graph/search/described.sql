-- The names and the classes of an entity, names in the language asked for first.
SELECT 'name' AS what, content AS value
FROM (
  SELECT content FROM texts
  WHERE entity = :entity AND property IN ('label', 'prefLabel')
  ORDER BY language <> :language, language <> 'en', language
  LIMIT 1
)
UNION ALL
SELECT 'class', classes.iri
FROM types JOIN classes ON classes.id = types.class
WHERE types.entity = :entity
ORDER BY what, value
