// en: Which agreements tie two places: they join them, or parties and signatories belong there
// de: Welche Vereinbarungen zwei Orte verbinden: selbst, durch ihre Parteien oder durch die, die unterzeichnet haben
// $place (Place): one place; what lies in it counts too, up to three steps of locatedIn
// $other (Place): the other place
// columns: agreement, agreement_name, start, end, documents
MATCH (x)-[a:AFFILIATED_WITH*0..1]->()-[l:LOCATED_IN*0..3]->(:Place {id: $place})
WHERE all(r IN a WHERE r.modality IN ['stated', 'past']) AND all(r IN l WHERE r.modality IN ['stated', 'past'])
WITH collect(DISTINCT x.id) AS here
MATCH (y)-[a:AFFILIATED_WITH*0..1]->()-[l:LOCATED_IN*0..3]->(:Place {id: $other})
WHERE all(r IN a WHERE r.modality IN ['stated', 'past']) AND all(r IN l WHERE r.modality IN ['stated', 'past'])
WITH here, collect(DISTINCT y.id) AS there
MATCH (m)-[r:CONNECTS|PARTY_TO|SIGNED]-(g:Agreement)
WHERE r.modality IN ['stated', 'past']
WITH g, here, there, collect(DISTINCT m.id) AS members
WHERE any(m IN members WHERE m IN here) AND any(m IN members WHERE m IN there)
RETURN g.id AS agreement, g.name AS agreement_name, g.start AS start, g.`end` AS `end`,
       COUNT { (g)-[:MENTIONED_IN]->(:Document) } AS documents
ORDER BY coalesce(start, ''), agreement
