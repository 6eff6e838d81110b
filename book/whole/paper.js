([width, height]) => {
  /* What must be measured before the book is printed, on a page of this width and height: charts
     that are too high are drawn smaller, a chapter does not end with some lines on a page of their
     own, and notes are set at the foot of the page. */
  const [GAP, BELOW] = [16, 2]; // pixels between text and notes, and below the notes
  const LONG = 40; // pages of a chapter, from which to lay it out in columns takes minutes
  const [FEW, CLOSER] = [190, ["close", "closer", "closest"]]; // pixels that are few on a page; classes of whole.css
  const measure = document.createElement("div");
  measure.style.cssText = `position: absolute; width: ${width}; height: ${height}`;
  document.body.append(measure);
  const sizes = measure.getBoundingClientRect();
  const page = { width: sizes.width, height: Math.ceil(sizes.height) }; // as Chromium rounds it
  measure.remove();
  document.body.style.width = `${page.width}px`;

  /* A chart has to fit on a page with its call, its title and its caption. */
  for (const drawing of document.querySelectorAll(".chart svg")) {
    const over = drawing.closest(".cell").offsetHeight - page.height;
    if (over > 0) drawing.style.maxHeight = `${drawing.clientHeight - over}px`;
  }

  /* A chapter that is laid out in columns of the size of a page breaks where its pages will. */
  const columns = `columns: ${page.width}px; column-gap: 0; column-fill: auto; width: ${page.width}px; height: ${page.height}px`;

  /** Where a box stands: the number of its page, and how far from the left and the top of that. */
  const placer = (chapter) => {
    const { left, top } = chapter.getBoundingClientRect();
    return (box) => {
      const number = Math.floor(((box.left + box.right) / 2 - left) / page.width);
      return { number, x: box.left - left - number * page.width, y: box.top - top };
    };
  };

  /** Whether a page may begin with a block: not below its heading, within columns or above a note. */
  const mayBegin = (block) => {
    const before = block.previousElementSibling;
    const foot = [...block.closest(".chapter").querySelectorAll(".foot")].at(-1);
    if (block.closest("table, .cell, .register") || foot?.compareDocumentPosition(block) & Node.DOCUMENT_POSITION_PRECEDING) return false;
    return before ? getComputedStyle(before).breakAfter !== "avoid" : block.matches("h2, h3, h4");
  };

  /** Set a chapter closer if a little of it stands on its last page and this saves the page; if it does
      not, let that page begin earlier, with a heading, a paragraph or an item of a list. */
  const fitEnd = (chapter, closer = CLOSER) => {
    if (chapter.offsetHeight > LONG * page.height) return;
    const end = chapter.appendChild(document.createElement("div"));
    end.style.clear = "both";
    chapter.style.cssText = columns;
    const place = placer(chapter);
    const { number, y } = place(end.getBoundingClientRect());
    const saves = (how) => {
      chapter.className = `chapter ${how}`;
      return place(end.getBoundingClientRect()).number < number;
    };
    const fills = (block) => {
      block.style.breakBefore = "column";
      const ends = place(end.getBoundingClientRect());
      block.style.breakBefore = ends.number === number && ends.y >= FEW ? "page" : "";
      return block.style.breakBefore;
    };
    if (number && y > 1 /* or all of it fits */ && y < FEW && !closer.some(saves)) {
      chapter.className = "chapter";
      [...chapter.querySelectorAll("section > :is(h2, h3, h4, p), li, dt")].filter(mayBegin).reverse().some(fills);
    }
    chapter.style.cssText = "";
    end.remove();
  };

  /* -- notes ------------------------------------------------------------------------------------

     Chromium sets no footnotes.  So room is left on each page that refers to notes, below the last
     line that fits above all notes referred to so far.  A note moves to where it is referred to, so
     that it is read there, and is drawn in that room. */

  const style = (element) => getComputedStyle(element);
  const isInline = (element) => style(element).display.startsWith("inline");
  const around = (node, end = null) => {
    const found = [];
    for (let one = node.parentElement; one !== end; one = one.parentElement) found.push(one);
    return found;
  };

  /** A chapter's lines: of each its page, its block, where its first and its last word stand. */
  const linesOf = (chapter, place) => {
    const lines = [], range = document.createRange();
    const texts = document.createTreeWalker(chapter, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      if (node.parentElement.closest("svg, .at-foot")) continue;
      for (const word of node.data.matchAll(/\S+/g)) {
        range.setStart(node, word.index);
        range.setEnd(node, word.index + word[0].length);
        const box = range.getBoundingClientRect();
        if (!box.width) continue;
        const { number, x } = place(box);
        if (number !== lines.at(-1)?.number || x <= lines.at(-1).x)
          lines.push({ number, first: node, block: around(node).find((one) => !isInline(one)) });
        Object.assign(lines.at(-1), { x, last: node, end: range.endOffset });
      }
    }
    return lines;
  };

  /** Whether a page may end below a line: as the style sheet has it, and in no sentence with a note. */
  const mayEnd = (lines, at, chapter) => {
    const [line, next] = [lines[at], lines[at + 1]];
    if (!next) return true;
    for (const one of around(line.last, chapter)) {
      const goesOn = one.contains(next.first);
      if (style(one)[goesOn ? "breakInside" : "breakAfter"] === "avoid") return false;
      if (goesOn && one.matches(".sentence:has([role=doc-noteref])")) return false;
    }
    if (line.block !== next.block) return true;
    const inBlock = (some) => some.filter((one) => one.block === line.block).length;
    const { orphans, widows } = style(line.block);
    return inBlock(lines.slice(0, at + 1)) >= orphans && inBlock(lines.slice(at + 1)) >= widows;
  };

  /** Room below a line, as yet of no height: a float among its words, or a block below its block. */
  const leaveRoom = (line, next) => {
    const room = document.createElement("div");
    room.className = "foot";
    if (line.block === next?.block) line.last.splitText(line.end).before(room);
    else {
      room.style.float = "none";
      const ended = around(line.last).filter((one) => !one.contains(next?.first ?? document.body));
      ended.filter((one) => !isInline(one) && !one.matches(".chapter")).at(-1).after(room);
    }
    return room;
  };

  /** End a page below a line, if the notes referred to above it fit below it; the notes set, or null. */
  const endBelow = (line, next, notes, place) => {
    const room = leaveRoom(line, next);
    const set = notes.filter(({ reference }) => reference.compareDocumentPosition(room) & Node.DOCUMENT_POSITION_FOLLOWING);
    const high = set.reduce((sum, { height }) => sum + height, 0);
    const { number, x, y } = place(room.getBoundingClientRect());
    if (number !== line.number || y + GAP + high + BELOW > page.height) {
      const parent = room.parentElement;
      room.remove();
      parent.normalize();
      return null;
    }
    room.style.cssText += `width: ${page.width}px; margin-left: ${-x}px; height: ${page.height - y - 1}px`;
    if (set.length) room.style.cssText += `--rule: 0.5pt; --notes: ${high}px`;
    let top = page.height - BELOW - high;
    for (const { note, height } of set) {
      const from = place(note.offsetParent.getClientRects()[0]);
      note.style.left = `${-from.x}px`;
      note.style.top = `${(number - from.number) * page.height + top - from.y}px`;
      top += height;
    }
    return set;
  };

  const setNotes = (chapter) => {
    let notes = [];
    for (const reference of chapter.querySelectorAll("a[role=doc-noteref]")) {
      const note = document.getElementById(decodeURIComponent(reference.hash.slice(1)));
      if (note && chapter.contains(note) && !note.matches(".at-foot")) {
        note.classList.add("at-foot");
        note.role = "complementary"; // an aside, which paper.py tells to be a note
        note.style.width = `${page.width}px`;
        (reference.closest(".sentence") ?? reference).after(note);
        notes.push({ note, reference, height: note.offsetHeight });
      }
    }
    if (!notes.length) return fitEnd(chapter);
    chapter.style.cssText = columns;
    const place = placer(chapter);
    while (notes.length) {
      const { number } = place(notes[0].reference.getBoundingClientRect());
      const lines = linesOf(chapter, place);
      let set = null;
      for (let at = lines.length - 1; at >= 0 && !set; at--)
        if (lines[at].number === number && mayEnd(lines, at, chapter))
          set = endBelow(lines[at], lines[at + 1], notes, place);
      if (!set) throw new Error(`${notes[0].note.id} does not fit on the page that refers to it`);
      notes = notes.slice(set.length);
    }
    fitEnd(chapter, []); // closer, the notes would stand elsewhere
  };

  document.querySelectorAll(".chapter").forEach(setNotes);
  if (document.body.scrollWidth > Math.ceil(page.width))
    throw new Error(`${document.body.scrollWidth} pixels wide: on ${page.width} all pages would be printed smaller`);
  document.body.style.width = "";
}
