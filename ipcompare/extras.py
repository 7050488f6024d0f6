"""Packages that only some tasks need: ``pip install "ipcompare[office]"``."""

import importlib.util

# The extra of pyproject.toml that brings a module.
EXTRAS = {
    "docx": "office", "xlsxwriter": "office", "openpyxl": "coding",
    "ipywidgets": "notebooks", "itables": "notebooks",
    "nbclient": "notebooks", "nbformat": "notebooks", "charset_normalizer": "intake",
    "lxml": "intake", "pypdfium2": "intake", "pypinyin": "intake", "rapidocr": "ocr",
    "onnxruntime": "ocr", "pyarrow": "scale", "duckdb": "scale", "distributed": "scale",
    "datasketch": "scale", "sparse_dot_topn": "scale",
}  # fmt: skip


def need(*modules: str) -> None:
    """Raise ImportError that names the extra to install where one of the modules is missing."""
    missing = [name for name in modules if importlib.util.find_spec(name) is None]
    if missing:
        extras = ",".join(sorted({EXTRAS[name] for name in missing}))
        raise ImportError(
            f"{', '.join(missing)} is not installed; "
            f'install it with: pip install "ipcompare[{extras}]"'
        )
