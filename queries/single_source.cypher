// en: Which facts rest on one document alone
// de: Welche Tatsachen auf einem einzigen Dokument ruhen
// columns: source, source_name, relation, target, target_name, role, modality, quote, document, title
MATCH (s)-[r]->(t)
WHERE r.modality IN ['stated', 'past']
UNWIND range(0, size(r.documents) - 1) AS i
WITH s, r, t, min(r.quotes[i]) AS quote, count(DISTINCT r.documents[i]) AS sources, min(r.documents[i]) AS document
WHERE sources = 1
MATCH (d:Document {id: document})
RETURN s.id AS source, s.name AS source_name, type(r) AS relation, t.id AS target, t.name AS target_name,
       r.role AS role, r.modality AS modality, quote, document, d.title AS title
ORDER BY source, relation, target, r.id
