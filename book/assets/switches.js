// The editors' decisions as switches. What each number becomes was counted when the book was built;
// it lies in readings.js, which is asked for when a switch is first touched. Nothing is counted here.
{
  const root = document.documentElement, main = document.getElementById("main");
  const home = new URL(root.dataset.content_root || "./", location.href);
  let decisions, values, panel, banner, status; // once they are there
  let reading = {}; // decision → place of its option, for those taken otherwise

  // -- what a value is under a reading ------------------------------------------------------------

  const look = ([axes, all], under) => {
    let at = 0;
    for (const axis of axes) {
      const [decision, places] = axis;
      axis[2] ??= Math.max(...places) + 1; // how many places there are along it
      at = at * axis[2] + places[under[decisions[decision].name] ?? 0];
    }
    return all[at];
  };
  const at = (number, under) => look(values[number], under);
  // What a number is in the reading that is on, and what it is as the edition reads it: looked up once.
  let ofNow = {}, ofEdition = {};
  const now = (number) => (ofNow[number] ??= at(number, reading)), edition = (number) => (ofEdition[number] ??= at(number, {}));
  const digits = new Intl.NumberFormat("en-US"); // one for all: each is slow to make
  const shown = (value) => (typeof value === "number" ? digits.format(value) : value);

  // -- addresses: ?opening=nobody&doubts=all-aside ------------------------------------------------

  const inAddress = (option) => option.replaceAll(" ", "-");
  const put = (url, under = reading) => {
    if (under.class) url.searchParams.set("class", under.class);
    else url.searchParams.delete("class");
    for (const { name, options } of decisions) {
      if (under[name]) url.searchParams.set(name, inAddress(options[under[name]][0]));
      else url.searchParams.delete(name);
    }
    return url;
  };
  const here = () => (decisions ? put(new URL(location.href)) : new URL(location.href)); // this page as it is read
  // A row of a chart's table that leads to a whole sentence may count a part of it in another reading: it
  // then leads to the part, which the page of lists makes (lists.js).
  const ending = (link) => {
    link.dataset.whole ??= new URL(link.getAttribute("href"), location.href).hash;
    return Object.keys(switches.reading()).length ? link.dataset.whole + link.dataset.part : link.dataset.whole;
  };
  window.switches = { at, look, put, here, now, edition, shown, ending }; // for what follows them on its own, and for tests
  const asked = () => {
    const query = new URLSearchParams(location.search), found = {}, code = query.get("class");
    if (window.judged?.is(code)) return { class: code }; // a class's reading is taken alone
    for (const { name, options } of decisions) {
      const place = options.findIndex(([option]) => inAddress(option) === query.get(name));
      if (place > 0) found[name] = place;
    }
    return found;
  };
  const told = (under = reading) => under.class ? `${ofWhom("As")}. ${judged.says(under.class)}` : decisions.filter(({ name }) => under[name])
    .map(({ name, question, options }) => `${question} ${options[under[name]][1]}`).join("; ");

  // A class's reading is called “your class's” on screen, where this browser has counted it; not in what leaves it.
  const ofWhom = (as, whose = "a class") => `${as} ${whose} has judged`;
  const who = (code) => (code === mine ? "your class" : "a class");

  // A link inside the book keeps the reading: put there when it is about to be followed or copied.
  const keep = (event) => {
    const link = decisions && event.target.closest?.("a[href]");
    if (!link || link.download || link instanceof SVGElement) return;
    const url = new URL(link.href);
    if (!url.href.startsWith(home.href) || link.getAttribute("href").startsWith("#")) return;
    if (link.dataset.part) url.hash = ending(link);
    link.href = put(url, "fixed" in link.dataset ? {} : reading).href;
  };
  for (const name of ["pointerdown", "focusin", "click"]) document.addEventListener(name, keep, true);
  document.addEventListener("submit", ({ target }) => { // so does a search
    target.querySelectorAll("[type=hidden]").forEach((old) => old.remove());
    if (decisions) put(new URL(home)).searchParams.forEach((value, name) => target.append(make("input", { type: "hidden", name, value })));
  });

  // -- the page as it is read ----------------------------------------------------------------------

  const numbers = [...document.querySelectorAll("a[data-n]:not([data-mark], svg a)")].map((element) => ({ element, own: element.textContent }));
  const fixed = document.querySelectorAll("a[data-fixed]"); // read in a way of its own: “if … is Kádár”
  const verdicts = [...document.querySelectorAll("section.verdict[data-n]")];
  const changes = (under) => numbers.filter(({ element }) => at(element.dataset.n, under) !== at(element.dataset.n, {})).length;

  const note = (parent, text) => {
    let own = parent.querySelector(":scope > .now");
    if (!text) return own?.remove();
    own ??= parent.insertBefore(make("p", { className: "now" }), parent.children[1] ?? null);
    own.textContent = text;
  };

  // Prose is not written anew: what a number of it has moved in is marked, and the banner says why.
  let moved = [];
  const markProse = () => {
    moved.forEach((element) => element.classList.remove("moved"));
    const turned = numbers.filter(({ element }) => element.classList.contains("turned"));
    moved = [...new Set(turned.filter(({ element }) => !element.closest(".chart")).map(({ element }) => element.closest("table")?.querySelector("caption") ?? element.closest("p, li, dd, dt, h1, h2, h3, h4, summary")).filter(Boolean))];
    moved.forEach((element) => element.classList.add("moved"));
    const struck = turned.length ? ` Struck numbers are the edition’s${moved.length ? ", and so is text beside a rule" : ""}.` : "";
    banner.querySelector(".prose").textContent = `${struck}${[...document.querySelectorAll("a.stays")].some(seen) ? " Links underlined twice stay as they are." : ""}`;
    say(turned.filter(({ element }) => seen(element)).length, "number");
  };
  document.addEventListener("reading", markProse); // when all that follows has followed

  // So that nothing moves: a number keeps the room that it had, and so does what it stands in.
  // All is measured before anything is changed; what is folded away takes no room.
  let held = [];
  const folded = (element) => element.closest("details:not([open]) > :not(summary)");
  const hold = (on) => {
    const seen = on ? numbers.map(({ element }) => element).filter((element) => !folded(element)) : [];
    const around = seen.map((element) => element.closest("p, li, dd, td, h1, h2, h3, h4"));
    const titles = on ? document.querySelectorAll(".chart[data-plain] :is(.chart-title, figcaption > p)") : [];
    const heights = new Map([...around, ...titles].filter(Boolean).map((element) => [element, element.getBoundingClientRect().height]));
    const widths = new Map(seen.filter((element) => !element.matches(".claim")).map((element) => [element, element.getBoundingClientRect().width]));
    held.forEach((element) => ["min-height", "min-width"].forEach((name) => element.style.removeProperty(name)));
    heights.forEach((height, element) => element.style.setProperty("min-height", `${height}px`));
    widths.forEach((width, element) => element.style.setProperty("min-width", `${width}px`));
    held = [...heights.keys(), ...widths.keys()];
  };

  addEventListener("resize", () => held.forEach((element) => element.style.removeProperty("min-height")));

  // The address follows when the page has been drawn, of turns that follow each other the last one's.
  const address = () => history.replaceState(history.state, "", here());
  let written;
  // How many numbers, lists and passages differ from the edition's, in the banner and for a screen reader.
  const counts = new Map(), seen = (element) => !element.closest("[hidden]:not(tr)"); // a row may come or go
  const say = (many, what) => {
    counts.set(what, many);
    const some = [...counts].filter(([, many]) => many).map(([what, many]) => `${digits.format(many)} ${what}${many > 1 ? "s" : ""}`);
    const text = `${some.join(" and ") || "no number"} on this page changed.`;
    banner.querySelector(".changed").textContent = text;
    status.textContent = banner.hidden ? "Read as the edition reads it." : text[0].toUpperCase() + text.slice(1);
  };
  const show = () => {
    const on = Object.keys(reading).length > 0;
    ofNow = {};
    counts.clear();
    if (on !== held.length > 0) hold(on);
    for (const { element, own } of numbers) {
      const value = now(element.dataset.n), was = edition(element.dataset.n);
      const turned = value !== was;
      const text = !turned ? own : value === false ? "does not hold here" : shown(value);
      if (element.textContent === text && element.classList.contains("turned") === turned) continue;
      element.classList.toggle("turned", turned);
      if (turned) Object.assign(element, { title: `As the edition reads it: ${own}` }).dataset.own = own;
      else ["title", "data-own"].forEach((name) => element.removeAttribute(name));
      if (element.textContent !== text) element.textContent = text;
    }
    for (const link of fixed) {
      link.classList.toggle("stays", on);
      if (on) link.title = "Stays as it is: it is read in a way of its own";
      else link.removeAttribute("title");
    }
    for (const verdict of verdicts) note(verdict, now(verdict.dataset.n) ? "" : "Does not hold in this reading.");
    for (const button of document.querySelectorAll("button.switch")) {
      const [name, option] = button.dataset.switch.split("=");
      const { options } = decisions.find((decision) => decision.name === name);
      button.setAttribute("aria-pressed", options[reading[name] ?? 0][0].replaceAll(" ", "_") === option);
    }
    root.toggleAttribute("data-otherwise", on);
    banner.hidden = !on;
    banner.querySelector("b").textContent = reading.class ? ofWhom("Read as", who(reading.class)) : "Read otherwise";
    banner.querySelector(".told").textContent = reading.class ? judged.says(reading.class) : told();
    const cite = document.getElementById("cite");
    cite?.querySelector(".now")?.remove();
    if (on) cite?.append(make("span", { className: "now" }, ` Read otherwise than the edition: ${told()}.`));
    clearTimeout(written);
    written = setTimeout(address, 250);
    if (panel.matches(":popover-open")) setTimeout(count); // first what the reader asked for
    document.dispatchEvent(new CustomEvent("reading", { detail: { ...reading } }));
  };
  const turn = (name, place) => {
    const { class: code, ...decided } = reading; // a class's reading and decisions of one's own exclude each other
    reading = decided;
    if (place) reading[name] = place;
    else delete reading[name];
    if (code) read(reading);
    else show();
  };
  const read = (under) => {
    reading = { ...under };
    show();
    panel.querySelectorAll("input").forEach((input) => (input.checked = input.value === String(reading[input.name] ?? 0)));
  };
  const back = () => read({});

  // -- the panel and the banner --------------------------------------------------------------------

  const count = () => panel.querySelectorAll("label").forEach((label) => {
    const input = label.querySelector("input"), place = Number(input.value);
    if (!place) return;
    const many = changes({ ...reading, [input.name]: place }) - changes({ ...reading, [input.name]: 0 });
    const alone = changes({ [input.name]: place });
    label.querySelector("small").textContent = many || alone ? `moves ${alone} number${alone === 1 ? "" : "s"} on this page` : "moves no number on this page";
  });
  const ofClass = () => {
    if (!window.judged?.is(classCode)) return [];
    const input = make("input", { type: "checkbox", name: "class", value: classCode, checked: reading.class === classCode });
    input.addEventListener("change", () => read(input.checked ? { class: classCode } : {}));
    return [make("fieldset", {}, make("legend", {}, `How does ${who(classCode)} read?`), make("label", {}, input, make("span", {}, `${ofWhom("As", who(classCode))}. ${judged.says(classCode)}`)))];
  };
  const build = () => {
    const fields = decisions.map(({ name, question, options }) => make("fieldset", {}, make("legend", {}, question),
      ...options.map(([, says], place) => {
        const input = make("input", { type: "radio", name, value: String(place), checked: (reading[name] ?? 0) === place });
        input.addEventListener("change", () => turn(name, place));
        return make("label", {}, input, make("span", {}, says, " ", make("small", {}, place ? "" : "the edition")));
      })));
    const leave = make("button", { type: "button", textContent: "Close" });
    const reset = make("button", { type: "button", textContent: "Back to the edition's reading" });
    panel = make("section", { id: "switches", popover: "auto" },
      make("h2", { id: "switches-title" }, "Read otherwise"),
      make("p", {}, "Each of these was decided by the editors of this book. Choose another answer, and the numbers and verdicts follow, on this page and on those that you go to."),
      ...fields, ...ofClass(), make("p", { className: "buttons" }, reset, leave));
    panel.setAttribute("aria-labelledby", "switches-title");
    leave.addEventListener("click", () => panel.hidePopover());
    reset.addEventListener("click", back);
    panel.addEventListener("toggle", (event) => event.newState === "open" && count());
    const put = make("button", { type: "button", textContent: "Back to the edition's" }), change = make("button", { type: "button", textContent: "Change" });
    put.addEventListener("click", back);
    change.addEventListener("click", () => panel.showPopover());
    const more = make("button", { type: "button", className: "more", textContent: "More" }); // where there is little room
    more.addEventListener("click", () => unfold(!banner.classList.contains("unfolded")));
    const unfold = (on) => {
      banner.classList.toggle("unfolded", on);
      more.setAttribute("aria-expanded", on);
      more.textContent = on ? "Less" : "More";
    };
    const inFull = make("span", { className: "full" }, " ", make("span", { className: "told" }), ".", make("span", { className: "prose" }));
    banner = make("section", { id: "otherwise", hidden: true }, make("p", {}, make("b"), ": ", make("span", { className: "changed" }), inFull), more, change, put);
    unfold(false);
    banner.setAttribute("aria-label", "The reading that is on");
    status = make("p", { className: "unseen" });
    status.setAttribute("role", "status");
    main.prepend(banner, status);
    document.body.append(panel);
  };

  const load = (address) => new Promise((loaded) => {
    document.head.append(make("script", { src: new URL(address, home).href, async: false, onload: loaded, onerror: loaded }));
  });
  const others = new Promise((there) => document.addEventListener("DOMContentLoaded", there)); // scripts that follow a reading
  let mine; // the code of the class that this browser has counted
  try { mine = localStorage.classReading; } catch { /* nothing is kept */ }
  const classCode = new URLSearchParams(location.search).get("class") ?? mine;
  const ready = () => (ready.once ??= (async () => {
    window.readings = (...told) => ([decisions, values] = told);
    const charts = document.querySelector("figure.chart") ? ["_static/charts.js"] : []; // before judged.js
    const scripts = ["readings.js", ...charts, ...(classCode ? ["_static/ballots.js", "_static/judged.js", "class.js"] : [])];
    await Promise.all([others, ...scripts.map((address) => load(address))]);
    reading = asked();
    build();
    root.dataset.readable = ""; // for the style sheet
    document.dispatchEvent(new Event("readable")); // for what gets ready before anything is turned
    if (/[?&]class=/.test(location.search) && !reading.class) main.querySelector("h1")?.after(make("p", { className: "now" }, "The class’s reading in this address can’t be read: a sign of its code is missing or wrong."));
  })());
  // For what shows other readings, and can switch one on (otherwise.js).
  Object.assign(window.switches, { ready, read, say, told, grid: (number) => values[number], decisions: () => decisions, reading: () => (reading.class ? {} : reading) });
  document.getElementById("switch").addEventListener("click", async () => {
    await ready();
    panel.togglePopover();
    if (panel.matches(":popover-open")) panel.querySelector("input:checked").focus();
  });
  // A switch in a sentence, where a decision matters; without this script it is plain words.
  for (const words of document.querySelectorAll("[data-switch]")) {
    const button = make("button", { type: "button", className: "switch" }, ...words.childNodes);
    const [name, option] = words.dataset.switch.split("=");
    button.dataset.switch = words.dataset.switch;
    button.setAttribute("aria-pressed", "false");
    words.replaceWith(button);
    button.addEventListener("click", async () => {
      await ready();
      const { options } = decisions.find((decision) => decision.name === name);
      const place = options.findIndex(([one]) => one.replaceAll(" ", "_") === option);
      const next = reading[name] === place ? 0 : place;
      panel.querySelector(`[name="${name}"][value="${next}"]`).checked = true;
      turn(name, next);
    });
  }
  // Any name in the address may be a decision's, but those that other scripts read: readings.js has which there are.
  const elsewhere = ["q", "typed", "guess"];
  if ([...new URLSearchParams(location.search).keys()].some((name) => !elsewhere.includes(name))) ready().then(show);

  // What is copied says how it was read.
  document.addEventListener("copy", (event) => {
    if (!Object.keys(reading).length || event.target.closest?.("input, textarea")) return;
    const line = `[Read otherwise than the edition: ${told()}. ${here()}]${moved.length ? " [The text was written for the edition’s reading; its numbers are this one’s.]" : ""}`;
    const data = event.clipboardData, text = data.getData("text/plain") || String(getSelection());
    if (!text) return;
    const holder = make("div");
    for (let i = 0; i < getSelection().rangeCount; i++) holder.append(getSelection().getRangeAt(i).cloneContents());
    data.setData("text/plain", `${text}\n${line}`);
    data.setData("text/html", `${data.getData("text/html") || holder.innerHTML}<p>${line.replaceAll("&", "&amp;")}</p>`);
    event.preventDefault();
  });
}
