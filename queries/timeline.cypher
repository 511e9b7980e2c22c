// en: Events, delegations and agreements by their start
// de: Veranstaltungen, Delegationen und Vereinbarungen nach ihrem Beginn
// $since (date = ""): earliest start, as exact as wanted
// $until (date = ""): latest start; 2019 means all of 2019
// columns: happening, happening_name, happening_kind, start, end, documents
MATCH (h:Event|Agreement)
WHERE h.start >= left($since, size(h.start)) AND left(h.start, size($until)) <= $until
RETURN h.id AS happening, h.name AS happening_name, h.kind AS happening_kind, h.start AS start, h.`end` AS `end`,
       COUNT { (h)-[:MENTIONED_IN]->(:Document) } AS documents
ORDER BY start, happening
