// columns: id, kind, name
// Every spelling of every node, to find near misses.
MATCH (n)
WHERE n.kind IS NOT NULL
UNWIND [n.name] + coalesce(n.aliases, []) AS name
RETURN DISTINCT n.id AS id, n.kind AS kind, name
ORDER BY id, name
