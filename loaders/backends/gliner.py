"""GLiNER2: names of the ontology's own classes, without training for them.

    [gliner2]
    model = "/path/to/folder"     # of a checkpoint; an ONNX export is read with the package gliner2-onnx
    threshold = 0.5

The folder must be there: nothing is downloaded. No weights could be had where this was written, so the adapter
is tested with objects that have the same methods as `gliner2` 2.1 and `gliner2-onnx` 0.1.1, and its quality on
press releases is not known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from loaders.backends.contract import BackendError, BackendMention, Notify, Options, package
from loaders.backends.pieces import pieces
from ontology.vocabulary import vocabulary

SIZE = 1_200  # characters a call: such encoders read some 500 tokens, the labels included
ONNX_CONFIG = "gliner2_config.json"  # the file that tells an ONNX export from a checkpoint
Scored = tuple[str, int, int, float]  # label, start, end, score


class Reader(Protocol):
    """Finds names of the labels in a short text."""

    def __call__(self, text: str, labels: Sequence[str], threshold: float) -> Iterable[Scored]: ...


class Torch(Protocol):
    """What is used of a model of the package gliner2."""

    def extract_entities(
        self,
        text: str,
        entity_types: list[str],
        *,
        threshold: float,
        include_confidence: bool,
        include_spans: bool,
    ) -> Mapping[str, Mapping[str, Sequence[Mapping[str, object]]]]: ...


class OnnxEntity(Protocol):
    """What is used of an entity of the package gliner2-onnx."""

    label: str
    start: int
    end: int
    score: float


class Onnx(Protocol):
    """What is used of the runtime of the package gliner2-onnx."""

    def extract_entities(self, text: str, labels: list[str], threshold: float) -> Sequence[OnnxEntity]: ...


class GlinerBackend:
    """Mentions with classes of the ontology; `open_reader` is called for the first text."""

    name = "gliner2"

    def __init__(self, reader: Reader | None, *, folder: Path = Path(), threshold: float = 0.5) -> None:
        self._reader, self._folder, self._threshold = reader, folder, threshold

    def mentions(self, text: str, language: str) -> Sequence[BackendMention]:
        """Names in a text of any language. Raises BackendError if the model is not there."""
        if self._reader is None:
            self._reader = open_reader(self._folder)
        return tuple(_mentions(self._reader, text, self._threshold))


def make(options: Options, *, notify: Notify) -> GlinerBackend:
    """Raises BackendError where the model's folder is not there."""
    options.only("model", "threshold")
    folder = Path(options.text("model"))
    if not options.text("model") or not folder.is_dir():
        raise BackendError(
            f"{options.where} model = {str(folder)!r}: name the folder of a GLiNER2 checkpoint on this machine"
        )
    return GlinerBackend(None, folder=folder, threshold=options.number("threshold", 0.5))


def labels() -> dict[str, str]:
    """The label that a model is asked for -> class: "development agency" -> "DevelopmentAgency"."""
    return {term.label_en.lower(): name for name, term in vocabulary().classes.items()}


def torch_reader(model: Torch) -> Reader:
    """Read with a model of the package gliner2."""

    def read(text: str, labels: Sequence[str], threshold: float) -> Iterator[Scored]:
        answer = model.extract_entities(
            text, [*labels], threshold=threshold, include_confidence=True, include_spans=True
        )
        for label, found in answer["entities"].items():
            for item in found:
                start, end, score = item["start"], item["end"], item["confidence"]
                if isinstance(start, int) and isinstance(end, int) and isinstance(score, float):
                    yield label, start, end, score

    return read


def onnx_reader(runtime: Onnx) -> Reader:
    """Read with the runtime of the package gliner2-onnx."""

    def read(text: str, labels: Sequence[str], threshold: float) -> Iterator[Scored]:
        for found in runtime.extract_entities(text, [*labels], threshold):
            yield found.label, found.start, found.end, float(found.score)

    return read


def open_reader(folder: Path) -> Reader:
    """Read the model in a folder. Raises BackendError where its package or a part of it is missing."""
    is_onnx = (folder / ONNX_CONFIG).is_file()
    module = package("gliner2_onnx" if is_onnx else "gliner2", extra="gliner", backend="gliner2")
    try:
        if is_onnx:
            return onnx_reader(module.GLiNER2ONNXRuntime(str(folder)))
        # Without `local_files_only` it would fetch whatever the folder lacks.
        return torch_reader(module.GLiNER2.from_pretrained(str(folder), local_files_only=True))
    except ImportError as error:
        problem = f"{error.name or module.__name__} is needed to run the model and is not installed"
        raise BackendError(f"gliner2: {problem}: run `pip install 'gliner2[local]'`") from error
    except (OSError, ValueError, KeyError) as error:
        raise BackendError(
            f"gliner2: the model in {folder} cannot be read: {error}: check the folder"
        ) from error


def _mentions(reader: Reader, text: str, threshold: float) -> Iterator[BackendMention]:
    classes = labels()
    for offset, piece in pieces(text, size=SIZE):
        if not piece.strip():
            continue  # the ONNX runtime refuses a text without words
        for label, start, end, score in reader(piece, list(classes), threshold):
            if label in classes and 0 <= start < end <= len(piece):
                yield BackendMention(
                    start=offset + start,
                    end=offset + end,
                    type=classes[label],
                    confidence=min(max(score, 0.0), 1.0),
                )
