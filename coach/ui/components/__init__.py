"""The components of the page: own HTML, CSS and JavaScript, mounted as Streamlit components v2.

The scripts are ES modules served by our own route, so that a file may import another; Streamlit only gets
a line that loads the entry. The folder's digest is in the address: versions are never mixed.
"""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import streamlit as st

FOLDER = Path(__file__).parent
ASSETS_PATH = "coach/assets"

_LOADER = """\
const entry = import(new URL("%s", document.baseURI).href);
export default async (component) => (await entry).default(component);
"""


def assets() -> dict[str, Path]:
    """The scripts that the assets route may serve, by their path below the folder."""
    return {path.relative_to(FOLDER).as_posix(): path for path in sorted(FOLDER.rglob("*.js"))}


@cache
def digest() -> str:
    """Names this version of the scripts."""
    found = sha256()
    for path in assets().values():
        found.update(path.read_bytes())
    return found.hexdigest()[:16]


@cache
def _component(name: str) -> Any:
    styles = [FOLDER / "tokens.css", *sorted((FOLDER / name).glob("*.css"))]
    style = "".join(path.read_text(encoding="utf-8") for path in styles)
    loader = _LOADER % f"{ASSETS_PATH}/{digest()}/{name}/main.js"
    return st.components.v2.component(f"coach_{name}", css=style, js=loader)


def mount(name: str, *, key: str, data: dict[str, Any], triggers: tuple[str, ...] = ()) -> Any:
    """Show component ``name`` with ``data``; the result has an attribute for each of ``triggers``."""
    callbacks = {f"on_{trigger}_change": _noted for trigger in triggers}
    return _component(name)(key=key, data=data, **callbacks)


def _noted() -> None:
    """A trigger reruns the page, which reads its value from the result."""
