// Exercises: an answer is compared by a number that does not tell it (book/exercises.py); whoever is wrong
// is shown the sentences to read. Nothing is sent or kept. Without this script there is the question alone.
{
  const BESIDE = new Set(["and", "sentence", "sentences", "times"]); // what people write beside their answer
  const fnv = (text) => new TextEncoder().encode(text).reduce((found, byte) => Math.imul(found ^ byte, 0x01000193), 0x811c9dc5) >>> 0;
  const mulberry32 = (a) => () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const unlocked = (told, key) => {
    const draw = mulberry32(fnv(`${key}:told`));
    return new TextDecoder().decode(Uint8Array.from(atob(told), (sign) => sign.charCodeAt(0) ^ Math.trunc(draw() * 256)));
  };
  for (const exercise of document.querySelectorAll(".exercise")) {
    const { name, kind, is, told } = exercise.dataset;
    const form = exercise.querySelector(".answering"), field = form.querySelector("input"), said = exercise.querySelector(".answered"), read = exercise.querySelector(".read");
    const say = (verdict, more) => said.replaceChildren(make("b", { textContent: verdict }), ` ${more}`);
    const check = () => {
      const words = (field.value.toLowerCase().match(/[\p{L}\p{N}_.]+/gu) ?? []).map((word) => word.replace(/^\.+|\.+$/g, "")).filter((word) => word && !BESIDE.has(word));
      const given = [...new Set(words.map((word) => (kind === "sentences" && /^\d+$/.test(word) ? `s${word}` : word)))];
      const key = `${name}:${[...given].sort().join(",")}`, right = fnv(key) === Number(is);
      read.hidden = right || !given.length;
      if (!given.length) say("Not answered yet.", "");
      else if (right) say(`Yes: ${given.join(", ")}.`, unlocked(told, key));
      else say(`Not yet: ${given.join(", ")}.`, "Read these sentences, and answer again.");
    };
    form.querySelector("button").addEventListener("click", check);
    field.addEventListener("keydown", (event) => event.key === "Enter" && check());
    form.hidden = false;
  }
}
