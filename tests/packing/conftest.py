"""The package of the article, made once."""

from __future__ import annotations

import pytest
from packed_article import project

from galley import packing


@pytest.fixture(scope="package")
def packed(tmp_path_factory) -> packing.Package:
    return packing.packed(project(tmp_path_factory.mktemp("rivers") / "p"))
