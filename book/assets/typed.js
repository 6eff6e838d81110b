// Type a word: how often it stands in the document, who says it and where, in the reading that is on.
// What the words are, what they stand for and whose they are lies in words.js, made from the tables
// when the book was built, and asked for when the box is first touched. Words are looked for as
// `python -m analysis ask` looks for them (analysis/matching.py).
{
  const home = new URL(document.documentElement.dataset.content_root || "./", location.href);
  const box = document.getElementById("typed-word"), found = document.getElementById("typed-found");
  const status = document.querySelector("#typed [role=status]");
  let known, reading = {}; // decision → place of its option

  // -- what is looked for ---------------------------------------------------------------------------

  const tokens = (text) => text.toLowerCase().replace(/['’]s?(?![\p{L}\p{N}])/gu, "").match(/[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)*/gu) ?? [];
  const folded = (word) => word.toLowerCase().replace(/[’‘ʼ´]/g, "'").replace(/'s?$/, "").replace(/\.+$/, "");
  const itemsOf = (question) => [...new Set(question.split(/[,;]/).map((part) => part.trim()))].filter(Boolean).map((text) => {
    const bare = text.replace(/\*$/, "").trimEnd(), meant = tokens(bare);
    if (bare.includes("*") || !meant.length) throw new RangeError(`“${text}” cannot be looked for: ask for words, for a phrase, or for a beginning with a star behind it.`);
    return { text, meant, written: bare.split(/\s+/).map(folded), beginning: text.endsWith("*") };
  });
  const stemmer = new EnglishStemmer();
  const stem = (word) => known.stems[word] ?? (known.tokens.has(word) ? word : stemmer.stemWord(word));

  // Where words follow each other in a sequence of [token, number of its word].
  const places = ({ beginning }, words, sequence) => {
    const last = words.length - 1, root = beginning && stem(words[last]);
    const same = (token, i) => token === words[i] || (beginning && i === last && (token.startsWith(words[i]) || stem(token) === root));
    const starts = sequence.slice(0, Math.max(0, sequence.length - last)).map((_, at) => at);
    return starts.filter((at) => words.every((_, i) => same(sequence[at + i][0], i))).map((at) => [sequence[at][1], sequence[at + last][1]]);
  };
  // Of mentions that overlap the one that begins first counts, and of those the longest.
  const inSentence = (ids, items) => {
    const meant = ids.flatMap((id, at) => known.forms[id][1].map((token) => [token, at]));
    const written = ids.map((id, at) => [known.forms[id][2], at]);
    const all = items.flatMap((item) => [...places(item, item.meant, meant), ...places(item, item.written, written)]);
    let free = 0;
    return all.sort((a, b) => a[0] - b[0] || b[1] - a[1]).filter(([first, last]) => first >= free && ((free = last + 1), true));
  };

  // -- in which words, and whose they are, in a reading ---------------------------------------------

  const place = (axes, under) => axes.reduce((sum, [name, many]) => sum * many + (under[name] ?? 0), 0);
  const mentions = (items, under) => {
    const made = place(known.made, under), owned = place(known.owned, under), nobody = known.speakers.length - 1;
    return known.sentences.flatMap(([sentence, text, which, variants], number) => {
      const [layer, ...pairs] = variants[which.charCodeAt(made) - 97];
      const ids = pairs.filter((_, i) => i % 2 === 0);
      return inSentence(ids, items).map(([first, last]) => {
        // a phrase is set aside only if all of it is
        const whose = pairs.filter((_, i) => i % 2).slice(first, last + 1).map((owner) => known.owners[owner].charCodeAt(owned) - 97);
        let start = 0, end = 0;
        ids.slice(0, last + 1).forEach((id, at) => {
          const [form] = known.forms[id], from = text.indexOf(form, end);
          if (at === first) start = from;
          end = from + form.length;
        });
        return { sentence, number, layer, text, start, end, speaker: whose.find((one) => one !== nobody) ?? nobody };
      });
    });
  };
  const tally = (some, by) => some.reduce((counts, one) => counts.set(by(one), (counts.get(by(one)) ?? 0) + 1), new Map());

  // -- what is found ----------------------------------------------------------------------------------

  const times = (count) => (count === 1 ? "1 mention" : `${count || "no"} mentions`);
  const toText = (sentence) => {
    const url = new URL(`chapters/text.html`, home);
    url.search = [...new URLSearchParams(location.search)].filter(([name]) => name !== "typed").map(([name, value]) => `${name}=${value}`).join("&");
    url.hash = sentence;
    return make("a", { href: url.href }, sentence);
  };
  const who = (speaker) => {
    const [name, colour] = known.speakers[speaker], said = make("span", { className: "who" }, name);
    said.style.setProperty("--speaker", colour ?? "");
    return said;
  };
  const strip = (some) => {
    const session = known.sentences.map(([, text, , [[layer]]], at) => ({ at, layer, size: text.length })).filter(({ layer }) => layer === "session");
    const whole = session.reduce((sum, { size }) => sum + size, 0), begins = new Map();
    session.reduce((sum, { at, size }) => (begins.set(at, sum), sum + size), 0);
    const drawn = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    drawn.setAttribute("viewBox", "0 0 1000 24");
    drawn.setAttribute("preserveAspectRatio", "none");
    drawn.setAttribute("aria-hidden", "true"); // the lines say the same
    drawn.innerHTML = `<path d="M0 23.5H1000" stroke="currentColor"/>${some.filter(({ number }) => begins.has(number)).map(({ number, start, speaker }) =>
      `<rect x="${(1000 * (begins.get(number) + start)) / whole}" width="3" height="23" fill="${known.speakers[speaker][1] ?? "currentColor"}"/>`).join("")}`;
    return make("div", { className: "strip" }, drawn, make("p", {}, make("span", {}, "beginning of the session"), make("span", {}, "end")));
  };
  const lines = (some) => make("table", { className: "whole" }, make("tbody", {}, ...some.map(({ sentence, text, start, end, speaker }) =>
    make("tr", {}, make("td", {}, toText(sentence)), make("td", {}, who(speaker)),
      make("td", {}, text.slice(0, start), make("mark", {}, text.slice(start, end)), text.slice(end))))));

  const answer = () => {
    found.replaceChildren();
    found.hidden = true;
    let items;
    try {
      items = itemsOf(box.value);
    } catch (error) {
      status.textContent = error.message;
      return;
    }
    const address = new URL(location.href);
    if (items.length) address.searchParams.set("typed", box.value.trim());
    else address.searchParams.delete("typed");
    history.replaceState(history.state, "", address);
    status.textContent = "";
    if (!items.length) return;
    const all = mentions(items, reading), here = all.filter(({ layer }) => layer === "session");
    const asked = items.map(({ text }) => `“${text}”`).join(" or ");
    status.textContent = `${asked} in the session: ${times(here.length)}${Object.keys(reading).length ? ", read otherwise than the edition" : ""}.`;
    const elsewhere = [...tally(all.filter(({ layer }) => layer !== "session"), ({ layer }) => known.layers[layer])];
    const forms = [...tally(here, ({ text, start, end }) => text.slice(start, end))];
    const told = [];
    if (forms.length) told.push(`As: ${forms.map(([form, count]) => `${form} ${count}`).join(", ")}.`);
    else {
      const roots = new Set(items.map(({ meant }) => stem(meant.at(-1))));
      const kin = [...known.tokens].filter((token) => roots.has(stem(token)));
      told.push(`Looked for: ${asked}, as written and with abbreviations expanded.${kin.length ? ` Of the same stem the document has: ${kin.join(", ")}.` : ""}`);
    }
    if (elsewhere.length) told.push(`Elsewhere: ${elsewhere.map(([layer, count]) => `${layer} ${count}`).join(", ")}.`);
    found.append(...told.map((text) => make("p", {}, text)));
    if (here.length) {
      const speakers = [...tally(here, ({ speaker }) => speaker)].sort(([a], [b]) => a - b);
      found.append(make("p", { className: "said-by" }, ...speakers.map(([speaker, count]) => make("span", {}, who(speaker), ` ${count} `))), strip(here));
    }
    if (all.length) found.append(make("div", { className: "scroll" }, lines([...here, ...all.filter((one) => !here.includes(one))])));
    found.hidden = false;
  };

  const ready = () => (ready.once ??= new Promise((done) => {
    window.words = (told) => {
      known = told;
      known.tokens = new Set(known.forms.flatMap(([, meant, written]) => [...meant, written]));
      done();
    };
    document.head.append(make("script", { src: new URL("words.js", home).href }));
  }));
  box.addEventListener("focus", ready);
  box.addEventListener("input", () => ready().then(answer));
  box.form.addEventListener("submit", (event) => event.preventDefault());
  document.addEventListener("reading", ({ detail }) => {
    reading = detail.class ? {} : detail; // a class's reading leaves what is typed the edition's
    if (box.value) ready().then(answer);
  });
  box.value = new URLSearchParams(location.search).get("typed") ?? "";
  if (box.value) ready().then(answer);

  // For tests: how often, and by whom, in the session.
  window.typed = async (question, under = {}) => {
    await ready();
    const here = mentions(itemsOf(question), under).filter(({ layer }) => layer === "session");
    return [here.length, Object.fromEntries([...tally(here, ({ speaker }) => known.speakers[speaker][0])])];
  };
}
