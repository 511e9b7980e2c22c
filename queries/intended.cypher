// en: What was planned or announced, but not yet done
// de: Was geplant oder angekündigt, aber noch nicht geschehen ist
// columns: source, source_name, relation, target, target_name, role, valid_from, quote, document, title, published
MATCH (s)-[r]->(t)
WHERE r.modality = 'intended'
UNWIND range(0, size(r.documents) - 1) AS i
MATCH (d:Document {id: r.documents[i]})
RETURN s.id AS source, s.name AS source_name, type(r) AS relation, t.id AS target, t.name AS target_name,
       r.role AS role, r.valid_from AS valid_from, r.quotes[i] AS quote, d.id AS document,
       d.title AS title, d.published AS published
ORDER BY source, relation, target, r.id, document, quote
