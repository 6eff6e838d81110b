// The lists of evidence as another reading has them. Which lines count in which reading, and whose they
// are, was worked out when the book was built; it lies in a script beside the page, which is asked for
// when a switch is first turned. What other readings alone count is told there in full.
{
  const text = new URL("chapters/text.html", new URL(document.documentElement.dataset.content_root || "./", location.href));
  const source = document.documentElement.dataset.lists;
  const NOBODY = [], NOTHING = "Nothing in the document answers to this.";
  let page, counts, whose, groups;

  const ready = () => new Promise((done) => {
    if (page || !source) return done();
    window.lists = (told) => {
      page = told;
      ({ counts, whose } = told);
      groups = page.sections.map(group);
      const edition = lookedUp({});
      for (const { lists: [list] } of groups) same(list, list.edition = counted(list, edition)); // so it stands in the page
      done();
    };
    document.head.append(make("script", { src: source }));
  });

  // -- what is told of a list ------------------------------------------------------------------------

  // Lists that are one as the edition reads them, each with all its lines: those that stand in the page by
  // their place there, all others by their words.
  const group = (lists) => {
    const section = document.getElementById(lists[0].ids[0]), bare = section.querySelector("ul.words");
    const own = bare
      ? [...bare.children].flatMap((item) => item.lastElementChild.textContent.split("  ").map((word) => [item.firstElementChild.textContent, word]))
      : [...section.querySelectorAll("tr[data-item]")].sort((a, b) => a.cells[0].dataset.sort - b.cells[0].dataset.sort);
    for (const list of lists) {
      let at = 0;
      list.all = list.lines.flatMap(([many, count, owner, first]) =>
        Array.from({ length: many }, (_, i) => ({ count, owner, ...(first === undefined ? { own: own[at++] } : { extra: page.extra[first + i] }) })));
    }
    let outer = section; // with the other names that lead to it
    while (outer.parentElement.matches("div[id]") && lists.some(({ ids }) => ids.includes(outer.parentElement.id))) outer = outer.parentElement;
    return { lists, section, outer, bare: Boolean(bare) || lists[0].lines.some(([, , , first]) => page.extra[first]?.length === 2), heading: section.firstElementChild.cloneNode(true), also: section.querySelector(".also")?.textContent, first: document.querySelector(`nav.lists a[href="#${lists[0].ids[0]}"]`) };
  };
  // What each grid of the page comes to in a reading is looked up once, for all lines that share it.
  const lookedUp = (under) => ({ holds: counts.map((grid) => switches.look(grid, under) === "1"), owners: whose.map((grid) => page.names[switches.look(grid, under)]) });
  const counted = (list, { holds, owners }) => list.all.filter(({ count }) => holds[count])
    .map((line) => [line, owners[line.owner] ?? NOBODY])
    .sort(([, [a = 0]], [, [b = 0]]) => a - b);

  // -- a list as it is read --------------------------------------------------------------------------

  let inText; // the address of the text in the reading that is on
  const toSentence = (name) => make("a", { href: `${inText}#${name}` }, name);
  const row = (line, copied) => {
    if (line.own) return (line.shown ??= copied ? line.own.cloneNode(true) : line.own);
    const [sentence, left, keyword, right] = line.extra, mark = make("mark", {}, keyword);
    line.shown ??= make("tr", {}, make("td", {}, toSentence(sentence)), make("td", { className: "who" }),
      ...(copied === "whole" ? [make("td", {}, left, mark, right)]
      : [make("td", { className: "left" }, make("bdi", {}, left.trim())), make("td", { className: "keyword" }, mark), make("td", { className: "right" }, right)]));
    line.shown.dataset.item = "";
    return line.shown;
  };
  const table = (section) => {
    const found = section.querySelector("table");
    if (found) return found;
    const heads = ["Sentence", "Speaker", "Before", "Keyword", "After"].map((head) => make("th", {}, head));
    const made = make("table", { className: "kwic" }, make("thead", {}, make("tr", {}, ...heads)), make("tbody"));
    section.append(make("div", { className: "scroll" }, made));
    return made;
  };
  // Rows in this order, with as few of them moved as may be.
  const arrange = (body, rows) => {
    const wanted = new Set(rows);
    for (const old of [...body.children]) if (!wanted.has(old)) old.remove();
    let at = body.firstElementChild;
    for (const row of rows) {
      if (row === at) at = at.nextElementSibling;
      else body.insertBefore(row, at);
    }
  };
  const wide = (line, row) => (line.wide ??= row.querySelector(".keyword")?.textContent.length ?? 0);
  const fill = (section, list, lines, bare, copied) => {
    section.querySelector(":scope > p:not(.also, .now)")?.remove();
    if (!lines.length) section.append(make("p", {}, NOTHING));
    if (bare) {
      const items = new Map();
      for (const [{ own, extra }] of lines) {
        const [sentence, word] = own ?? extra;
        if (!items.has(sentence)) items.set(sentence, []);
        items.get(sentence).push(word);
      }
      const ul = section.querySelector("ul") ?? section.appendChild(make("ul", { className: "words" }));
      list.items ??= new Map([...ul.children].map((item) => [item.firstElementChild.textContent, item]));
      arrange(ul, [...items].map(([name, words]) => {
        if (!list.items.has(name)) list.items.set(name, make("li", {}, toSentence(name), " ", make("span")));
        const item = list.items.get(name), said = words.join("  ");
        if (item.words !== said) item.lastElementChild.textContent = item.words = said;
        return item;
      }));
      ul.hidden = !lines.length;
      return;
    }
    if (!lines.length && !section.querySelector("table")) return;
    const own = table(section), whole = own.matches(".whole");
    let before, widest = 1;
    arrange(own.tBodies[0], lines.map(([line, [, name, colour]]) => {
      const shown = row(line, whole ? "whole" : copied), who = shown.cells[1];
      if (line.own === shown) { // as it stands in the page
        line.name ??= who.textContent;
        line.first ??= shown.classList.contains("first");
      }
      if (line.name !== name) {
        who.textContent = line.name = name;
        who.style.setProperty("--speaker", colour ?? "");
      }
      if (line.first !== (name !== before)) shown.classList.toggle("first", line.first = name !== before);
      before = name;
      if (!whole) widest = Math.max(widest, wide(line, shown));
      return shown;
    }));
    list.widest ??= parseInt(own.style.getPropertyValue("--keyword"));
    if (!whole && list.widest !== widest) own.style.setProperty("--keyword", `${list.widest = widest}ch`);
    own.querySelectorAll("[aria-sort]").forEach((head) => head.removeAttribute("aria-sort"));
    own.parentElement.hidden = !lines.length;
  };
  // Whether a list has the same lines, of the same speakers, as it has shown last.
  const alike = (lines, others) => others?.length === lines.length && lines.every(([line, owner], i) => line === others[i][0] && owner === others[i][1]);
  const same = (list, lines) => {
    const before = list.lately;
    list.lately = lines;
    return alike(lines, before);
  };
  const write = (element, text) => element.textContent === text || (element.textContent = text);
  const say = (section, list, many) => {
    const number = `${switches.shown(many)} ${list.unit[many === 1 ? 0 : 1]}`;
    const title = `${list.title}: ${number}`;
    write(section.firstElementChild, title);
    section.querySelector(".also")?.remove();
    if (list.also) section.firstElementChild.after(make("p", { className: "also" }, `The same ${number}: ${list.also}.`));
    return title;
  };
  const read = (under) => {
    const on = Object.keys(under).length > 0, looked = lookedUp(under);
    let many = 0; // lists that are not the edition's
    inText = switches.put(new URL(text)).href;
    if (!on) document.querySelectorAll(".listed-otherwise").forEach((added) => added.remove());
    for (const { lists, section, outer, bare, heading, also, first } of groups) {
      let last = outer;
      lists.forEach((list, place) => {
        const names = list.ids.map((id) => document.getElementById(id)).filter((element) => element && element !== section);
        if (list.part && !(on && list.ids.includes(decodeURIComponent(location.hash.slice(1))))) { // it is not asked for
          list.box?.remove();
          return list.item?.remove();
        }
        if (place && on) { // it differs from the list that it is one with: a section of its own
          list.taken = list.taken ?? names;
          list.taken.forEach((element) => element.removeAttribute("id"));
          list.section ??= make("section", { className: "evidence" }, heading.cloneNode());
          list.section.id = list.ids[0];
          if (!list.box) (list.box = list.ids.slice(1).reduce((inside, id) => make("div", { id }, inside), list.section)).classList.add("listed-otherwise");
          if (last.nextElementSibling !== list.box) last.after(list.box);
          last = list.box;
          if (first) {
            list.link ??= make("a", { href: `#${list.ids[0]}` });
            list.item ??= make("li", { className: "listed-otherwise" }, list.link);
            if (!list.item.isConnected) first.parentElement.after(list.item);
          }
        } else if (place) {
          list.section?.removeAttribute("id");
          list.taken?.forEach((element, i) => (element.id = list.ids[i]));
          return;
        }
        const shown = place ? list.section : section, lines = counted(list, looked), stays = same(list, lines);
        many += !alike(lines, list.edition);
        if (stays && list.on === on) return;
        list.on = on;
        if (!stays) fill(shown, list, lines, bare, place > 0);
        let title = say(shown, list, lines.length);
        if (!on) {
          section.firstElementChild.replaceWith(heading.cloneNode(true));
          title = heading.textContent.replace("¶", "");
          section.querySelector(".also")?.remove();
          if (also) section.firstElementChild.after(make("p", { className: "also" }, also));
        }
        if (first) write(place ? list.link : first, title);
      });
    }
    switches.say(many, "list");
    const search = document.querySelector(".tools [type=search]");
    if (search?.value) search.dispatchEvent(new Event("input"));
  };

  let found = false, lately = {}; // whether what the address leads to stands there; the reading
  addEventListener("hashchange", () => { // a part of a list is made when it is asked for
    if (page && !document.querySelector(":target")) {
      read(lately);
      location.replace(location.hash);
    }
  });
  document.addEventListener("reading", async ({ detail: { class: code, ...detail } }) => { // a class's reading leaves lists alone
    if (!page && !Object.keys(detail).length) return;
    await ready();
    document.documentElement.dataset.listed = ""; // for tests
    if (page) read(lately = detail);
    if (!found && location.hash) location.replace(location.hash); // the list may stand elsewhere now
    found = true;
  });

  // For tests: the lines of a list under a reading, [sentence, speaker, text].
  window.linesOf = (id, under) => {
    const { lists, bare } = groups?.find(({ lists }) => lists.some(({ ids }) => ids.includes(id))) ?? {};
    const lines = lists && counted(lists.find(({ ids }) => ids.includes(id)), lookedUp(under));
    return lines?.map(([{ own, extra }, [, name]]) =>
      bare ? [...(own ?? extra), ""]
      : own ? [own.cells[0].textContent, [...own.cells].slice(2).map((cell) => cell.textContent).join(" "), name]
      : [extra[0], extra.slice(1).join(" "), name]);
  };
}
