// The charts as another reading has them. How a mark may follow is said in its group: data-line, a part of
// a line of bars; data-end, the sum at a line's end; data-shown, there or not; data-key, what the key tells
// of marks that look so, data-looks (analysis/following.py). What a mark counts was counted when the book was
// built. A chart whose marks cannot follow stays the edition's and says so. Asked for by switches.js. Nothing
// here asks the browser how large something is drawn.
{
  const { format: shown } = new Intl.NumberFormat("en-US");
  const EDITION = "as the edition reads it", NOW = "as the page reads it now";
  // What a mark asks for, and what that counts in the reading that is on (`now`), a class's or one of decisions,
  // or as the edition reads it.
  const asks = ({ dataset: { n, c, count = 0 } }) => ({ n, c: c === "left" ? undefined : c, count: Number(count) });
  let code; // of a class
  const valueOf = ({ n, c, count }, now) =>
    now && code && c ? judged.value(c, code) : n === undefined ? count : now ? switches.now(n) : switches.edition(n);
  const moves = (asked) => valueOf(asked, true) !== valueOf(asked, false);
  // The corners of a path that is told step by step (analysis/svg.py).
  const corners = (path) => {
    const xs = [], ys = [];
    let x = 0, y = 0, begun;
    for (const [, step, numbers] of path.matchAll(/([mlhvz])([^mlhvz]*)/g)) {
      const [by = 0, down = 0] = numbers.match(/-?[\d.]+/g)?.map(Number) ?? [];
      if (step === "z") [x, y] = begun;
      else if (step === "v") y += by;
      else [x, y] = [x + by, y + down];
      if (step === "m") begun = [x, y];
      xs.push(x);
      ys.push(y);
    }
    return { left: Math.min(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
  };

  // -- what can move in a drawing, found when first asked for ---------------------------------------------

  const linesOf = (svg) => {
    const lines = new Map();
    const line = (name) => lines.get(name) ?? lines.set(name, { parts: [], texts: [] }).get(name);
    for (const group of svg.querySelectorAll("g[data-line]")) {
      const path = group.querySelector("path"), own = path.getAttribute("d"), { line: name, each, wrap, pitch } = group.dataset;
      line(name).parts.push({ group, path, own, ...corners(own), asked: asks(group.querySelector("a")), each: Number(each), wrap: Number(wrap ?? Infinity), pitch: Number(pitch ?? 0) });
    }
    for (const group of svg.querySelectorAll("g[data-end]")) {
      const text = group.querySelector("text");
      line(group.dataset.end).texts.push({ text, own: text.textContent, x: text.getAttribute("x"), least: Number(group.dataset.least ?? 0) });
    }
    return [...lines.values()];
  };
  const partsOf = (svg) => ({
    svg,
    alt: svg.getAttribute("aria-label"),
    lines: linesOf(svg),
    single: [...svg.querySelectorAll("g[data-shown]")].map((group) => ({ group, asked: asks(group.querySelector("a")) })),
    keys: [...svg.querySelectorAll("g[data-key]")],
    labels: [...svg.querySelectorAll("a[aria-label]")].map((mark) => ({ mark, asked: asks(mark), own: mark.getAttribute("aria-label") })),
  });

  const set = (element, name, value) => element.getAttribute(name) !== String(value) && element.setAttribute(name, value);
  const there = (group, value) => (value ? group.removeAttribute("display") : set(group, "display", "none"));
  const round = (number) => Math.round(number * 100) / 100;
  // A bar from one place in its line to another; a line that is broken goes on in the next.
  const drawn = ({ left, top, bottom, wrap, pitch }, from, to) => {
    const pieces = [];
    for (let row = Math.floor(from / wrap) || 0; row * wrap < to || !row; row++) {
      const start = left + Math.max(from - (row && row * wrap), 0), end = left + Math.min(to - (row && row * wrap), wrap), down = row * pitch;
      pieces.push(`M${round(start)} ${round(top + down)}h${round(end - start)}V${round(bottom + down)}H${round(start)}z`);
      if (wrap === Infinity) break;
    }
    return pieces.join("");
  };
  const looksSo = (svg, { dataset: { key } }) => Boolean(svg.querySelector(`g[data-looks~="${key}"]:not([display])`));
  const draw = ({ svg, lines, single, keys }, moved) => {
    for (const { parts, texts } of lines) {
      let at = 0, was = 0, sum = 0;
      for (const part of parts) {
        const value = valueOf(part.asked, moved), next = at + value * part.each;
        set(part.path, "d", moved ? drawn({ ...part, left: parts[0].left, top: parts[0].top, bottom: parts[0].bottom }, at, next) : part.own);
        there(part.group, value);
        [at, was, sum] = [next, was + valueOf(part.asked, false) * part.each, sum + value];
      }
      for (const { text, own, x, least } of texts) {
        const says = moved ? (sum >= least ? shown(sum) : "") : own;
        if (text.textContent !== says) text.textContent = says;
        set(text, "x", moved ? round(Number(x) + at - was) : x);
      }
    }
    single.forEach(({ group, asked }) => there(group, valueOf(asked, moved)));
    keys.forEach((entry) => there(entry, looksSo(svg, entry)));
  };

  // -- a chart: its marks, what they are called, its title, its words, its table -----------------------------

  const texts = (element) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT), found = [];
    while (walker.nextNode()) if (walker.currentNode.data.includes(EDITION)) found.push({ node: walker.currentNode, own: walker.currentNode.data });
    return found;
  };
  // A chart of words that a notebook alone has counted has marks that lead nowhere: it cannot follow.
  const charts = [...document.querySelectorAll("figure.chart:not([data-always])")].map((figure) => ({ figure, plain: figure.querySelector("g:is([data-line], [data-shown]) a:not([href])") ? "" : figure.dataset.plain, title: figure.querySelector(".chart-title"), links: [...figure.querySelectorAll("a:is([data-n], [data-c])")].map(asks) }))
    .filter(({ figure, links }) => links.length || figure.dataset.but); // data-always: true in any reading
  const find = (chart) => {
    const { figure, title } = chart, table = figure.querySelector("table");
    const caption = figure.querySelector("figcaption > p");
    const places = new Set([...figure.querySelectorAll("svg a")].map((mark) => mark.getAttribute("href")));
    return Object.assign(chart, {
      drawings: [...figure.querySelectorAll(":scope > div > svg")].map(partsOf),
      claims: [title, table?.querySelector("caption")].filter(Boolean).map((element) => ({ element, own: [...element.childNodes] })),
      words: caption ? texts(caption) : [],
      summary: figure.querySelector("summary"),
      rows: [...(table?.querySelectorAll("tr[hidden]") ?? [])].map((row) => [row, row.querySelector("a")]).map(([row, link]) => ({ row, asked: asks(link), apart: !places.has(link.getAttribute("href")) })),
    });
  };
  const note = (figure, text) => {
    let own = figure.querySelector(":scope > .now");
    if (!text) return own?.remove();
    if (!own) figure.children[0].after(own = make("p", { className: "now" }));
    own.textContent = text;
  };
  // What a chart says, and one of its two drawings, as the edition has them or as they have moved.
  const tell = ({ figure, plain, claims, words, rows, summary }, moved) => {
    for (const { element, own } of claims) element.replaceChildren(...(moved ? [plain] : own));
    for (const { node, own } of words) node.data = moved ? own.replaceAll(EDITION, NOW) : own;
    let more = 0; // rows that no mark stands for
    for (const { row, asked, apart } of rows) {
      const value = valueOf(asked, true);
      row.hidden = !value;
      more += Boolean(value) && apart;
    }
    figure.classList.toggle("followed", moved);
    summary?.querySelector(".now")?.remove();
    if (more) summary?.append(make("span", { className: "now", textContent: `: ${more} row${more === 1 ? "" : "s"} more` }));
  };
  // What a drawing and its marks are called.
  const name = ({ figure, plain }, { svg, alt, labels }, moved) => {
    for (const { mark, asked, own } of labels) set(mark, "aria-label", own.replace(/[\d,]+$/, shown(valueOf(asked, moved))));
    const counted = labels.filter(({ asked }) => valueOf(asked, moved)).map(({ mark }) => mark.getAttribute("aria-label"));
    svg.setAttribute("aria-label", moved ? `${plain}, ${NOW}: ${counted.join("; ")}.` : alt);
    if (seen(svg)) figure.dispatchEvent(new Event("drawn", { bubbles: true })); // for its list, walk.js
  };
  const leave = ({ figure }, moved) => {
    figure.classList.toggle("left", moved);
    note(figure, moved ? "This chart stays the edition's." : "");
  };

  // -- at once what is seen; all else, and what things are called, in the next idle moments, a piece in each -----

  const idle = window.requestIdleCallback ?? setTimeout;
  const small = matchMedia("(max-width: 700px)"); // where the narrow drawing is shown
  const seen = (svg) => svg.parentElement.matches(".narrow") === small.matches;
  const inWindow = new Set();
  const watch = new IntersectionObserver((some) => some.forEach(({ target, isIntersecting }) => inWindow[isIntersecting ? "add" : "delete"](target)));
  charts.forEach(({ figure }) => watch.observe(figure));
  const waiting = new Map(); // a chart, lines or labels of a drawing, and what is to be done with them
  const one = () => {
    const [[what, act] = []] = waiting;
    if (!what) return;
    waiting.delete(what);
    act();
    if (waiting.size) idle(one);
  };
  const change = (what, now, act) => {
    waiting.delete(what);
    if (now) return act();
    if (!waiting.size) idle(one);
    waiting.set(what, act);
  };
  const finish = () => { while (waiting.size) one(); };
  addEventListener("beforeprint", finish);
  window.charts = { finish }; // for tests

  const findAll = () => charts.forEach((chart) => chart.plain && !chart.drawings && find(chart));
  document.addEventListener("readable", () => idle(findAll));
  let on = false;
  document.addEventListener("reading", ({ detail }) => {
    const now = Object.keys(detail).length > 0;
    if (!on && !now) return;
    on = now;
    code = detail.class;
    findAll();
    for (const chart of charts) {
      const stays = (chart.figure.dataset.but ?? "").split(" ").some((name) => detail[name]);
      const moved = code ? "anyone" in chart.figure.dataset && chart.links.some(moves) : stays || chart.links.some(moves); // judged.js has the others
      const follows = chart.plain && moved && !stays;
      if (chart.plain && (follows || chart.follows)) {
        const here = inWindow.has(chart.figure);
        change(chart, here, () => tell(chart, follows));
        for (const drawing of chart.drawings) {
          change(drawing.lines, here && seen(drawing.svg), () => draw(drawing, follows));
          change(drawing.labels, false, () => name(chart, drawing, follows));
        }
      }
      leave(chart, moved && !follows);
      chart.follows = follows;
    }
  }, true); // before judged.js, which says what a class's reading leaves as it was
}
