"""Training of the mention tagger: data, model, export. Not needed to use or to test innograph."""
