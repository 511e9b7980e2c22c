// columns: id, title, url
// Every document, to find one by its title or address.
MATCH (d:Document)
RETURN d.id AS id, d.title AS title, d.url AS url
ORDER BY id
