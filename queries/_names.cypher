// columns: id, kind, name
// Every spelling of every node, to find near misses.
MATCH (n)
WHERE NOT n:Document
UNWIND [n.name] + coalesce(n.aliases, []) AS name
RETURN DISTINCT n.id AS id, n.kind AS kind, name
ORDER BY id, name
