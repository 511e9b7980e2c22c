// columns: id, name, kind
// Nodes that go by $wanted, as id, name or alias; capitals do not matter.
MATCH (n)
WHERE NOT n:Document AND (n.id = $wanted OR toLower(n.name) = toLower($wanted)
   OR any(alias IN coalesce(n.aliases, []) WHERE toLower(alias) = toLower($wanted)))
RETURN n.id AS id, n.name AS name, n.kind AS kind
ORDER BY id
