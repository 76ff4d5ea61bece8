"""What a page that ran without a browser has drawn."""

from __future__ import annotations

import json
from typing import Any

from streamlit.testing.v1 import AppTest


def components(page: AppTest) -> dict[str, dict[str, Any]]:
    """The data of the components on the page by their name."""
    found = {}
    for element in page.main:
        proto = getattr(element, "proto", None)
        if name := getattr(proto, "component_name", ""):
            found[name] = json.loads(proto.json)  # type: ignore[union-attr]
    return found
