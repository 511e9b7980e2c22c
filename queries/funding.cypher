// en: Who pays for what, and how much
// de: Wer was mit wie viel Geld fördert
// columns: funder, funder_name, funded, funded_name, amount, modality, valid_from, valid_to, quote, documents
MATCH (f)-[r:FUNDS]->(x)
UNWIND range(0, size(r.documents) - 1) AS i
WITH f, r, x, min(r.quotes[i]) AS quote, count(DISTINCT r.documents[i]) AS documents
RETURN f.id AS funder, f.name AS funder_name, x.id AS funded, x.name AS funded_name, r.amount AS amount,
       r.modality AS modality, r.valid_from AS valid_from, r.valid_to AS valid_to, quote, documents
ORDER BY funder, funded, r.id
