// The text as another reading has it: who speaks in the margin, where a sentence is not the speaker's, and
// which words of one are set aside. Whose each of them is was worked out when the book was built; it lies in a script beside the page.
{
  const root = document.documentElement;
  let told;
  const ready = () => new Promise((done) => {
    if (told || !root.dataset.speeches) return done();
    window.speeches = (found) => {
      told = found;
      done();
    };
    document.head.append(make("script", { src: root.dataset.speeches }));
  });
  const made = (name, text) => make(name, { className: "now", textContent: text });
  const passages = () => Object.entries(told.passages).flatMap(([kind, whose]) => [...document.querySelectorAll(`.text.session .${kind}`)].map((passage, place) => [passage, whose[place]]));
  const aside = (words, is, why) => {
    words.classList.toggle("aside", is);
    if (is) Object.assign(words, { role: "deletion", title: why });
    else ["role", "title"].forEach((name) => words.removeAttribute(name));
  };
  const parts = [...document.querySelectorAll(".text .speech")].map((speech) => {
    const head = speech.querySelector(".speaker");
    return { speech, head, own: [...head.childNodes], colour: speech.style.getPropertyValue("--speaker"), kind: speech.className, sentences: [...speech.querySelectorAll(".sentence")] };
  });

  const read = (under) => {
    for (const part of parts) {
      const { speech, head, own, colour, kind, sentences } = part;
      const whose = sentences.map(({ id }) => (under.class ? judged.named(under.class, id, told.names) : told.names[switches.look(told.whose[told.sentences[id]], under)]));
      const edition = sentences.map(({ id }) => told.names[switches.look(told.whose[told.sentences[id]], {})]);
      if (whose.every((one, place) => one === (part.lately ?? edition)[place])) continue; // it stands so
      part.lately = whose;
      speech.querySelectorAll(".now").forEach((added) => added.remove());
      head.replaceChildren(...own);
      speech.className = kind;
      speech.style.setProperty("--speaker", colour);
      const first = edition.find(Boolean), kept = whose.includes(first) ? first : whose[0];
      if (kept !== first) { // not a sentence is his
        speech.className = "speech unattributed";
        speech.style.setProperty("--speaker", kept[2]);
        head.replaceChildren(kept[1], " ", made("small", `In the edition: ${first[1]}`));
      }
      sentences.forEach((sentence, place) => {
        const aside = whose[place] !== kept;
        sentence.classList.toggle("aside", aside);
        if (aside) sentence.prepend(made("small", `set aside, ${whose[place][1]}: `));
      });
    }
  };
  // Words inside a sentence: those of others, and abbreviations that are no longer the words they stand for.
  const readWords = (under) => {
    const name = (number) => told.names[switches.look(told.whose[number], under)];
    for (const [passage, whose] of passages()) {
      const sentence = passage.closest(".sentence").id, is = name(whose) !== name(told.sentences[sentence]);
      aside(passage, is, `Set aside in this reading: ${name(whose)[1]}`);
    }
    document.querySelectorAll(".text.session abbr.short").forEach((short) => aside(short, Boolean(under.abbreviations), "Does not count as the word that it stands for"));
  };
  document.addEventListener("reading", async ({ detail }) => {
    if (!told && !Object.keys(detail).length) return;
    await ready();
    if (!told) return;
    read(detail);
    readWords(detail);
    switches.say(document.querySelectorAll(".text :is(.aside, .speaker:has(.now))").length, "passage");
    root.dataset.spoken = ""; // for tests
  });
}
