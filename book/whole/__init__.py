"""The whole book in one file: merged from the built pages, as PDF and as EPUB."""
