"""What is printed, read by Poppler."""

import re
import shutil
import subprocess

from browsers import missing


def poppler(*command):
    """What one of Poppler's programmes says."""
    if not shutil.which("pdftotext"):
        missing("pdftotext", "poppler-utils")
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def pages_of(path, how="-layout"):
    """The pages of a PDF, each as its text: as it lies there, or as it is read (``-raw``)."""
    return poppler("pdftotext", how, path, "-").split("\f")[:-1]


def boxes_of(path):
    """Each page of a PDF: its width, and where its words begin and end, in points."""
    for page in re.split("<page ", poppler("pdftotext", "-bbox", path, "-"))[1:]:
        words = re.findall(r'<word xMin="([-\d.]+)" .*?xMax="([-\d.]+)"', page)
        width = float(re.search(r'width="([\d.]+)"', page)[1])
        yield width, [(float(left), float(right)) for left, right in words]
