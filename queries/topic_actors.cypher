// en: Which organisations and places work on a topic, themselves or through an undertaking
// de: Welche Organisationen und Orte an einem Thema arbeiten, selbst oder durch Vorhaben dazu
// $topic (Topic): the topic
// columns: actor, actor_name, actor_kind, via, via_name, via_kind
CALL {
  MATCH (a:Organisation)-[r:HAS_TOPIC]->(:Topic {id: $topic})
  WHERE r.modality IN ['stated', 'past']
  RETURN a, null AS v
  UNION
  MATCH (a:Organisation|Place)-[r:PARTICIPATES_IN|COORDINATES|ORGANISES|PARTY_TO|SIGNED|FUNDS]->(v),
        (v)-[s:HAS_TOPIC]->(:Topic {id: $topic})
  WHERE r.modality IN ['stated', 'past'] AND s.modality IN ['stated', 'past']
  RETURN a, v
}
RETURN a.id AS actor, a.name AS actor_name, a.kind AS actor_kind,
       v.id AS via, v.name AS via_name, v.kind AS via_kind
ORDER BY actor, coalesce(via, '')
