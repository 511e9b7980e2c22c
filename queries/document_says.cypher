// en: Every relation that a document states, with its quotes
// de: Jede Beziehung, die ein Dokument nennt, mit den Belegstellen
// $document (document): the document, by id, title or address
// columns: source, source_name, relation, target, target_name, role, modality, quote
MATCH (s)-[r]->(t)
WHERE $document IN r.documents
UNWIND range(0, size(r.documents) - 1) AS i
WITH s, r, t, i WHERE r.documents[i] = $document
RETURN s.id AS source, s.name AS source_name, type(r) AS relation, t.id AS target, t.name AS target_name,
       r.role AS role, r.modality AS modality, r.quotes[i] AS quote
ORDER BY source, relation, target, r.id, quote
