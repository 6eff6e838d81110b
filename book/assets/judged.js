// A class's reading of the book: whose the doubtful sentences are, and where the opening ends, as a code in
// the address. Numbers that change with it are counted anew from how many rows each sentence holds, as
// analysis/classroom.py counts them (class.js, written when the book was built); all else stays the
// edition's, and says so. Asked for by switches.js, after ballots.js, which reads the code.
{
  const main = document.getElementById("main");
  let data, codes;
  const read = {}; // code → what it says

  const know = (told) => {
    data = told;
    codes = codesOf(data);
  };
  /** What a code says: {speakers, until}; nothing, where it is no code or judges nothing. */
  const said = (code) => {
    if (code in read) return read[code];
    try {
      const { judged } = codes.decode(code), speakers = {};
      let until;
      for (const [id] of data.questions) // in the order in which they are asked
        if (data.kinds[id] === "speaker" && judged[id]) speakers[id] = judged[id];
        else if (data.kinds[id] === "until" && judged[id]) until = data.notHis.includes(judged[id]) ? data.nobody.at(-1) : judged[id];
      return (read[code] = Object.keys(speakers).length || until ? { speakers, until, homes: homes(speakers, until) } : null);
    } catch {
      return (read[code] = null);
    }
  };
  /** Whose each sentence is: its speaker, speech, standing, and what the class has answered. */
  const homes = (speakers, until) => {
    let over = until === data.nobody.at(-1); // nothing of the opening is his
    return data.homes.map(([name, speech, own, attribution, inferred, doubted]) => {
      const given = speakers[name] ?? (over && inferred ? data.nobody.at(-1) : own);
      const speaker = data.nobody.includes(given) ? "none" : given, moved = speaker !== own;
      over ||= name === until;
      const named = speaker === "none" ? "unattributed" : moved ? "inferred" : attribution;
      const standing = doubted && named !== "unattributed" ? "doubted" : named;
      return { name, given, speaker, standing, speech: moved ? `${speech}-${speaker === "none" ? "nobody" : speaker}` : speech };
    });
  };

  // -- counting anew --------------------------------------------------------------------------------

  const NOWHERE = { speaker: "none", speech: "none", standing: "none" };
  const count = (side, places) => {
    if (typeof side === "number") return side;
    const [rows, where] = side;
    return data.rows[rows].reduce((sum, [place, many]) => {
      const home = places[place] ?? NOWHERE;
      return Object.entries(where).every(([name, values]) => values.includes(home[name])) ? sum + many : sum;
    }, 0);
  };
  const value = (number, code) => {
    const [part, whole] = data.numbers[number].map((side) => count(side, said(code).homes));
    return whole === undefined ? part : shares.percent(part, whole);
  };

  // -- what is told -----------------------------------------------------------------------------------

  const says = (code) => {
    const { speakers, until, homes } = said(code), given = {};
    homes.forEach(({ name, given: answer }, at) => {
      if (name in speakers && answer !== data.homes[at][2]) (given[data.says[answer]] ??= []).push(name);
    });
    const whose = Object.entries(given).map(([answer, sentences]) => `${sentences.join(", ")}: ${answer}`);
    const otherwise = [...whose, ...(until ? [until === data.nobody.at(-1) ? "the opening is nobody’s" : `the opening ends with ${until}`] : [])];
    return otherwise.join("; ") || "Whose every sentence is, is as the edition has it";
  };
  /** Whose a sentence of the text is, as speeches.js has names: one of them, or the class's own words. */
  const own = {};
  const named = (code, sentence, names) => {
    const { speakers, until, homes } = said(code), { given, speaker } = homes.find(({ name }) => name === sentence);
    const ended = !(sentence in speakers) && given === data.nobody.at(-1); // no class was asked whose it is
    if (speaker !== "none") return names.find(([, name]) => name === data.names[speaker]) ?? (own[speaker] ??= [0, data.names[speaker]]);
    if (ended) return (own[`until ${until}`] ??= [0, `nobody’s (the opening ${until === given ? "is nobody’s" : "has ended"})`]);
    return data.nobody.includes(given) ? (own[given] ??= [0, data.says[given]]) : names.find(([, , colour]) => !colour) ?? (own.none ??= [0, ""]);
  };

  // -- the page ------------------------------------------------------------------------------------------

  const numbers = [...document.querySelectorAll("a[data-c]:not([data-mark], svg a)")].map((element) => ({ element, edition: element.textContent }));
  const apart = document.querySelectorAll("a.claim, a[data-c=left]:not([data-mark], svg a)");
  const charts = [...document.querySelectorAll("figure.chart:not([data-anyone]):has([data-c])")];
  const staying = document.querySelectorAll("figure.chart[data-stays]");
  const shown = (number) => (typeof number === "number" ? number.toLocaleString("en-US") : number);
  const note = (on) => {
    document.querySelector(".edition-stays")?.remove();
    if (!on) return;
    const what = document.querySelector("section.evidence") ? "These lists stay the edition’s: a class’s reading changes numbers, shares and who speaks in the text."
      : document.querySelector("section.verdict, #typed") ? "What stands here stays the edition’s, but for the marked numbers."
        : apart.length ? "Links underlined twice stay the edition’s, and so do the lists to which numbers lead." : "";
    if (what) main.querySelector("h1")?.after(make("p", { className: "now edition-stays" }, what));
  };
  const show = ({ detail }) => {
    const code = detail.class, on = Boolean(code);
    for (const { element, edition } of numbers) {
      if (element.dataset.c === "left" || (!on && element.dataset.n !== undefined)) continue; // switches.js has put it back
      const text = on ? shown(value(element.dataset.c, code)) : edition, turned = text !== edition;
      element.textContent = text;
      element.classList.toggle("turned", turned);
      if (turned) Object.assign(element, { title: `As the edition reads it: ${edition}` }).dataset.own = edition;
      else ["title", "data-own"].forEach((name) => element.removeAttribute(name));
    }
    for (const link of apart) {
      link.classList.toggle("stays", on);
      if (on) link.title = "Stays the edition’s: a class’s reading was not tried on it";
      else link.removeAttribute("title");
    }
    if (on)
      for (const chart of charts) {
        const marks = [...chart.querySelectorAll("[data-c]:not([data-c=left])")];
        if (!marks.some(({ dataset }) => data.numbers[dataset.c].length === 1 && value(dataset.c, code) !== Number(dataset.count))) continue;
        chart.classList.add("left");
        if (!chart.querySelector(":scope > .now")) chart.insertBefore(make("p", { className: "now" }, "This chart stays the edition’s."), chart.children[1] ?? null);
      }
    for (const chart of staying) {
      chart.querySelector(":scope > .now")?.remove();
      if (on) chart.insertBefore(make("p", { className: "now" }, "Read in a way of its own (see the caption): a class’s answers are not in it."), chart.children[1]);
    }
    note(on);
  };
  document.addEventListener("reading", show, true); // before those who look at what the numbers are now

  window.judged = { know, value, says, named, is: (code) => Boolean(code && said(code)) };
}
