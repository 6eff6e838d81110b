// What would be otherwise: the range of a number over all readings, each point of it a reading that can
// be switched on; the fewest options that make a claim fail; and two readings of a chart's table side by
// side. Everything was counted when the book was built (readings.js); this script is asked for when one
// of these is first opened.
{
  const size = (under) => Object.keys(under).length;

  // Every reading that can change a value, as [what is taken otherwise, the value]; of options that come to
  // the same the first stands for all.
  const readingsOf = (number) => {
    const [axes] = switches.grid(number);
    const turns = axes.map(([decision, places]) => {
      const firsts = [...new Set(places)].map((place) => places.indexOf(place));
      return firsts.map((option) => [switches.decisions()[decision].name, option]);
    });
    const combined = turns.reduce((all, some) => all.flatMap((before) => some.map((one) => [...before, one])), [[]]);
    return combined.map((pairs) => Object.fromEntries(pairs.filter(([, option]) => option))).map((under) => [under, switches.at(number, under)]);
  };
  const shown = (value) => switches.shown(value);
  const named = (under) => switches.told(under) || "as the edition reads it";

  // -- the range of a number ---------------------------------------------------------------------------

  const sizeOf = (value) => (typeof value === "number" ? value : shares.size(value));
  const range = (number) => {
    const all = readingsOf(number), some = all.filter(([, value]) => !Number.isNaN(sizeOf(value)));
    some.sort(([a, x], [b, y]) => sizeOf(x) - sizeOf(y) || size(a) - size(b));
    return [all, some];
  };
  const drawRange = (number, holder) => {
    const [all, some] = range(number), values = some.map(([, value]) => sizeOf(value));
    const most = Math.max(...values, 1), step = 100 / some.length;
    const is = (under) => JSON.stringify(Object.entries(under).sort());
    const now = switches.at(number, switches.reading());
    const rank = (value) => some.findIndex(([, other]) => other === value);
    const here = some.findIndex(([under]) => is(under) === is(switches.reading()));
    const own = rank(switches.at(number, {}));
    const bars = values.map((value, at) => `<rect x="${at * step}" y="${40 * (1 - value / most)}" width="${step + 0.05}" height="${(40 * value) / most}"/>`).join("");
    const line = (at, name) => (at < 0 ? "" : `<rect class="${name}" x="${Math.max(0, (at + 0.5) * step - 0.3)}" y="0" width="0.6" height="40"/>`);
    const slider = make("input", { type: "range", min: 0, max: some.length - 1, value: Math.max(0, here < 0 ? rank(now) : here) });
    const said = make("p", { className: "point" }), svg = make("div", { className: "curve" });
    slider.setAttribute("aria-label", "Readings, from the lowest number to the highest");
    const go = button("Read so", () => switches.read(some[slider.value][0]));
    const point = () => {
      const [under, value] = some[slider.value];
      said.replaceChildren(make("b", {}, shown(value)), ` ${named(under)}`);
      slider.setAttribute("aria-valuetext", said.textContent);
      svg.innerHTML = `<svg viewBox="0 0 100 40" preserveAspectRatio="none" aria-hidden="true">${bars}${line(own, "own")}${line(Number(slider.value), "at")}</svg>`;
      go.hidden = is(under) === is(switches.reading());
    };
    slider.addEventListener("input", point);
    const none = all.length - some.length;
    const least = shown(some[0][1]), greatest = shown(some.at(-1)[1]);
    holder.replaceChildren(make("p", {}, `From ${least} to ${greatest} in ${some.length} readings; ${shown(switches.at(number, {}))} as the edition reads it (the thick line).${none ? ` In ${none} more there is no share to tell.` : ""}`), svg, slider, said, go);
    point();
  };

  // -- what would have to be otherwise for a claim to fail --------------------------------------------------

  // The readings that are enough: no option of theirs could be left out. The fewest options first.
  const breaks = (number) => {
    const fails = readingsOf(number).filter(([, holds]) => !holds).map(([under]) => under);
    const within = (a, b) => size(a) < size(b) && Object.entries(a).every(([name, option]) => same(number, name, option, b[name]));
    return fails.filter((one) => !fails.some((other) => within(other, one))).sort((a, b) => size(a) - size(b));
  };
  const placesOf = (number, name) => switches.grid(number)[0].find(([decision]) => switches.decisions()[decision].name === name)[1];
  const same = (number, name, option, other) => other !== undefined && placesOf(number, name)[option] === placesOf(number, name)[other];
  const options = (number, name, option) => { // all that come to the same
    const { question, options: all } = switches.decisions().find((decision) => decision.name === name);
    const alike = all.filter((_, other) => same(number, name, option, other)).map(([, says]) => says);
    return `${question} ${alike.join(" — or: ")}`;
  };
  const readSo = (under) => {
    const made = button("Read so", () => switches.read(under));
    made.setAttribute("aria-label", `Read so: ${switches.told(under)}`);
    return made;
  };
  const drawBreaks = (number, holder) => {
    const enough = number === undefined ? [] : breaks(number);
    const first = enough.length ? size(enough[0]) : 0;
    const least = enough.filter((under) => size(under) === first), more = enough.length - least.length;
    const many = first === 1 ? "One answer otherwise is enough" : `It takes ${first} answers otherwise at once`;
    holder.replaceChildren(make("p", {}, enough.length ? `${many}${least.length > 1 ? ", and there are several ways" : ""}:` : "Nothing that this book can switch makes it fail."),
      make("ul", {}, ...least.map((under) => make("li", {}, ...Object.entries(under).map(([name, option]) => make("p", {}, options(number, name, option))), readSo(under)))),
      ...(more ? [make("p", {}, `${more} more ${more === 1 ? "way takes" : "ways take"} more answers.`)] : []));
  };

  // -- two readings of a chart's table ------------------------------------------------------------------------

  const compare = (details, holder) => {
    const numbers = [...new Set([...details.querySelectorAll("a[data-n]")].map((link) => link.dataset.n))];
    const moves = (under) => numbers.some((number) => switches.at(number, under) !== switches.at(number, {}));
    // Each side is a reading of its own, an answer to every decision that changes a number of the chart.
    const touching = new Set(numbers.flatMap((number) => switches.grid(number)[0].map(([decision]) => decision)));
    const decisions = switches.decisions().filter((_, place) => touching.has(place));
    const side = (legend, under) => make("fieldset", {}, make("legend", {}, legend),
      ...decisions.map(({ name, question, options: all }) => make("label", {}, question,
        make("select", { name }, ...all.map(([, says], value) => make("option", { value, selected: value === (under[name] ?? 0) }, value ? says : `${says} (the edition)`))))));
    const readingOf = (part) => Object.fromEntries([...part.querySelectorAll("select")].map(({ name, value }) => [name, Number(value)]).filter(([, value]) => value));
    const first = decisions.flatMap(({ name, options: all }) => all.slice(1).map((_, at) => ({ [name]: at + 1 }))).find(moves);
    const pair = [side("One reading", {}), side("The other", moves(switches.reading()) ? switches.reading() : first ?? {})];
    const said = make("p", {}), box = make("div", { className: "scroll", tabIndex: 0 });
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", "The two readings");
    said.setAttribute("role", "status");
    const draw = () => {
      const both = pair.map(readingOf);
      const table = details.querySelector("table").cloneNode(true);
      table.querySelectorAll("[id]").forEach((part) => part.removeAttribute("id"));
      table.querySelector("caption")?.replaceChildren("The same numbers in two readings"); // its title tells of one
      // Rates and shares of this table are the edition's alone: they are left out.
      const rows = [...table.rows], body = [...table.tBodies[0].rows];
      for (let at = rows[0].cells.length - 1; at >= 0; at--) {
        const cells = body.map((row) => row.cells[at]);
        if (cells.every((cell) => cell && !cell.querySelector("a[data-count]") && /^(?:under |over |[\d.,%\s–-])*$/.test(cell.textContent))) rows.forEach((row) => row.cells[at].remove());
      }
      let differ = 0;
      // Rows that neither reading has are not shown.
      for (const row of body) row.hidden = [...row.querySelectorAll("a[data-count]")].some(({ dataset: { n, count } }) => both.every((under) => (n === undefined ? Number(count) : switches.at(n, under)) === 0));
      for (const link of table.querySelectorAll("a[data-count]")) {
        const values = both.map((under) => shown(link.dataset.n === undefined ? Number(link.dataset.count) : switches.at(link.dataset.n, under)));
        const apart = values[0] !== values[1];
        differ += apart;
        link.replaceWith(...values.flatMap((value, i) => [i ? " | " : "", make(apart ? "mark" : "span", {}, value)]));
      }
      said.textContent = `${differ || "No"} ${differ === 1 ? "number differs" : "numbers differ"}. Each cell: ${both.map(named).join(" | ")}.`;
      box.replaceChildren(table);
    };
    pair.forEach((part) => part.addEventListener("change", draw));
    holder.replaceChildren(make("details", {}, make("summary", {}, "Choose the two readings"), make("div", { className: "pair" }, ...pair)), said, box);
    draw();
  };

  window.otherwise = { range: drawRange, breaks: drawBreaks, compare, values: range, enough: breaks };
}
