// en: All relations of a node, both ways, each with its quotes
// de: Alle Beziehungen eines Knotens in beide Richtungen, mit Belegstellen
// $node (node): the node in the middle
// columns: direction, relation, other, other_name, other_kind, role, modality, valid_from, valid_to, quote, document
CALL {
  MATCH (n {id: $node})-[r]->(o) WHERE r.modality IS NOT NULL
  RETURN r, o, 'out' AS direction
  UNION ALL
  MATCH (n {id: $node})<-[r]-(o) WHERE r.modality IS NOT NULL
  RETURN r, o, 'in' AS direction
}
UNWIND range(0, size(r.documents) - 1) AS i
RETURN direction, type(r) AS relation, o.id AS other, o.name AS other_name, o.kind AS other_kind, r.role AS role,
       r.modality AS modality, r.valid_from AS valid_from, r.valid_to AS valid_to,
       r.quotes[i] AS quote, r.documents[i] AS document
ORDER BY direction DESC, relation, other, r.id, document, quote
