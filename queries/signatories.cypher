// en: Who signed an agreement and on whose behalf, intended and denied signatures included
// de: Wer eine Vereinbarung unterzeichnet hat und in wessen Namen, auch beabsichtigt oder verneint
// $agreement (Agreement): the agreement
// columns: signatory, signatory_name, signatory_kind, relation, modality, quote, documents
MATCH (s)-[r:SIGNED|PARTY_TO]->(:Agreement {id: $agreement})
UNWIND range(0, size(r.documents) - 1) AS i
WITH s, r, min(r.quotes[i]) AS quote, count(DISTINCT r.documents[i]) AS documents
RETURN s.id AS signatory, s.name AS signatory_name, s.kind AS signatory_kind, type(r) AS relation,
       r.modality AS modality, quote, documents
ORDER BY relation, signatory, r.id
