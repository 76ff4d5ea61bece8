"""`python -m sample_audio.recipe [NAME ...]`: render the sample calls, or `--listen` to them."""

from __future__ import annotations

import argparse
from pathlib import Path

from sample_audio.recipe import encode, gold, mix, scripts
from sample_audio.recipe.voices import Reader

SAMPLES = Path(__file__).parents[1]
CACHE = Path.home() / ".cache" / "call-coach-samples"


def main() -> None:
    """Render the named calls (all without a name) beside their scripts."""
    options = _options()
    wanted = [script for script in scripts.load_all() if not options.names or script.id in options.names]
    if unknown := set(options.names) - {script.id for script in wanted}:
        raise SystemExit(f"no script named {', '.join(sorted(unknown))} in {scripts.FOLDER.name}/")
    if options.listen:
        from sample_audio.recipe import listen

        listen.report(wanted, samples=options.out, cache=options.cache)
        return
    reader = Reader(options.cache)
    for script in wanted:
        _render(script, reader, options.out)


def _render(script: scripts.Script, reader: Reader, out: Path) -> None:
    encoding = encode.ENCODINGS[script.sound.encoding]
    audio = out / f"{script.id}.{encoding.suffix}"
    mixed = mix.mix(script, reader)
    encode.encode(mixed.samples, to=audio, encoding=encoding)
    key = gold.gold(script, mixed, audio=audio.name)
    gold.write(key, out / f"{script.id}.gold.json")
    size_kb = audio.stat().st_size // 1000
    print(f"{audio.name}: {key['duration']:.0f} s, {len(mixed.turns)} turns, {size_kb} kB", flush=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m sample_audio.recipe", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="a script's name; all of them without")
    parser.add_argument("--listen", action="store_true",
                        help="transcribe the rendered calls back and count wrong characters")  # fmt: skip
    parser.add_argument("--out", type=Path, default=SAMPLES, help="where audio and keys are written")
    parser.add_argument("--cache", type=Path, default=CACHE,
                        help="packages, model and lines once rendered")  # fmt: skip
    return parser.parse_args()


if __name__ == "__main__":
    main()
