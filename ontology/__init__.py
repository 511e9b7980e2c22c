"""The meaning of the graph: classes, relations, topics, the model and every error."""
