"""A language model behind the OpenAI protocol, on this machine or elsewhere. Off unless asked for twice.

[extract]
backends = ["llm"]

[llm]
base_url = "http://localhost:11434/v1"
model = "the name that the server knows"
send_text = true            # the text of each document leaves innograph for base_url
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from loaders.backends.contract import BackendError, BackendMention, Notify, Options, package
from loaders.backends.llm_answer import Harvest, Unusable, harvest
from loaders.backends.llm_client import Client, Server
from ontology.model import Document, Fact

CHARACTERS = 40_000  # of a text that are shown to the model; a press release has 2,000 to 10,000


class LlmBackend:
    """Facts that a model finds, each with a quote that was located in the text."""

    name = "llm"

    def __init__(
        self, ask: Callable[..., str], *, model: str, notify: Notify, characters: int = CHARACTERS
    ) -> None:
        """`ask(text, source=...)` gives the model's answer to the task, such as Client.ask."""
        self._ask, self._method, self._notify, self._characters = ask, f"llm:{model}", notify, characters

    def mentions(self, text: str, language: str) -> Sequence[BackendMention]:
        """None: its entities come with its facts, and asking twice would cost twice."""
        return ()

    def facts(self, document: Document) -> Sequence[Fact]:
        """Raises SourceError where the server gives no answer. An answer that is unusable is told and gives none."""
        return self.harvest(document).facts

    def harvest(self, document: Document) -> Harvest:
        """The same, with what was left out and why."""
        text = document.text[: self._characters]
        where = document.title or document.id
        if not text.strip():
            return Harvest(())
        if len(text) < len(document.text):
            self._notify(f"{where}: the language model was shown the first {len(text):,} characters")
        try:
            found = harvest(self._ask(text, source=where), document, text=text, method=self._method)
        except Unusable as error:
            self._notify(f"{where}: the language model's answer was left out: {error}")
            return Harvest((), {str(error): 1})
        if found.dropped:
            reasons = ", ".join(f"{number} {reason}" for reason, number in found.dropped.items())
            self._notify(f"{where}: left out of the language model's answer: {reasons}")
        return found


def make(options: Options, *, notify: Notify) -> LlmBackend:
    """Raises BackendError unless the user agreed to send text and named the server."""
    options.only("base_url", "model", "send_text", "timeout_seconds")
    if not options.flag("send_text"):
        raise BackendError(
            f"{options.where}: the text of each document would be sent to {options.text('base_url') or 'base_url'}: "
            "write `send_text = true` if you may and want to, or take 'llm' out of [extract] backends"
        )
    server = Server(
        base_url=options.text("base_url"),
        model=options.text("model"),
        timeout_seconds=options.number("timeout_seconds", 120.0),
    )
    package("openai", extra="llm", backend="llm")
    return LlmBackend(Client(server).ask, model=server.model, notify=notify)
