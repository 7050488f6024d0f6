"""Office files are zip archives: packed again so that the same parts are always the same bytes."""

import io
import zipfile

_DATE = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip archive can name


def stable_zip(data: bytes) -> bytes:
    """The archive with the same parts in the same order, without dates and without a system.

    >>> out = io.BytesIO()
    >>> with zipfile.ZipFile(out, "w") as archive:
    ...     archive.writestr("a.xml", "<a/>")
    >>> zipfile.ZipFile(io.BytesIO(stable_zip(out.getvalue()))).infolist()[0].date_time
    (1980, 1, 1, 0, 0, 0)
    """
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(packed, "w") as new:
        for name in old.namelist():
            part = zipfile.ZipInfo(name, _DATE)
            part.create_system, part.external_attr = 3, 0o600 << 16  # whoever runs it
            part.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(part, old.read(name), compresslevel=6)
    return packed.getvalue()
