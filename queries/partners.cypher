// en: Who works with an actor, directly or in the same agreement, project, programme or event
// de: Mit wem ein Akteur zusammenarbeitet, unmittelbar oder in Vereinbarungen, Projekten, Programmen, Veranstaltungen
// $actor (Organisation|Place): the actor whose partners are asked for
// columns: partner, partner_name, partner_kind, via, via_name, via_kind
CALL {
  MATCH (a:Organisation|Place {id: $actor})-[r:COOPERATES_WITH]-(p:Organisation|Place)
  WHERE r.modality IN ['stated', 'past']
  RETURN p, null AS v
  UNION
  MATCH (a:Organisation|Place {id: $actor})-[r:PARTICIPATES_IN|COORDINATES|ORGANISES|PARTY_TO|SIGNED]->(v),
        (v)<-[s:PARTICIPATES_IN|COORDINATES|ORGANISES|PARTY_TO|SIGNED]-(p:Organisation|Place)
  WHERE r.modality IN ['stated', 'past'] AND s.modality IN ['stated', 'past']
  RETURN p, v
}
WITH p, v WHERE p.id <> $actor
RETURN p.id AS partner, p.name AS partner_name, p.kind AS partner_kind,
       v.id AS via, v.name AS via_name, v.kind AS via_kind
ORDER BY partner, coalesce(via, '')
