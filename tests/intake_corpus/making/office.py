"""Conversion of workbooks by LibreOffice: to another format, or locked with a password."""

import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

_LIBRARIES = """<?xml version="1.0" encoding="UTF-8"?>
<library:libraries xmlns:library="http://openoffice.org/2000/library"
 xmlns:xlink="http://www.w3.org/1999/xlink">
 <library:library library:name="Standard" xlink:href="$(USER)/basic/Standard/script.xlb/"
  xlink:type="simple" library:link="false"/>
</library:libraries>
"""
_LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard"
 library:readonly="false" library:passwordprotected="false">
 <library:element library:name="Lock"/>
</library:library>
"""
_MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Lock"
 script:language="StarBasic">
Sub Save(source As String, target As String, form As String)
  Dim hide(0) As New com.sun.star.beans.PropertyValue
  hide(0).Name = "Hidden" : hide(0).Value = True
  Dim keys(1) As New com.sun.star.beans.NamedValue
  keys(0).Name = "OOXPassword" : keys(0).Value = "himitsu"
  keys(1).Name = "CryptoType" : keys(1).Value = "Standard"
  Dim how(1) As New com.sun.star.beans.PropertyValue
  how(0).Name = "FilterName" : how(0).Value = form
  If form = "Calc MS Excel 2007 XML" Then
    how(1).Name = "EncryptionData" : how(1).Value = keys()
  Else
    how(1).Name = "Password" : how(1).Value = "himitsu"
  End If
  doc = StarDesktop.loadComponentFromURL(source, "_blank", 0, hide())
  doc.storeToURL(target, how())
  doc.close(True)
End Sub
</script:module>
"""
_FORMS = {"xlsx": "Calc MS Excel 2007 XML", "xls": "MS Excel 97", "ods": "calc8"}


def converted(workbook: bytes, ending: str) -> bytes:
    """Return a workbook (xlsx) in another format: ``xls``, ``ods``."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        source = folder / "book.xlsx"
        source.write_bytes(workbook)
        _office(folder, "--convert-to", ending, "--outdir", str(folder / "out"), str(source))
        return (folder / "out" / f"book.{ending}").read_bytes()


def locked(workbook: bytes, ending: str) -> bytes:
    """Return a workbook (xlsx) locked with a password, as ``xlsx``, ``xls`` or ``ods``."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        source, target = folder / "book.xlsx", folder / f"locked.{ending}"
        source.write_bytes(workbook)
        # The program creates its profile when it starts; only then can a macro be added to it.
        _office(folder, "--convert-to", "csv", "--outdir", str(folder / "out"), str(source))
        basic = folder / "profile" / "user" / "basic"
        (basic / "script.xlc").write_text(_LIBRARIES, encoding="utf-8")
        (basic / "Standard" / "script.xlb").write_text(_LIBRARY, encoding="utf-8")
        (basic / "Standard" / "Lock.xba").write_text(_MODULE, encoding="utf-8")
        places = ",".join(f'"{path}"' for path in (source.as_uri(), target.as_uri()))
        _office(folder, f'macro:///Standard.Lock.Save({places},"{_FORMS[ending]}")')
        return target.read_bytes()


def _office(folder: Path, *words: str) -> None:
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run(
        ["soffice", "--headless", profile, *words], check=True, capture_output=True, timeout=120
    )
