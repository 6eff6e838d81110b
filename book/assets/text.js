// The reading text. Without this script its links lead to the same words further down the page;
// with it a card shows them in place (where the browser has popovers), the notes stand beside the
// text where there is room, and what is copied is the source, without the edition's marks.
{
  const asked = ".text:not(.register) :is(.number, .paragraph, .noteref, .why, .entry, .whose)";
  const citation = document.querySelector("[data-citation]").dataset.citation;

  // What stands at the end of a link, without its numbers and addresses.
  const words = (link) => {
    const copy = document.querySelector(link.hash).cloneNode(true);
    copy.querySelectorAll(".number, .back").forEach((part) => part.remove());
    copy.querySelectorAll("[id]").forEach((part) => part.removeAttribute("id"));
    return copy;
  };

  // -- the card -------------------------------------------------------------------------------

  const card = make("div", { id: "card", tabIndex: -1 });
  card.setAttribute("popover", "auto");
  card.setAttribute("role", "dialog");

  const copyButton = (label, text) => {
    const button = make("button", { type: "button" }, label);
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(text);
        button.textContent = "Copied";
      } catch {
        button.textContent = "Not allowed here: mark the text and copy it";
      }
    });
    return button;
  };

  const address = (link) => {
    const cited = `${citation}, ${link.matches(".paragraph") ? "paragraph" : "sentence"} ${link.hash.slice(1)}`;
    const backwards = `../evidence/backwards${link.closest(".text").matches(".session") ? "" : "-notes"}.html${link.hash}`;
    const rests = link.matches(".paragraph") ? [] : [make("p", {}, make("a", { href: backwards }, `What rests on ${link.hash.slice(1)}`))];
    return [make("p", {}, cited), make("p", { className: "address" }, link.href), ...rests,
      make("p", { className: "buttons" }, copyButton("Copy the citation", cited), copyButton("Copy the address", link.href))];
  };

  const explanation = (link) => {
    const copy = words(link), title = copy.querySelector("dt, .label");
    const short = link.closest("abbr") ?? link.querySelector("abbr");
    const head = make("p", {}, make("b", {}, link.matches(".noteref") ? `Note ${title.textContent}` : title.textContent));
    title.remove();
    const body = make("p");
    body.innerHTML = (copy.querySelector("dd") ?? copy).innerHTML;
    if (short && !link.hash.startsWith("#short-")) body.prepend(`${short.textContent}: ${short.dataset.full}. `);
    return [head, body, make("p", { className: "buttons" }, make("a", { href: link.hash }, "See it in its place"))];
  };

  if (card.showPopover) {
    document.querySelector("main").append(card);
    document.addEventListener("click", (event) => {
      const link = event.target.closest(asked);
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      card.replaceChildren(...(link.matches(".number, .paragraph") ? address(link) : explanation(link)));
      card.setAttribute("aria-label", link.getAttribute("aria-label") ?? link.textContent);
      link.focus({ preventScroll: true }); // where the reader returns to
      card.showPopover();
      const place = link.getBoundingClientRect(), room = document.documentElement.clientWidth - card.offsetWidth - 16;
      const above = place.bottom + card.offsetHeight + 8 > innerHeight && place.top > card.offsetHeight + 8;
      card.style.left = `${Math.max(16, Math.min(place.left, room)) + scrollX}px`;
      card.style.top = `${(above ? place.top - card.offsetHeight - 6 : place.bottom + 6) + scrollY}px`;
      card.focus({ preventScroll: true });
    });
    card.addEventListener("keydown", (event) => event.key === "Escape" && card.hidePopover()); // Sphinx takes this key for itself
    card.addEventListener("click", (event) => event.target.closest("a") && card.hidePopover());
    document.querySelectorAll(asked).forEach((link) => link.setAttribute("aria-haspopup", "dialog"));
  }

  // -- what is not lit is passed over by the tabulator key ---------------------------------------

  const kinds = [...document.querySelectorAll(".lights input:not([id^=light-t-])")].map((box) => [box, box.id.replace("light-", "")]);
  const passOver = () =>
    kinds.forEach(([box, kind]) =>
      document.querySelectorAll(`.text:not(.register) .${kind} > :is(a.entry, a.whose)`).forEach((link) => (link.tabIndex = box.checked ? 0 : -1)));
  kinds.forEach(([box]) => box.addEventListener("change", passOver));
  passOver();

  // -- notes beside the text -----------------------------------------------------------------------
  // They stand at the end of the page, so that nobody who marks sentences marks a note with them.

  const body = document.querySelector(".body");
  const beside = make("div", { className: "sidenotes" });
  beside.setAttribute("aria-hidden", "true"); // the links lead to them
  const notes = [...document.querySelectorAll(".text:not(.notes) .noteref")].map((link) => {
    const note = make("div", { className: "sidenote" }, ...words(link).childNodes);
    note.querySelectorAll("a").forEach((inner) => inner.replaceWith(...inner.childNodes));
    note.addEventListener("click", () => link.click());
    beside.append(note);
    return [link, note];
  });
  body.append(beside);
  const place = () => {
    const top = body.getBoundingClientRect().top;
    const heights = notes.map(([link, note]) => [note, link.getBoundingClientRect().top - top - 4, note.offsetHeight]);
    let free = 0; // below the note before
    for (const [note, wanted, height] of heights) {
      const at = Math.max(wanted, free);
      note.style.top = `${at}px`;
      free = at + height + 12;
    }
  };
  new ResizeObserver(place).observe(body);
  place();

  // -- copying: the sentences alone ---------------------------------------------------------------------

  document.addEventListener("copy", (event) => {
    const selection = getSelection(), copied = make("div");
    if (selection.isCollapsed || event.target.closest?.("input, #card")) return;
    for (let i = 0; i < selection.rangeCount; i++) copied.append(selection.getRangeAt(i).cloneContents());
    const start = selection.getRangeAt(0).startContainer;
    if (!copied.querySelector(".text") && !(start.parentElement ?? body).closest(".text")) return;
    copied.querySelectorAll(".number, .paragraph, sup:has(.noteref), .noteref, .why, .whose, .speaker, .back, .sidenotes, .headerlink, .lights, .reasons, .now, style")
      .forEach((added) => added.remove());
    copied.querySelectorAll("a, span, abbr").forEach((mark) => mark.replaceWith(...mark.childNodes));
    copied.querySelectorAll("*").forEach((part) => [...part.attributes].forEach(({ name }) => part.removeAttribute(name)));
    document.body.append(copied); // blocks become lines only where they are laid out
    event.clipboardData.setData("text/plain", copied.innerText.trim());
    event.clipboardData.setData("text/html", copied.innerHTML);
    copied.remove();
    event.preventDefault();
  });
}
