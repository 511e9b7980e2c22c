// en: Which organisations sit in a place; a city counts for its region, up to three steps
// de: Welche Organisationen an einem Ort sitzen; eine Stadt zählt für ihre Region, bis zu drei Stufen
// $place (Place): the city, region or country
// columns: organisation, organisation_name, organisation_kind, seat, seat_name
MATCH (o:Organisation)-[r:LOCATED_IN]->(s:Place), (s)-[l:LOCATED_IN*0..2]->(:Place {id: $place})
WHERE r.modality IN ['stated', 'past'] AND all(x IN l WHERE x.modality IN ['stated', 'past'])
RETURN DISTINCT o.id AS organisation, o.name AS organisation_name, o.kind AS organisation_kind,
       s.id AS seat, s.name AS seat_name
ORDER BY organisation, seat
