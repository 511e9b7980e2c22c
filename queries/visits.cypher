// en: What a delegation, person or organisation visited
// de: Was eine Delegation, ein Mensch oder eine Organisation besucht hat
// $visitor (Delegation|Person|Organisation): who was there as a visitor
// columns: host, host_name, host_kind, modality, quote, documents
MATCH (:Delegation|Person|Organisation {id: $visitor})-[r:VISITED]->(h)
UNWIND range(0, size(r.documents) - 1) AS i
WITH h, r, min(r.quotes[i]) AS quote, count(DISTINCT r.documents[i]) AS documents
RETURN h.id AS host, h.name AS host_name, h.kind AS host_kind, r.modality AS modality, quote, documents
ORDER BY host, r.id
