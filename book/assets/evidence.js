// The lists of evidence: sorted by sortable-tablesort (Unlicense; the folder beside this file holds it
// and its licence), searched by the lines below. It was chosen over larger libraries since it leaves the
// table as it stands, weighs one kilobyte, and says the order in aria-sort. Without scripts all is there.
{
  // A heading that sorts is a button: the library listens to the clicks on it.
  document.querySelectorAll(".sortable th").forEach((head) => {
    const button = make("button", { type: "button" });
    button.append(...head.childNodes);
    head.append(button);
  });
  // The words before the keyword sort from the keyword outwards.
  document.querySelectorAll(".sortable .left").forEach((cell) => (cell.dataset.sort = cell.textContent.trim().split(/\s+/).reverse().join(" ").toLowerCase()));

  const tools = document.querySelector(".tools");
  tools.insertAdjacentHTML("beforeend", '<label>Search these lists <input type="search" autocomplete="off"></label><span role="status"></span>');
  const status = tools.querySelector("[role=status]");
  tools.querySelector("[type=search]").addEventListener("input", (event) => {
    const asked = event.target.value.trim(), find = finder(asked);
    const items = [...document.querySelectorAll("tr[data-item], .words li")];
    const texts = items.map((item) => (asked ? [...item.children].map((part) => part.textContent).join(" ") : ""));
    const whole = texts.map((text) => !asked || find.places(text).length > 0); // if there are none, beginnings
    const shown = whole.includes(true) ? whole : texts.map((text) => find.places(text, true).length > 0);
    items.forEach((item, i) => (item.hidden = !shown[i]));
    document.querySelectorAll("section.evidence").forEach((section) => (section.hidden = asked && !section.querySelector("tr[data-item]:not([hidden]), li:not([hidden])")));
    status.textContent = asked ? `${items.filter((item) => !item.hidden).length} of ${items.length} lines` : "";
  });
}
