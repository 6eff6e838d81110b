/* A class's judgements: shares, agreement and the class's reading, as analysis/classroom.py counts
   them. What is typed in stays in this browser; it can be saved to a file, loaded, and deleted. */
"use strict";
{
  const room = document.querySelector("#classroom");
  if (room) {
    const data = JSON.parse(room.dataset.questions), codes = codesOf(data), KEPT = "classroom";
    const [lines, told, each, results] = ["#codes", ".told", ".each", ".results"].map((part) => room.querySelector(part));
    const fields = [...room.querySelectorAll("[data-question]")];
    const sum = (numbers) => numbers.reduce((a, b) => a + b, 0);

    // -- reading what was typed in ---------------------------------------------------------------

    /** The ballots among the lines, and what there is to say of those that are none, and of all. */
    const ballots = (text) => {
      const found = [], says = [], first = new Map(), parts = { counted: 0, spoilt: 0, repeated: 0, empty: 0 };
      const become = (part, line) => { parts[part]++; if (line) says.push(line); };
      text.trimEnd().split("\n").forEach((line, i) => {
        const at = i + 1;
        if (!line.trim()) return sum(Object.values(parts)) && become("empty", `Line ${at} is blank.`);
        try {
          const { sheet, judged } = codes.find(line), key = codes.encode(sheet, judged);
          if (first.has(key)) return become("repeated", `Line ${at} repeats line ${first.get(key)}; it is counted once.`);
          first.set(key, at);
          if (!Object.keys(judged).length) return become("empty", `Line ${at} is a ballot without a judgement.`);
          found.push(judged);
          become("counted");
        } catch (error) {
          become("spoilt", `Line ${at}: “${line.trim()}” is spoilt: ${error.message}.`);
        }
      });
      return { found, says, summary: summary(parts) };
    };
    /** What became of all lines, in one sentence: the parts add up to the lines. */
    const summary = (parts) => {
      const all = sum(Object.values(parts));
      if (!all) return "No line yet.";
      if (all === parts.counted) return all === 1 ? "1 line: counted." : `${all} lines: all counted.`;
      const said = Object.entries(parts).filter(([, many]) => many).map(([part, many]) => `${many} ${part}`);
      return `${all} line${all > 1 ? "s" : ""}: ${said.join(", ")}.`;
    };
    /** Tell something where a screen reader hears it: once, and not again at every key. */
    const tell = (sentence) => { if (told.textContent !== sentence) told.textContent = sentence; };
    /** How many gave each answer to each question: ballots, and what was counted on paper. */
    const tally = (found, says) => {
      const counted = Object.fromEntries(data.questions.map(([id, answers]) => [id, answers.map((answer) => sum(found.map((judged) => +(judged[id] === answer))))]));
      for (const { dataset: { question, answer }, value } of fields) {
        const answers = data.questions.find(([id]) => id === question)[1];
        if (answer) counted[question][answers.indexOf(answer)] += Math.max(0, Math.trunc(value) || 0);
        else
          for (const [, name, many = 1] of value.matchAll(/([^\s,;×*]+)(?:\s*[×*]\s*(\d+))?/g)) {
            const at = data.notHis.includes(name) ? -1 : answers.indexOf(name);
            if (at >= 0) counted[question][at] += +many;
            else says.push(`“${name}” is no sentence of the opening; it is left out.`);
          }
      }
      return counted;
    };

    // -- agreement (Krippendorff's alpha for nominal data) ---------------------------------------

    const alpha = (units) => {
      const paired = units.filter((unit) => sum(unit) >= 2);
      if (!paired.length) return null;
      const values = paired[0].map((_, c) => sum(paired.map((unit) => unit[c]))), n = sum(values);
      if (values.filter(Boolean).length < 2) return null;
      const same = sum(paired.map((unit) => sum(unit.map((m) => m * (m - 1))) / (sum(unit) - 1)));
      return 1 - (1 - same / n) / (1 - sum(values.map((m) => m * (m - 1))) / (n * (n - 1)));
    };
    const agreeing = (units) => {
      const paired = units.filter((unit) => sum(unit) >= 2);
      return sum(paired.map((unit) => sum(unit.map((m) => m * (m - 1))) / (sum(unit) - 1))) / sum(paired.map(sum));
    };
    const mulberry32 = (a) => () => {
      a = (a + 0x6d2b79f5) | 0;
      let t = Math.imul(a ^ (a >>> 15), 1 | a);
      t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
      return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
    };
    const interval = (units) => {
      const [samples, seed] = data.resampled, draw = mulberry32(seed);
      const found = Array.from({ length: samples }, () => alpha(units.map(() => units[Math.trunc(draw() * units.length)])));
      const known = found.filter((one) => one !== null).sort((a, b) => a - b);
      const at = (part) => {
        const place = part * (known.length - 1), low = Math.floor(place);
        return known[low] + (known[Math.min(low + 1, known.length - 1)] - known[low]) * (place - low);
      };
      return known.length ? [at(0.025), at(0.975)] : [null, null];
    };
    const agreement = (counted) =>
      Object.keys(data.kinds).flatMap((kind) => {
        const units = data.questions.filter(([id]) => data.about[id][0] === kind).map(([id]) => counted[id]);
        if (units.length < 2) return [];
        const judgements = sum(units.map(sum));
        if (judgements < data.least || units.filter((unit) => sum(unit) >= 2).length < 2) return [{ kind, judgements }];
        const [low, high] = interval(units);
        return [{ kind, judgements, agree: agreeing(units), alpha: alpha(units), low, high }];
      });

    // -- the class's reading -----------------------------------------------------------------------

    const majority = (numbers, answers) => answers[numbers.findIndex((n) => 2 * n > sum(numbers))];
    const verdict = (counted) => {
      const speakers = {};
      let until = null;
      for (const [id, answers] of data.questions) {
        const [kind, sentence] = data.about[id], votes = counted[id];
        if (kind === "speaker" && sum(votes)) speakers[sentence] = majority(votes, answers) ?? data.nobody.at(-1);
        if (kind === "until") {
          const named = answers.flatMap((answer, i) => (data.notHis.includes(answer) ? [] : Array(votes[i]).fill(answer)));
          if (sum(votes)) until = 2 * named.length > sum(votes) ? named[Math.trunc((named.length - 1) / 2)] : data.nobody.at(-1);
        }
      }
      return { speakers, until };
    };
    /** How many words each has: the edition's, with the opening nobody's, and the class's. */
    const whose = ({ speakers, until }) => {
      const found = { "Your class": {}, "The edition": {}, "The opening nobody’s": {} };
      let over = until === data.nobody.at(-1);
      for (const [sentence, words, own, inferred] of data.sentences) {
        const given = speakers[sentence] ?? (over && inferred ? data.nobody.at(-1) : own);
        const named = { "Your class": given, "The edition": own, "The opening nobody’s": inferred ? null : own };
        for (const [reading, who] of Object.entries(named)) {
          const key = who in data.speakers ? who : "";
          found[reading][key] = (found[reading][key] ?? 0) + words;
        }
        over ||= sentence === until;
      }
      return found;
    };

    // -- shown -----------------------------------------------------------------------------------------

    const two = (number) => (number === null ? "–" : number.toFixed(2).replace("-", "−"));
    const table = (caption, heads, rows) =>
      make("div", { className: "scroll" }, make("table", {}, make("caption", {}, caption),
        make("thead", {}, make("tr", {}, ...heads.map((head) => make("th", { scope: "col" }, head)))),
        make("tbody", {}, ...rows.map((row) => make("tr", {}, ...row.map((cell, i) => { const td = make("td", {}, cell); td.dataset.head = heads[i]; return td; }))))));
    const bars = (found) => {
      const total = sum(data.sentences.map(([, words]) => words));
      return Object.entries(found).map(([reading, counted]) => {
        const parts = [...Object.keys(data.speakers), ""].filter((who) => counted[who]);
        const coloured = (who, text, flex) => {
          const part = make("span", {}, text);
          part.style.cssText = `${flex}--speaker: ${data.speakers[who]?.[1] ?? "#767676"}`;
          return part;
        };
        const names = parts.map((who) => coloured(who, `${data.speakers[who]?.[0] ?? "nobody named"} ${counted[who].toLocaleString("en")}`, ""));
        const bar = make("span", { className: "bar", ariaHidden: "true" }, ...parts.map((who) => coloured(who, "", `flex: ${counted[who] / total} 1 0; `)));
        return make("p", { className: "bars" }, make("b", {}, reading), ...names.flatMap((name) => [" ", name]), bar);
      });
    };
    const disputed = (counted) => {
      const rows = data.questions.filter(([id]) => sum(counted[id]) > 1 && data.about[id][0] !== "until").map(([id]) => [id, agreeing([counted[id]])]);
      return rows.sort((a, b) => a[1] - b[1]).slice(0, 5);
    };
    // The class's reading of the whole book: a code, kept in this browser, that an address carries too.
    const codeOf = (speakers, until) => codes.encode(0, { ...speakers, ...(until && { [data.questions.find(([id]) => data.about[id][0] === "until")[0]]: until }) });
    const readSo = (speakers, until) => {
      if (!until && !Object.keys(speakers).length) return "";
      const code = codeOf(speakers, until), link = make("a", { className: "button", href: `text.html?class=${code}` }, "Read the book so");
      link.addEventListener("click", () => { try { localStorage.classReading = code; } catch { /* the address has it */ } });
      return make("p", { className: "buttons" }, link, " The code of your class’s reading: ", make("strong", {}, code));
    };
    const ends = (until) =>
      !until ? "Nobody has said how far the opening is his; it ends as in the edition."
        : until === data.nobody.at(-1) ? "For your class the opening is nobody’s: no majority finds that it is his to any sentence."
          : `For your class the opening is his to ${until}, the middle one of the sentences that were named.`;
    const show = () => {
      const { found, says, summary } = ballots(lines.value), counted = tally(found, says), { speakers, until } = verdict(counted);
      const judged = sum(Object.values(counted).map(sum)), most = disputed(counted);
      tell(`${summary}${judged ? ` ${judged} judgement${judged > 1 ? "s" : ""}.` : ""}`);
      each.replaceChildren(...says.map((line) => make("li", {}, line)));
      const link = (sentence) => make("a", { href: `text.html#${sentence}` }, sentence);
      const others = data.annotators, beside = Object.values(others).some(sum);
      const answers = (kind) => data.questions.filter(([id]) => data.about[id][0] === kind && sum(counted[id])).map(([id, keys]) => {
        const [, sentence, labels, own, text] = data.about[id];
        const told = (votes, say) => keys.map((_, i) => i).filter((i) => votes[i]).sort((a, b) => votes[b] - votes[a]).map((i) => `${labels[i]} ${say(votes[i])}`).join(", ");
        return [
          make("span", {}, link(sentence), ` ${text}`), told(counted[id], (n) => `${shares.percent(n, sum(counted[id]))} (${n})`),
          ...(beside ? [told(others[id], (n) => `(${n})`)] : []), labels[keys.indexOf(own)],
        ];
      });
      const agreed = [["your class", counted], ["annotators", others]].flatMap(([who, some]) => agreement(some).filter((a) => a.judgements).map((a) => [
        `${data.kinds[a.kind]} (${who})`, String(a.judgements),
        ...(a.agree === undefined ? [`fewer than ${data.least} judgements: no coefficient`, ""] : [shares.percent(a.agree), `${two(a.alpha)} (${two(a.low)} to ${two(a.high)})`]),
      ]));
      results.replaceChildren(...(judged ? [
        make("h2", {}, "Your class’s reading"), ...bars(whose({ speakers, until })), readSo(speakers, until),
        make("p", {}, ends(until)),
        make("h2", {}, "What was judged, and what the edition has"),
        ...Object.entries(data.kinds).flatMap(([kind, says]) => {
          const rows = answers(kind);
          return rows.length ? [table(says, ["sentence", "your class", ...(beside ? ["annotators"] : []), "the edition"], rows)] : [];
        }),
        table("How far you agree, and how far the edition’s annotators did, where a kind of question was asked more than once", ["question", "judgements", "pairs that agree", "alpha, with its 95% interval"], agreed),
        most.length ? make("p", {}, "Most disputed: ", ...most.flatMap(([id, agree], i) => [i ? ", " : "", link(data.about[id][1]), ` (${data.about[id][0] === "speaker" ? "" : `${data.kinds[data.about[id][0]]} `}${shares.percent(agree)} of pairs agree)`]), ".") : "",
      ] : []));
      room.computed = { ballots: found.length, summary, says, counted, agreement: agreement(counted), annotators: agreement(others), verdict: { speakers, until }, words: whose({ speakers, until }), code: codeOf(speakers, until) };
    };

    // -- kept, saved, loaded, deleted -----------------------------------------------------------------

    const state = () => ({ codes: lines.value, paper: Object.fromEntries(fields.map((field) => [field.dataset.question + " " + (field.dataset.answer ?? ""), field.value]).filter(([, value]) => value)) });
    const restore = ({ codes: text = "", paper = {} }) => {
      lines.value = text;
      for (const field of fields) field.value = paper[field.dataset.question + " " + (field.dataset.answer ?? "")] ?? "";
      show();
    };
    const keep = () => { try { localStorage[KEPT] = JSON.stringify(state()); } catch { /* it works without */ } };
    room.addEventListener("input", ({ target }) => { if (target.type !== "file") { keep(); show(); } });
    room.addEventListener("click", ({ target }) => {
      if (target.dataset?.do === "save") {
        const file = new Blob([JSON.stringify(state(), null, 1)], { type: "application/json" });
        make("a", { href: URL.createObjectURL(file), download: "class.json" }).click();
      }
      if (target.dataset?.do === "delete" && confirm("Delete all that was typed in here, and the class’s reading?")) {
        try { for (const kept of [KEPT, "classReading"]) delete localStorage[kept]; } catch { /* nothing was kept */ }
        restore({});
      }
    });
    room.querySelector("[type=file]").addEventListener("change", async ({ target }) => {
      try {
        const loaded = JSON.parse(await target.files[0].text());
        if (typeof loaded?.codes !== "string" || !(loaded.paper instanceof Object)) throw new Error();
        restore(loaded);
        keep();
      } catch {
        tell(`“${target.files[0].name}” is no file that this page has saved; nothing was changed.`);
      }
      target.value = "";
    });
    let kept;
    try { kept = JSON.parse(localStorage[KEPT]); } catch { /* nothing is kept */ }
    restore(kept?.paper instanceof Object ? kept : {});
  }
}
