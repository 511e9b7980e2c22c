// en: Which documents speak of a node
// de: Welche Dokumente von einem Knoten sprechen
// $node (node): the node
// columns: document, title, publisher, published
MATCH (n {id: $node})-[:MENTIONED_IN]->(d:Document)
RETURN DISTINCT d.id AS document, d.title AS title, d.publisher AS publisher, d.published AS published
ORDER BY coalesce(published, ''), document
