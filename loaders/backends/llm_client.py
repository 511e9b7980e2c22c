"""One question to a server that speaks the OpenAI protocol: a text goes out, a text comes back, within limits.

The key is read from the environment variable INNOGRAPH_LLM_API_KEY and goes to this server only; the variables
that the client library would read (OPENAI_API_KEY, OPENAI_BASE_URL, OPENAI_ORG_ID) are for other servers.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from loaders.backends.contract import BackendError, package
from loaders.backends.llm_answer import Unusable
from loaders.backends.llm_task import instructions, marked, schema
from ontology.errors import SourceError

if TYPE_CHECKING:
    from httpx2 import Response
    from openai import OpenAI

KEY = "INNOGRAPH_LLM_API_KEY"
NO_KEY = "none"  # a local server asks for none, and the client library insists on one
RETRIES = 2  # after a time-out, a broken connection, HTTP 408, 409, 429 or 5xx
BYTES = 4_000_000  # of an answer; a thousand entities take a tenth


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """Where the model is. `base_url` ends before "/chat/completions"."""

    base_url: str
    model: str
    timeout_seconds: float = 120.0
    max_bytes: int = BYTES

    def __post_init__(self) -> None:
        parts = urlsplit(self.base_url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise BackendError(
                f'[llm] base_url = {self.base_url!r}: write "https://host/v1" or "http://localhost:port/v1"'
            )
        if parts.username or parts.password or parts.query or parts.fragment:
            raise BackendError(f"[llm] base_url: keep keys out of it: put the key into the variable {KEY}")
        if not self.model:
            raise BackendError("[llm] model: name the model that the server is to use")


class Client:
    """Asks one server. The connection is made for the first question."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._client: OpenAI | None = None

    def ask(self, text: str, *, source: str) -> str:
        """The model's answer to the task with this text.

        Raises SourceError where the server gives none, Unusable where the answer is none (a refusal, too long).
        """
        openai = package("openai", extra="llm", backend="llm")
        if self._client is None:
            self._client = _connect(self._server)
        try:
            response = self._client.chat.completions.with_raw_response.create(
                model=self._server.model,
                messages=[
                    {"role": "system", "content": instructions()},
                    {"role": "user", "content": marked(text)},
                ],
                response_format={
                    "type": "json_schema",
                    "json_schema": {"name": "press_release", "strict": True, "schema": dict(schema())},
                },
                temperature=0,
            )
        # `from None`: the library's errors hold the server's words, and a server may repeat the key in them.
        except openai.APITimeoutError:
            problem = f"did not answer within {self._server.timeout_seconds:g} s, {RETRIES + 1} times"
            raise self._no_answer(problem, "try again later, or raise timeout_seconds", source) from None
        except openai.APIStatusError as error:
            raise self._no_answer(
                f"answered HTTP {error.status_code}", _way_out(error.status_code), source
            ) from None
        except openai.OpenAIError as error:
            problem = f"could not be asked ({type(error).__name__})"
            raise self._no_answer(problem, "check base_url and that the server runs", source) from None
        return content(response.http_response.text)

    def _no_answer(self, problem: str, way_out: str, source: str) -> SourceError:
        host = urlsplit(self._server.base_url).netloc
        return SourceError(f"the language model's server {host} {problem}: {way_out}", source=source)


def content(body: str) -> str:
    """The words of the first choice of a completion. Raises Unusable."""
    try:
        tree = json.loads(body)
        choice = tree["choices"][0]
        message = choice["message"]
    except (ValueError, RecursionError, KeyError, IndexError, TypeError) as error:
        raise Unusable("the server's message is no completion") from error
    if not isinstance(message, Mapping):
        raise Unusable("the server's message is no completion")
    if message.get("refusal") or choice.get("finish_reason") == "content_filter":
        raise Unusable("the model refused")
    if choice.get("finish_reason") == "length":
        raise Unusable("it was cut off at the model's limit")
    words = message.get("content")
    if not isinstance(words, str) or not words.strip():
        raise Unusable("it is empty")
    return words


def _way_out(status: int) -> str:
    if status in (401, 403):
        return f"check the key in the variable {KEY}"
    if status == 404:
        return "check base_url and model in [llm]"
    if 300 <= status < 400:
        return "it points elsewhere, and text goes to base_url only: name the final address there"
    return (
        "try again later"
        if status in (408, 409, 429) or status >= 500
        else "check that it knows json_schema answers"
    )


def _connect(server: Server) -> OpenAI:
    openai = package("openai", extra="llm", backend="llm")
    httpx2 = package("httpx2", extra="llm", backend="llm")

    class Bounded(httpx2.SyncByteStream):  # type: ignore[misc, name-defined]
        """A body that stops at the limit: the library would read whatever comes."""

        def __init__(self, stream: object) -> None:
            self._stream = stream

        def __iter__(self) -> Iterator[bytes]:
            size = 0
            for chunk in self._stream:  # type: ignore[attr-defined]
                size += len(chunk)
                if size > server.max_bytes:
                    raise Unusable(f"it has more than {server.max_bytes:,} bytes")
                yield chunk

        def close(self) -> None:
            self._stream.close()  # type: ignore[attr-defined]

    def bound(response: Response) -> None:
        if response.headers.get("content-encoding", "identity") != "identity":
            raise Unusable("it is compressed, which was not asked for")
        response.stream = Bounded(response.stream)

    client: OpenAI = openai.OpenAI(
        base_url=server.base_url,
        api_key=os.environ.get(KEY) or NO_KEY,
        timeout=server.timeout_seconds,
        max_retries=RETRIES,
        default_headers={"Accept-Encoding": "identity"},
        # A redirect would carry the text to a host that nobody agreed to.
        http_client=openai.DefaultHttpxClient(follow_redirects=False, event_hooks={"response": [bound]}),
    )
    client.organization = client.project = None  # from variables that are meant for another server
    return client
