// The search: every sentence and paragraph that holds all of the words, in the order of the book;
// whole words first, then words that only begin so.  The index is asked for when there are words to find.
{
  const results = document.getElementById("search-results");
  const asked = new URLSearchParams(location.search).get("q")?.trim() ?? "";
  for (const field of document.querySelectorAll("input[name=q]")) field.value = asked;
  const find = finder(asked);

  // A link that shows the text with each place marked, cut where it is long.
  const marked = (written, places, href) => {
    const text = written.normalize("NFC"), first = places[0][0];
    const start = first > 160 ? text.lastIndexOf(" ", first - 80) + 1 : 0;
    const end = text.length - start > 320 ? text.lastIndexOf(" ", Math.max(start + 320, places[0][1] + 1)) : text.length;
    const line = make("a", { href }, start ? "… " : "");
    let at = start;
    for (const [from, to] of places) {
      if (from < at || to > end) continue;
      line.append(text.slice(at, from), make("mark", {}, text.slice(from, to)));
      at = to;
    }
    line.append(text.slice(at, end), end < text.length ? " …" : "");
    return line;
  };

  // What is found, page by page: a heading and a list each.
  const lists = (begun) => {
    const parts = [];
    let count = 0;
    for (const [page, title, pieces] of INDEX) {
      const lines = pieces.flatMap(([id, text]) => {
        const whole = find.places(text);
        const places = begun ? (whole.length ? [] : find.places(text, true)) : whole;
        return places.length ? [make("li", {}, marked(text, places, page + (id && `#${id}`)))] : [];
      });
      if (!lines.length) continue;
      count += lines.length;
      parts.push(make("h2", {}, title), make("ul", {}, ...lines));
    }
    return [count, parts];
  };

  const show = () => {
    const [whole, lines] = lists(false), [begun, others] = lists(true);
    const places = (n) => (n === 1 ? "1 place holds" : `${n} places hold`);
    results.append(...lines);
    if (whole && begun)
      results.append(make("details", {}, make("summary", {}, `${begun} more, with words that only begin so`), ...others));
    else results.append(...others);
    document.getElementById("search-summary").textContent =
      whole ? `${places(whole)} “${asked}”.`
      : begun ? `${places(begun)} words that begin with “${asked}”; none holds them whole.`
      : `Nothing holds “${asked}”. Fewer words, or only their beginnings, find more.`;
    document.title = `“${asked}” · ${document.title}`;
  };
  if (find.asks) document.head.append(make("script", { src: results.dataset.index, onload: show }));
}
