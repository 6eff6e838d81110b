// A chart for ears and keys: a list of its rows, of their parts, and behind each part its sentences, with
// the names that the marks of the drawing have. It is one stop of the tabulator key; arrows walk in it, and
// the drawing shows where one is. The marks are then for the pointer alone, and are said once.
// Without this script every mark is a link of its own.
{
  const withAttributes = (name, attributes = {}, ...parts) => {
    const element = document.createElement(name);
    Object.entries(attributes).forEach(([key, value]) => element.setAttribute(key, value));
    element.append(...parts);
    return element;
  };
  // What a name tells first is the row: “Kádár: 1,017 words”, “troops, Bata”, “party in sentence s3: 1”.
  const NAME = /^((?:\([^)]*\)|[^:,(])+?)(?:: |, | in (?=sentence ))(.+)$/su;

  const rowsOf = (marks) => {
    const rows = new Map();
    for (const mark of marks) {
      const name = mark.getAttribute("aria-label"), [, row, part] = name.match(NAME) ?? [, name, name];
      if (!rows.has(row)) rows.set(row, new Map());
      const parts = rows.get(row), key = name + mark.getAttribute("href");
      parts.set(key, { name, part, marks: [...(parts.get(key)?.marks ?? []), mark] });
    }
    return [...rows].map(([row, parts]) => ({ row, parts: [...parts.values()] }));
  };

  const build = (figure) => {
    figure.querySelector(":scope > .walk")?.remove();
    const drawings = [...figure.querySelectorAll(":scope > div > svg")];
    const drawing = drawings.find((svg) => svg.checkVisibility()) ?? drawings[0];
    const marks = [...(drawing?.querySelectorAll("a[href][aria-label]") ?? [])].filter((mark) => !mark.closest("[display=none]"));
    if (!marks.length) return;
    for (const svg of drawings) {
      for (const part of svg.children) part.setAttribute("aria-hidden", "true");
      svg.querySelectorAll("a").forEach((mark) => mark.setAttribute("tabindex", "-1"));
    }
    const lit = (some) => {
      drawing.querySelectorAll(".walked").forEach((mark) => mark.classList.remove("walked"));
      some.forEach((mark) => mark.classList.add("walked"));
      const { top, bottom } = some[0]?.getBoundingClientRect() ?? {};
      if (top < 80 || bottom > innerHeight - 320) scrollBy({ top: top - innerHeight / 3, behavior: "instant" });
    };
    const leaf = ({ name, part, marks: [mark], marks: all }, alone) => {
      const link = withAttributes("a", { role: "treeitem", tabindex: -1, href: mark.getAttribute("href") }, alone ? name : part);
      for (const { name: key, value } of mark.attributes) if (key.startsWith("data-")) link.setAttribute(key, value);
      link.dataset.mark = ""; // its text is no number
      link.addEventListener("focus", () => lit(all));
      return withAttributes("li", { role: "none" }, link);
    };
    const branch = ({ row, parts }) => {
      if (parts.length === 1) return leaf(parts[0], true);
      const item = withAttributes("li", { role: "treeitem", tabindex: -1, "aria-expanded": "false", "aria-label": `${row}, ${parts.length} parts` }, withAttributes("span", {}, row), withAttributes("ul", { role: "group" }, ...parts.map((part) => leaf(part))));
      item.addEventListener("focus", () => lit(parts.flatMap(({ marks: all }) => all)));
      item.addEventListener("click", (event) => event.target.closest("[role=treeitem]") === item && open(item));
      return item;
    };
    const open = (item, wanted = item.getAttribute("aria-expanded") === "false") => item.setAttribute("aria-expanded", wanted);
    const title = figure.querySelector(".chart-title").textContent;
    const tree = withAttributes("ul", { class: "walk", role: "tree", "aria-label": `The chart as a list: ${title}` }, ...rowsOf(marks).map(branch));
    const go = (item) => {
      if (!item) return;
      tree.querySelectorAll("[role=treeitem]").forEach((other) => (other.tabIndex = other === item ? 0 : -1));
      item.focus({ preventScroll: true });
      const inner = item.firstElementChild ?? item; // the row itself, without its parts
      const { top, bottom } = inner.getBoundingClientRect(), box = tree.getBoundingClientRect();
      tree.scrollTop += top < box.top ? top - box.top - 8 : bottom > box.bottom ? bottom - box.bottom + 8 : 0;
    };
    tree.querySelector("[role=treeitem]").tabIndex = 0; // the first; then where one has been
    tree.addEventListener("keydown", (event) => {
      const item = event.target.closest("[role=treeitem]");
      const seen = [...tree.querySelectorAll("[role=treeitem]")].filter((one) => !one.closest("[role=group]") || one.closest("[aria-expanded]").getAttribute("aria-expanded") === "true");
      const at = seen.indexOf(item), expanded = item.getAttribute("aria-expanded");
      const above = item.closest("[role=group]")?.closest("[role=treeitem]");
      const act = {
        ArrowDown: () => go(seen[at + 1]),
        ArrowUp: () => go(seen[at - 1]),
        Home: () => go(seen[0]),
        End: () => go(seen.at(-1)),
        ArrowRight: () => (expanded === "false" ? open(item, true) : expanded && go(seen[at + 1])),
        ArrowLeft: () => (expanded === "true" ? open(item, false) : go(above)),
        Enter: expanded && (() => open(item)),
        " ": () => (expanded ? open(item) : item.click()),
      }[event.key];
      if (!act) return;
      act();
      event.preventDefault();
    });
    tree.addEventListener("focusout", (event) => tree.contains(event.relatedTarget) || lit([]));
    figure.querySelector("figcaption").before(tree);
  };

  const charts = [...document.querySelectorAll("figure.chart")];
  charts.forEach(build);
  const later = window.requestIdleCallback ?? setTimeout; // first what is seen
  const anew = (figure) => later(() => figure.contains(document.activeElement) || build(figure));
  document.addEventListener("drawn", ({ target }) => anew(target)); // by charts.js, in another reading
  matchMedia("(max-width: 700px)").addEventListener("change", () => charts.forEach(anew));
}
