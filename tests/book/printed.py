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
    """Each page of a PDF: its width, its height, and where its words begin, end and lie, in points."""
    for page in re.split("<page ", poppler("pdftotext", "-bbox", path, "-"))[1:]:
        width, height = re.match(r'width="([\d.]+)" height="([\d.]+)"', page).groups()
        words = re.findall(
            r'<word xMin="([-\d.]+)" yMin="[-\d.]+" xMax="([-\d.]+)" yMax="([-\d.]+)"', page
        )
        yield float(width), float(height), [tuple(map(float, word)) for word in words]
