"""Five words, letter by letter, as the source of a book's numbers."""

from evidence.source import Answer, Counts, List, ListPage, Overview, Place

WORDS = ("apple", "pear", "plum", "quince", "fig")
#: A row is a letter in its place: (word, letter).
TABLE = [(word, letter) for word in WORDS for letter in word]


class Letters:
    """A query is a letter; behind it stand the words, once for each time that they have it."""

    schemes = ("letter", "word")

    def __init__(self):
        self.roles = {"letters": self.letters, "word": self.word}

    def rows(self, letter):
        if len(letter) != 1 or not letter.isalpha():
            raise ValueError(f"{letter!r} is no letter")
        return [word for word, found in TABLE if found == letter]

    def letters(self, query, _):
        return Answer(str(len(self.rows(query))), f"letter:{query}")

    def word(self, query, text):
        if query not in WORDS:
            raise ValueError(f"there is no word {query!r}")
        return Answer(text or query, f"word:{query}")

    def place(self, address):
        scheme, _, name = address.partition(":")
        if scheme == "word":
            return Place("table", name)
        return Place("lists/letters", f"letter-{name}", len(self.rows(name)))

    def list_of(self, letter):
        lines = "".join(f'<li><a href="word:{w}">{w}</a></li>' for w in self.rows(letter))
        return List((f"letter-{letter}",), f"The letter {letter}", "", f"<ol>{lines}</ol>")

    def pages(self, addresses):
        asked = [a.partition(":")[2] for a in addresses if a.startswith("letter:")]
        yield ListPage("lists/letters", "Letters", tuple(map(self.list_of, asked)))

    def overview(self):
        rows = [(v, len(self.rows(v)), f"letter:{v}") for v in "aeiou"]
        return Overview("lists/all", "All lists", (Counts("Vowels", tuple(rows)),))


source = Letters()
