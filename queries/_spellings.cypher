// columns: id, name, kind
// Nodes that go by $name, as id, name or alias; capitals do not matter.
MATCH (n)
WHERE n.kind IS NOT NULL AND (n.id = $name OR toLower(n.name) = toLower($name)
   OR any(alias IN coalesce(n.aliases, []) WHERE toLower(alias) = toLower($name)))
RETURN n.id AS id, n.name AS name, n.kind AS kind
ORDER BY id
