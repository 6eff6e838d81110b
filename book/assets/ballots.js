/* A student's judgements become a code, and codes judgements again: what analysis/codes.py does in
   Python. Nothing is sent; what was ticked stays in this browser until it is deleted. */
"use strict";

/** Writes and reads the codes of the questions that a page has. */
function codesOf({ code, questions }) {
  const [prime, rest, sheets, base] = [code.prime, code.rest, code.sheets, 32].map(BigInt);
  let most = sheets * prime, length = 0;
  for (const [, answers] of questions) most *= BigInt(answers.length + 1);
  for (; most; most /= base) length++;

  const encode = (sheet, judged) => {
    let number = BigInt(sheet);
    for (const [id, answers] of questions) number = number * BigInt(answers.length + 1) + BigInt(answers.indexOf(judged[id]) + 1);
    number = number * prime + rest;
    let signs = "";
    for (let i = 0; i < length; i++, number /= base) signs = code.signs[Number(number % base)] + signs;
    return signs.match(/.{1,4}/g).join("-");
  };
  const decode = (text) => {
    const signs = text.toUpperCase().replace(/[\s-]/g, "").replace(/O/g, "0").replace(/[IL]/g, "1").replace(/U/g, "V");
    const strange = [...signs].filter((sign) => !code.signs.includes(sign)).sort()[0];
    if (strange) throw new Error(`“${strange}” is no sign of a code`);
    if ([...signs].length !== length) throw new Error(`a code has ${length} signs, not ${[...signs].length}`);
    let number = 0n;
    for (const sign of signs) number = number * base + BigInt(code.signs.indexOf(sign));
    const wrong = new Error("a sign is wrong, or two are swapped");
    if (number % prime !== rest) throw wrong;
    number /= prime;
    const judged = {};
    for (const [id, answers] of [...questions].reverse()) {
      const radix = BigInt(answers.length + 1), at = Number(number % radix);
      if (at) judged[id] = answers[at - 1];
      number /= radix;
    }
    if (number >= sheets) throw wrong;
    return { sheet: Number(number), judged };
  };
  /** What the code that stands in a line says, whatever stands around it. */
  const find = (line) => {
    const parts = line.match(/[\p{L}\p{N}]+/gu) ?? [], right = [];
    let why;
    parts.forEach((_, first) => {
      for (let last = first + 1; last <= parts.length; last++) {
        const signs = parts.slice(first, last).join("");
        if (signs.length !== length) continue;
        try { right.push(decode(signs)); } catch (error) { why = error; }
      }
    });
    if (right.length > 1) throw new Error("two codes stand in it; give each a line of its own");
    if (right.length && !right[0].sheet) throw new Error("it is the code of a class's reading, not of a ballot");
    if (right.length) return right[0];
    if (why) throw why;
    return decode(line);
  };
  return { encode, decode, find, length };
}

{
  const here = document.currentScript.src, form = document.querySelector("#ballot");
  if (form) {
    const asked = JSON.parse(form.dataset.questions), codes = codesOf(asked), KEPT = "ballot";
    const told = form.querySelector(".code"), fields = [...form.querySelectorAll("input, select")];
    const fresh = () => ({ sheet: 1 + (crypto.getRandomValues(new Uint32Array(1))[0] % (asked.code.sheets - 1)), judged: {} });
    let mine = fresh();
    try { // what another page of the same host keeps by that name is no ballot
      const kept = JSON.parse(localStorage[KEPT]);
      if (Number.isInteger(kept.sheet) && kept.judged) mine = kept;
    } catch { /* nothing is kept */ }

    const show = () => {
      for (const field of fields)
        if (field.type === "radio") field.checked = mine.judged[field.name] === field.value;
        else field.value = mine.judged[field.name] ?? "";
      tell();
    };
    // What is closed until a later task is judged later.
    const closed = form.querySelector("details.later");
    const isLater = (id) => closed && !closed.open && !mine.judged[id] && closed.querySelector(`[name="${id}"]`);
    const tell = () => {
      const ids = asked.questions.map(([id]) => id), later = ids.filter(isLater).length, all = ids.length - later;
      const done = ids.filter((id) => mine.judged[id]).length;
      const code = make("strong", { textContent: codes.encode(mine.sheet, mine.judged) });
      if (scanned.firstChild) scan();
      const says = `${done} of ${all} judged${later ? `, and ${later} later` : ""}. `;
      told.replaceChildren(says, ...(done ? [done < all ? "Your code so far: " : "Your code: ", code] : []));
      form.querySelectorAll("[data-do]").forEach((button) => (button.disabled = !done));
    };
    // The code as a QR code, drawn here; what draws it is asked for when it is first wanted.
    const scanned = form.querySelector(".qr");
    const drawer = () => (drawer.once ??= new Promise((done) => {
      document.head.append(make("script", { src: new URL("qrcode-generator-2.0.4/qrcode.js", here).href, onload: done }));
    }));
    const scan = async () => {
      await drawer();
      const drawn = qrcode(0, "M"), code = codes.encode(mine.sheet, mine.judged);
      drawn.addData(code, "Alphanumeric");
      drawn.make();
      scanned.innerHTML = drawn.createSvgTag({ cellSize: 1, margin: 4, scalable: true });
      scanned.firstChild.setAttribute("role", "img");
      scanned.firstChild.setAttribute("aria-label", `${code} as a QR code`);
    };
    const judge = (question, answer) => {
      if (answer) mine.judged[question] = answer;
      else delete mine.judged[question];
      try { localStorage[KEPT] = JSON.stringify(mine); } catch { /* it works without */ }
      tell();
    };
    form.addEventListener("change", ({ target }) => judge(target.name, target.value));
    closed?.addEventListener("toggle", tell);
    form.addEventListener("click", async ({ target }) => {
      if (target.type === "radio" && mine.judged[target.name] === target.value) {
        target.checked = false; // an answer that is chosen again is taken back
        judge(target.name, "");
      }
      if (target.dataset?.do === "copy") {
        await navigator.clipboard?.writeText(told.querySelector("strong").textContent).catch(() => {});
        target.textContent = "Copied";
      }
      if (target.dataset?.do === "scan") {
        await scan();
        scanned.scrollIntoView({ block: "nearest" });
      }
      if (target.dataset?.do === "delete" && confirm("Delete all that you have judged?")) {
        scanned.replaceChildren();
        mine = fresh();
        try { delete localStorage[KEPT]; } catch { /* nothing was kept */ }
        show();
      }
    });
    form.querySelectorAll("[hidden]").forEach((part) => (part.hidden = false));
    show();
  }
}
