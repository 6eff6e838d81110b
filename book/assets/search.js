// The search: every sentence and paragraph that holds all of the words, in the order of the book.
{
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const stem = (word) => (word.length > 4 ? word.replace(/(ies|es|ed|ing|s|y|e)$/, "") : word); // endings are left open
  const results = document.getElementById("search-results");
  const asked = new URLSearchParams(location.search).get("q")?.trim() ?? "";
  for (const field of document.querySelectorAll("input[name=q]")) field.value = asked;
  const words = plain(asked).match(/[\p{L}\p{N}'’]+/gu) ?? [];
  const patterns = words.map((word) => new RegExp(`(?<![\\p{L}\\p{N}])${stem(word)}`, "u"));

  // The text with each word found in it marked; what is plain has as many letters as what is written.
  const marked = (text) => {
    const line = document.createElement("a");
    const letters = [...text.normalize("NFC")];
    const spans = words.flatMap((word) =>
      [...plain(letters.map((letter) => plain(letter)[0] ?? " ").join("")).matchAll(new RegExp(`(?<![\\p{L}\\p{N}])${stem(word)}[\\p{L}\\p{N}]*`, "gu"))].map((m) => [m.index, m.index + m[0].length]));
    const first = Math.min(...spans.map(([from]) => from));
    const start = first > 160 ? letters.lastIndexOf(" ", first - 80) + 1 : 0;
    const end = Math.min(letters.length, start + 320);
    if (start) line.append("… ");
    for (let at = start; at < end; ) {
      const span = spans.find(([from, to]) => from <= at && at < to);
      const next = span ? span[1] : Math.min(end, ...spans.map(([from]) => from).filter((from) => from > at));
      const words = letters.slice(at, next).join("");
      if (span) line.append(Object.assign(document.createElement("mark"), { textContent: words }));
      else line.append(words);
      at = next;
    }
    if (end < letters.length) line.append(" …");
    return line;
  };

  if (words.length) {
    let found = 0;
    for (const [page, title, pieces] of INDEX) {
      const hits = pieces.filter(([, text]) => patterns.every((pattern) => pattern.test(plain(text))));
      if (!hits.length) continue;
      found += hits.length;
      const list = document.createElement("ul");
      for (const [id, text] of hits) {
        const link = marked(text);
        link.href = page + (id && `#${id}`);
        list.append(document.createElement("li"));
        list.lastChild.append(link);
      }
      results.append(Object.assign(document.createElement("h2"), { textContent: title }), list);
    }
    document.getElementById("search-summary").textContent =
      found ? `${found} ${found === 1 ? "place holds" : "places hold"} “${asked}”.` : `Nothing holds “${asked}”. Fewer words, or only their beginnings, find more.`;
    document.title = `“${asked}” · ${document.title}`;
  }
}
