"""Relations of one document, found sentence by sentence; a file for each family of relations."""
