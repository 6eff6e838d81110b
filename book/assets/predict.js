// Predict, then see: a reader may guess what a chapter shows; then both stand side by side. The
// numbers are links of the book, hidden until then; turned by a switch they move, and their bars with them.
// Without this script there is the question alone. `?guess=first` asks everywhere at once, for a class.
{
  const make = (name, properties = {}, ...parts) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...parts);
    return element;
  };
  const button = (textContent, act) => {
    const made = make("button", { type: "button", textContent });
    made.addEventListener("click", act);
    return made;
  };

  document.querySelectorAll(".predict").forEach((box, place) => {
    const answers = box.querySelector(".answers"), { kind, most } = answers.dataset;
    const question = box.querySelector("p");
    question.id ||= `guess-${place}`;
    const rows = [...answers.querySelectorAll("p")].map((row) => ({ row, link: row.querySelector("a"), label: row.querySelector("strong")?.textContent.replace(": ", "") ?? "" }));
    const unit = rows[0].link.textContent.includes("%") ? "%" : "";
    // What follows up to the next chart, and the chart itself, is covered while a reader guesses.
    const later = [...document.querySelectorAll("main :is(p, ul, figure.chart)")]
      .filter((one) => box.compareDocumentPosition(one) === Node.DOCUMENT_POSITION_FOLLOWING && !one.closest(".predict"));
    const covered = later.slice(0, later.findIndex((one) => one.matches("figure.chart")) + 1 || 1);
    const cover = (on) => covered.forEach((one) => one.classList.toggle("covered", on));
    const holder = make("div", { className: "guessing" }), said = make("p", { className: "unseen" });
    said.setAttribute("role", "status");
    box.append(holder, said);

    const start = () => {
      holder.replaceChildren(make("p", { className: "buttons" }, button("Guess first", () => ask().focus())));
      cover(false);
    };
    const slider = ({ label }) => {
      const output = make("output", {}, `0${unit}`), input = make("input", { type: "range", min: 0, max: most, value: 0 });
      const tell = () => {
        output.textContent = `${input.value}${unit}`;
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
        rows.forEach(({ row, link, label }, at) => {
          const yours = kind === "most" ? [] : [bar("yours", guess[at], `you: ${guess[at]}${unit}`)];
          const mine = bar("book", values[at], "the book: ", link);
          row.replaceChildren(...(label ? [make("strong", {}, label, kind === "most" && guess[at] ? " (your choice)" : "")] : []), ...yours, mine);
        });
        const greatest = rows.filter((_, at) => values[at] === Math.max(...values)).map(({ label }) => label).join(" and ");
        said.textContent = kind === "most"
          ? `You chose ${rows[guess.indexOf(true)].label}; most are those of ${greatest}.`
          : rows.map(({ link, label }, at) => `${label} You: ${guess[at]}${unit}, the book: ${link.textContent}.`.trim()).join(" ");
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
