// en: Which places each programme or agreement joins
// de: Welche Orte jedes Programm und jede Vereinbarung verbindet
// columns: frame, frame_name, frame_kind, place, place_name, modality, quote, documents
MATCH (f:Programme|Agreement)-[r:CONNECTS]->(p:Place)
UNWIND range(0, size(r.documents) - 1) AS i
WITH f, p, r, min(r.quotes[i]) AS quote, count(DISTINCT r.documents[i]) AS documents
RETURN f.id AS frame, f.name AS frame_name, f.kind AS frame_kind, p.id AS place, p.name AS place_name,
       r.modality AS modality, quote, documents
ORDER BY frame, place, r.id
