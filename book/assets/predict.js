// Predict, then see: a reader may guess what a chapter shows; then both stand side by side. The
// numbers are links of the book, hidden until then; turned by a switch they move, and their bars with them.
// Without this script there is the question alone. `?guess=first` asks everywhere at once, for a class.
{
  // What is covered while a reader guesses: the same may be for two questions.
  const asking = new Map(); // a question, and what it covers
  const recover = () => {
    const all = new Set([...asking.values()].flat());
    document.querySelectorAll(".covered").forEach((one) => all.has(one) || one.classList.remove("covered"));
    all.forEach((one) => one.classList.add("covered"));
  };
  // What follows up to the end of the section with the next chart; all further on that links to a number which is
  // asked for, or has it in its words; and such a link itself where it stands before the question.
  const tells = (box, rows) => {
    const follows = (one) => Boolean(box.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING);
    const later = [...document.querySelectorAll(".body :is(h2, h3, h4, p, ul, ol, dl, table, figure.chart)")].filter((one) => follows(one) && !one.closest(".predict"));
    const chart = later.findIndex((one) => one.matches("figure.chart"));
    const end = later.findIndex((one, at) => at > chart && one.matches("h2, h3, h4"));
    const place = (link) => link.getAttribute("href").replace(/[?][^#]*/, "");
    const asked = new Set(rows.map(({ link }) => place(link)));
    const elsewhere = [...document.querySelectorAll(".body a[data-count]")].filter((link) => asked.has(place(link)) && !link.closest(".predict"));
    const named = rows.filter(({ label }) => label).map(({ label, link, of }) => [label.toLowerCase(), new RegExp([link, ...(of ? [of.querySelector("a")] : [])].map((number) => `(?:^|[^\\w.,])${number.textContent}(?![.,]?\\d)`).join("|"))]);
    const says = ({ textContent: text }) => named.some(([label, number]) => text.toLowerCase().includes(label) && number.test(text));
    const inWords = later.filter((one) => one.matches("p:not(figcaption *)") && says(one)).map((one) => one.closest("figure.chart") ?? one);
    const section = later.slice(0, end < 0 ? undefined : end).filter((one) => !one.matches("h2, h3, h4"));
    return [...section, ...inWords, ...elsewhere.map((link) => ((follows(link) && link.closest("figure.chart, p, li, dd, table")) || link))];
  };

  document.querySelectorAll(".predict").forEach((box, place) => {
    const answers = box.querySelector(".answers"), { kind, most } = answers.dataset;
    const question = box.querySelector("p");
    question.id ||= `guess-${place}`;
    const rows = [...answers.querySelectorAll("p")].map((row) => ({ row, link: row.querySelector("a"), of: row.querySelector(".of"), label: row.querySelector("strong")?.textContent.replace(": ", "") ?? "" }));
    const unit = rows[0].link.textContent.includes("%") ? "%" : "";
    const cover = (on) => {
      if (on) asking.set(box, tells(box, rows));
      else asking.delete(box);
      recover();
    };
    // A guess in words: per cent, and how many of them all that would be.
    const guessed = (value, of) => {
      if (!of) return `${value}${unit}`;
      const whole = of.querySelectorAll("a")[1].textContent, many = Math.round((value * whole.replaceAll(",", "")) / 100);
      return `${value}${unit}, ${value % 100 ? "about " : ""}${many.toLocaleString("en-US")} of ${whole} ${of.lastChild.textContent.trim()}`;
    };
    const holder = make("div", { className: "guessing" }), said = make("p", { className: "unseen" });
    said.setAttribute("role", "status");
    box.append(holder, said);

    const start = () => {
      holder.replaceChildren(make("p", { className: "buttons" }, button("Guess first", () => ask().focus())));
      cover(false);
    };
    const slider = ({ label, of }) => {
      const output = make("output"), input = make("input", { type: "range", min: 0, max: most, value: 0 });
      const tell = () => {
        output.textContent = guessed(Number(input.value), of);
        input.setAttribute("aria-valuetext", output.textContent);
      };
      input.addEventListener("input", tell);
      tell();
      if (!label) input.setAttribute("aria-labelledby", question.id);
      return make("label", {}, make("span", {}, label), input, output);
    };
    const choice = ({ label }, at) => make("label", {}, make("input", { type: "radio", name: question.id, value: at }), label);
    const ask = () => {
      const fields = rows.map(kind === "most" ? choice : slider);
      const group = make("div", { className: "fields" }, ...fields), inputs = fields.map((field) => field.querySelector("input"));
      group.setAttribute("role", kind === "most" ? "radiogroup" : "group");
      group.setAttribute("aria-labelledby", question.id);
      const see = button("See", () => {
        const guess = inputs.map((input) => (kind === "most" ? input.checked : Number(input.value)));
        if (kind !== "most" || guess.includes(true)) show(guess);
        else said.textContent = "Choose an answer first.";
      });
      holder.replaceChildren(group, make("p", { className: "buttons" }, see, button("Don’t guess", () => { start(); holder.querySelector("button").focus(); })));
      cover(true);
      return inputs[0];
    };
    const bar = (name, value, ...inside) => {
      const made = make("span", { className: name }, ...inside);
      made.style.setProperty("--part", `${Math.min(100, (100 * value) / most) || 0}%`);
      return made;
    };
    const show = (guess) => {
      const draw = () => {
        const values = rows.map(({ link }) => shares.size(link.textContent.replace(",", "")) || 0);
        rows.forEach(({ row, link, of, label }, at) => {
          const yours = kind === "most" ? [] : [bar("yours", guess[at], `you: ${guessed(guess[at], of)}`)];
          const mine = bar("book", values[at], "the book: ", link, of ?? "");
          row.replaceChildren(...(label ? [make("strong", {}, label, kind === "most" && guess[at] ? " (your choice)" : "")] : []), ...yours, mine);
        });
        const greatest = rows.filter((_, at) => values[at] === Math.max(...values)).map(({ label }) => label).join(" and ");
        said.textContent = kind === "most"
          ? `You chose ${rows[guess.indexOf(true)].label}; most are those of ${greatest}.`
          : rows.map(({ link, of, label }, at) => `${label} You: ${guessed(guess[at], of)}; the book: ${link.textContent}${of?.textContent ?? ""}.`.trim()).join(" ");
      };
      const again = () => {
        document.removeEventListener("reading", draw);
        answers.hidden = true;
        ask().focus();
      };
      draw();
      document.addEventListener("reading", draw);
      answers.hidden = false;
      holder.replaceChildren(make("p", { className: "buttons" }, button("Guess again", again)));
      cover(false);
      answers.tabIndex = -1;
      answers.focus({ preventScroll: true });
    };
    start();
    if (new URLSearchParams(location.search).get("guess") === "first") ask();
  });
}
