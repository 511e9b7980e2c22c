// en: Which people belong to an organisation, place, project or programme, and in which role
// de: Welche Menschen in welcher Rolle zu einer Organisation, einem Ort, Projekt oder Programm gehören
// $body (Organisation|Place|Project|Programme): where they belong to
// columns: person, person_name, role, modality, valid_from, valid_to, quote, documents
MATCH (p:Person)-[r:AFFILIATED_WITH]->(b:Organisation|Place|Project|Programme {id: $body})
UNWIND range(0, size(r.documents) - 1) AS i
WITH p, r, min(r.quotes[i]) AS quote, count(DISTINCT r.documents[i]) AS documents
RETURN p.id AS person, p.name AS person_name, r.role AS role, r.modality AS modality,
       r.valid_from AS valid_from, r.valid_to AS valid_to, quote, documents
ORDER BY person, coalesce(valid_from, ''), coalesce(role, ''), r.id
