// en: Which pairs of places are joined, and by how many programmes, agreements and delegations
// de: Welche Orte paarweise verbunden sind und durch wie viele Programme, Vereinbarungen und Delegationen
// columns: place, place_name, other, other_name, programmes, agreements, delegations, total
// A body counts for its seat, a city also for what it lies in. A delegation joins where it comes from with where
// it went. Places of which one lies in the other make no pair.
CALL {
  MATCH (m)-[r:CONNECTS|PARTY_TO|SIGNED]-(x:Programme|Agreement)-[s:CONNECTS|PARTY_TO|SIGNED]-(n),
        (m)-[a:LOCATED_IN*0..1]->(p:Place), (n)-[b:LOCATED_IN*0..1]->(q:Place)
  WHERE p.id < q.id AND m.id <> n.id AND r.modality IN ['stated', 'past'] AND s.modality IN ['stated', 'past']
    AND all(l IN a WHERE l.modality IN ['stated', 'past']) AND all(l IN b WHERE l.modality IN ['stated', 'past'])
  RETURN p, q, x
  UNION
  MATCH (m)-[r:PARTICIPATES_IN|ORGANISES]->(x:Delegation)-[s:VISITED|LOCATED_IN]->(n),
        (m)-[a:LOCATED_IN*0..1]->(h:Place), (n)-[b:LOCATED_IN*0..1]->(d:Place)
  WHERE h.id <> d.id AND m.id <> n.id AND r.modality IN ['stated', 'past'] AND s.modality IN ['stated', 'past']
    AND all(l IN a WHERE l.modality IN ['stated', 'past']) AND all(l IN b WHERE l.modality IN ['stated', 'past'])
  RETURN CASE WHEN h.id < d.id THEN h ELSE d END AS p, CASE WHEN h.id < d.id THEN d ELSE h END AS q, x
}
WITH p, q, sum(CASE WHEN x:Programme THEN 1 ELSE 0 END) AS programmes,
     sum(CASE WHEN x:Agreement THEN 1 ELSE 0 END) AS agreements,
     sum(CASE WHEN x:Delegation THEN 1 ELSE 0 END) AS delegations, count(x) AS total
WHERE NOT EXISTS {
    MATCH (p)-[l:LOCATED_IN*1..3]->(q) WHERE all(x IN l WHERE x.modality IN ['stated', 'past'])
  } AND NOT EXISTS {
    MATCH (q)-[l:LOCATED_IN*1..3]->(p) WHERE all(x IN l WHERE x.modality IN ['stated', 'past'])
  }
RETURN p.id AS place, p.name AS place_name, q.id AS other, q.name AS other_name,
       programmes, agreements, delegations, total
ORDER BY total DESC, place, other
