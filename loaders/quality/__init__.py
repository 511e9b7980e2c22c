"""How good extraction is: facts of documents against the graphs that careful readers drew of them."""
