// What a built page must hold, looked at as it is drawn: returns what is wrong with it, as sentences.
() => {
  const faults = [];
  const say = (element) => (element.textContent || element.getAttribute("aria-label") || element.outerHTML).trim().slice(0, 60);

  const over = document.documentElement.scrollWidth - innerWidth;
  if (over > 0) faults.push(`${over} pixels wider than the screen`);

  if (window.layoutShift > 0.005) faults.push(`the page jumps while it loads: a layout shift of ${window.layoutShift.toFixed(3)}`);

  // Notes in the margin: none over another, nor over the text.
  const notes = [...document.querySelectorAll(".sidenote, .margin, .footnote")].filter((note) => note.checkVisibility());
  const prose = [...document.querySelectorAll(".body p, .body h2, .body .scroll")].filter((part) => part.checkVisibility() && !part.closest(".sidenote, .margin, .footnote"));
  const boxes = [...notes, ...prose].map((part) => [part, part.getBoundingClientRect()]);
  boxes.slice(0, notes.length).forEach(([note, box], i) => {
    for (const [other, its] of boxes.slice(i + 1))
      if (Math.min(box.right, its.right) - Math.max(box.left, its.left) > 1 && Math.min(box.bottom, its.bottom) - Math.max(box.top, its.top) > 1)
        faults.push(`a note lies over something: ${say(note)} / ${say(other)}`);
  });

  // On a phone what is tapped is as large as a finger; a label is tapped for its box. Links in running
  // text are not asked, nor marks of charts, which are lists as well.
  if (innerWidth < 500)
    for (const control of document.querySelectorAll("button, input, select, textarea, summary, .button, .lists a, .pager a, #contents a")) {
      if (!control.checkVisibility({ visibilityProperty: true }) || control.closest(".walk")) continue;
      const { width, height } = (control.closest("label") ?? control).getBoundingClientRect();
      if (Math.min(width, height) < 44) faults.push(`${width.toFixed(1)} by ${height.toFixed(1)} pixels to tap: ${control.tagName} ${say(control)}`);
    }

  let level = 0;
  for (const heading of document.querySelectorAll("h1, h2, h3, h4, h5, h6")) {
    const next = +heading.tagName[1];
    if (next > level + 1) faults.push(`${heading.tagName} follows a heading of level ${level}: ${say(heading)}`);
    level = next;
  }
  if (document.querySelectorAll("h1").length !== 1) faults.push("not one h1");

  // Text as it is displayed: a drawing may be scaled.
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const parent = texts.currentNode.parentElement;
    if (!texts.currentNode.data.trim() || !parent.checkVisibility({ visibilityProperty: true })) continue;
    const drawn = parent instanceof SVGGraphicsElement ? parent.getScreenCTM() : null;
    const size = parseFloat(getComputedStyle(parent).fontSize) * (drawn ? Math.hypot(drawn.a, drawn.b) : 1);
    if (size < 11.95) faults.push(`text of ${size.toFixed(1)} pixels: ${say(texts.currentNode)}`);
  }

  for (const picture of document.querySelectorAll("img, .chart > div > svg")) {
    const words = picture.alt ?? picture.getAttribute("aria-label") ?? "";
    if (!/^\p{Lu}.{30,}[.!?]$/su.test(words) || !/\d/.test(words)) faults.push(`an alternative text that is no sentence with numbers: “${words.slice(0, 80)}”`);
  }

  // No table is hidden by a rule that was meant for something else.
  for (const table of document.querySelectorAll(".body table"))
    if (!table.checkVisibility() && !table.closest("details:not([open]), [hidden]")) faults.push(`a table that nobody sees: ${say(table)}`);

  // Labels of charts: whole, and none over another. A label is as large as its ink, not as its line.
  const pen = document.createElement("canvas").getContext("2d");
  const ink = (text) => {
    const { fontStyle, fontWeight, fontSize, fontFamily } = getComputedStyle(text);
    pen.font = `${fontStyle} ${fontWeight} ${fontSize} ${fontFamily}`;
    const { actualBoundingBoxAscent: up, actualBoundingBoxDescent: down } = pen.measureText(text.textContent.trim());
    const { x, y } = text.getStartPositionOfChar(0), right = x + text.getComputedTextLength(), drawn = text.getScreenCTM();
    const corners = [[x, y - up], [right, y - up], [x, y + down], [right, y + down]].map((at) => new DOMPoint(...at).matrixTransform(drawn));
    const [xs, ys] = ["x", "y"].map((axis) => corners.map((corner) => corner[axis]));
    return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
  };
  for (const chart of document.querySelectorAll("figure svg")) {
    if (!chart.checkVisibility()) continue;
    const frame = chart.getBoundingClientRect();
    const labels = [...chart.querySelectorAll("text")].filter((text) => text.textContent.trim() && text.checkVisibility()).map((text) => [text, ink(text)]);
    labels.forEach(([text, box], i) => {
      if (box.left < frame.left - 0.5 || box.right > frame.right + 0.5 || box.top < frame.top - 0.5 || box.bottom > frame.bottom + 0.5)
        faults.push(`a label cut off: ${say(text)}`);
      for (const [other, its] of labels.slice(i + 1)) {
        const across = Math.min(box.right, its.right) - Math.max(box.left, its.left);
        const down = Math.min(box.bottom, its.bottom) - Math.max(box.top, its.top);
        if (across > 0.5 && down > 0.5) faults.push(`labels overlap: ${say(text)} / ${say(other)}`);
      }
    });
  }
  return faults;
};
