// en: Which roles a person has or had, and where
// de: Welche Rollen ein Mensch wo hat oder hatte
// $person (Person): the person whose roles are asked for
// columns: body, body_name, body_kind, role, modality, valid_from, valid_to, quote, documents
MATCH (p:Person {id: $person})-[r:AFFILIATED_WITH]->(b)
UNWIND range(0, size(r.documents) - 1) AS i
WITH b, r, min(r.quotes[i]) AS quote, count(DISTINCT r.documents[i]) AS documents
RETURN b.id AS body, b.name AS body_name, b.kind AS body_kind, r.role AS role, r.modality AS modality,
       r.valid_from AS valid_from, r.valid_to AS valid_to, quote, documents
ORDER BY body, coalesce(valid_from, ''), coalesce(role, ''), r.id
