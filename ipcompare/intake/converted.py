"""DOC, RTF and ODT, by way of LibreOffice where it is installed."""

import shutil
import subprocess
import tempfile
from pathlib import Path

from ipcompare.intake import word
from ipcompare.intake.sources import Source, SourceError

PROGRAMS = ("soffice", "libreoffice")
SECONDS = 120


def read(data: bytes, name: str, kind: str) -> Source:
    """The text of the DOCX that LibreOffice makes of it; SourceError without LibreOffice."""
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        cure = "install LibreOffice, which converts it, or save it as DOCX"
        raise SourceError(f"{name}: is {kind.upper()}; {cure}")
    with tempfile.TemporaryDirectory() as folder:
        original = Path(folder) / f"text.{kind}"
        original.write_bytes(data)
        command = [
            program, "--headless", f"-env:UserInstallation=file://{folder}/profile",
            "--convert-to", "docx", "--outdir", folder, str(original),
        ]  # fmt: skip
        try:
            subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)
        except subprocess.TimeoutExpired:
            raise SourceError(f"{name}: LibreOffice took more than {SECONDS} s") from None
        made = original.with_suffix(".docx")
        if not made.is_file():
            raise SourceError(f"{name}: LibreOffice could not convert it; save it as DOCX")
        source = word.read(made.read_bytes(), name)
    source.kind = kind
    source.notes.append("converted by LibreOffice")
    return source
