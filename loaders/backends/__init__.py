"""Second opinions on a text: spaCy, GLiNER2, a language model, or any package that follows the contract."""
