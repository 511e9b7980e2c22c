// en: Who takes part in an event, delegation, project or programme, who hosts it, who runs it
// de: Wer an Veranstaltung, Delegation, Projekt oder Programm teilnimmt, wer einlädt, wer koordiniert
// $activity (Event|Project|Programme): the event, delegation, project or programme
// columns: actor, actor_name, actor_kind, relation, role, modality, quote, documents
MATCH (a)-[r:PARTICIPATES_IN|ORGANISES|COORDINATES]->(:Event|Project|Programme {id: $activity})
UNWIND range(0, size(r.documents) - 1) AS i
WITH a, r, min(r.quotes[i]) AS quote, count(DISTINCT r.documents[i]) AS documents
RETURN a.id AS actor, a.name AS actor_name, a.kind AS actor_kind, type(r) AS relation, r.role AS role,
       r.modality AS modality, quote, documents
ORDER BY relation, actor, coalesce(role, ''), r.id
