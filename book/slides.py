"""The slides of the built book for PowerPoint, which a teacher can change."""

from pathlib import Path
from typing import Any

from lxml.html import HtmlElement
from pptx import Presentation
from pptx.enum.text import PP_ALIGN
from pptx.util import Inches, Pt

from book.runs import FONT, fill, text_of

SLIDE = (13.333, 7.5)  # inches


def write_slides(slides: list[HtmlElement], pictures: dict[str, Path], path: Path) -> None:
    """Sections of a page as slides: a title, then words or a picture.

    ``pictures`` are the drawn charts, by the id of their figures.
    """
    show = Presentation()
    show.core_properties.author = ""
    show.slide_width, show.slide_height = Inches(SLIDE[0]), Inches(SLIDE[1])
    for section in slides:
        slide = show.slides.add_slide(show.slide_layouts[5])  # a title alone
        title, head = slide.shapes.title, section.find("./h2")
        title.left, title.top, title.width, title.height = map(Inches, (0.7, 0.4, 11.9, 1.1))
        title.text_frame.text, title.text_frame.word_wrap = text_of(head), True
        said = title.text_frame.paragraphs[0]
        said.alignment, said.font.size, said.font.bold = PP_ALIGN.LEFT, Pt(38), True
        said.font.name = FONT
        figures = section.xpath(".//figure/@id")
        if figures:
            add_picture(slide, pictures[figures[0]], section.xpath("string(.//figcaption/p)"))
        else:
            add_words(slide, section)
    show.save(str(path))


def add_words(slide: Any, section: HtmlElement) -> None:
    """Add the paragraphs and list items of a section."""
    box = slide.shapes.add_textbox(*map(Inches, (0.7, 1.7, 11.9, 5.2))).text_frame
    box.word_wrap = True
    blocks = section.xpath("./p | .//li | .//p[@class='said']")
    size = Pt(26 if sum(len(text_of(block)) for block in blocks) < 450 else 22)
    for number, block in enumerate(blocks):
        paragraph = box.paragraphs[0] if not number else box.add_paragraph()
        paragraph.font.size, paragraph.space_after = size, Pt(12)
        paragraph.font.name = FONT
        if block.tag == "li":
            hang(paragraph)
        fill(paragraph, block)


def hang(paragraph: Any) -> None:
    """Set a paragraph of a slide off with a dot, its lines flush."""
    how = paragraph._p.get_or_add_pPr()
    how.set("marL", str(Inches(0.35)))
    how.set("indent", str(-Inches(0.35)))
    dot = how.makeelement(f"{{{how.nsmap['a']}}}buChar", {"char": "•"})
    how.append(dot)


def add_picture(slide: Any, path: Path, caption: str) -> None:
    """Add a picture as large as the slide lets it, in its middle, and say what it shows."""
    picture = slide.shapes.add_picture(str(path), 0, 0)
    scale = min(Inches(11.9) / picture.width, Inches(5.5) / picture.height)
    picture.width, picture.height = int(picture.width * scale), int(picture.height * scale)
    picture.left, picture.top = (Inches(SLIDE[0]) - picture.width) // 2, Inches(1.6)
    picture._element.nvPicPr.cNvPr.set("descr", " ".join(caption.split()))
