// Conveniences only: without this script every page can still be read. It comes first: all others make
// elements with what it begins with, and a button that does something.
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
{
  const root = document.documentElement;

  // Light or dark: the system's choice until the reader makes one.
  const themeButton = document.getElementById("theme");
  const isDark = () => (root.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  const showTheme = () => themeButton.setAttribute("aria-pressed", isDark());
  themeButton.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    try { localStorage.theme = root.dataset.theme; } catch {}
    showTheme();
  });
  showTheme();

  // A share as Python says it (analysis/wording.py: percent): only nothing is 0%, only all is 100%. And back:
  // how much a number or a share that is told is, to be drawn and put in order; “no share” is none.
  window.shares = {
    percent(part, whole = 1) {
      if (!whole) return "no share";
      if (part > 0 && 100 * part < whole) return "under 1%";
      if (part < whole && 100 * part > 99 * whole) return "over 99%";
      const value = (part / whole) * 100, low = Math.floor(value), rest = value - low;
      return `${rest > 0.5 || (rest === 0.5 && low % 2) ? low + 1 : low}%`; // a half goes to the even number
    },
    size: (said) => ({ "under 1%": 0.5, "over 99%": 99.5 })[said] ?? parseFloat(said),
  };

  // On a phone the contents lie over the page: leave them when a link is followed.
  const contents = document.getElementById("contents");
  contents.addEventListener("click", (event) => {
    if (event.target.closest("a")) contents.hidePopover?.();
  });

  // What scrolls sideways can be reached and named by keyboard and screen reader.
  const scrollers = document.querySelectorAll(".scroll, .body pre, .chart > div");
  const nameOf = (box) =>
    box.querySelector("caption")?.innerText || (box.matches("pre") ? "Code" : box.closest("figure")?.querySelector("figcaption")?.innerText || "Table");
  const watch = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      const wide = target.scrollWidth > target.clientWidth;
      target.toggleAttribute("tabindex", wide);
      if (wide) {
        target.tabIndex = 0;
        target.setAttribute("role", "group");
        target.setAttribute("aria-label", `${nameOf(target)} (scrolls sideways)`);
      } else ["role", "aria-label"].forEach((name) => target.removeAttribute(name));
    }
  });
  scrollers.forEach((box) => watch.observe(box));

  // Copy the code of a cell.
  if (navigator.clipboard)
    for (const code of document.querySelectorAll(".body .highlight")) {
      if (code.closest(".cell_output")) continue;
      const button = make("button", { type: "button", className: "copy", textContent: "Copy" });
      button.addEventListener("click", async () => {
        await navigator.clipboard.writeText(code.querySelector("pre").innerText);
        button.textContent = "Copied";
        setTimeout(() => (button.textContent = "Copy"), 1500);
      });
      code.append(button);
    }

  // Paper cannot be unfolded.
  let closed = [];
  addEventListener("beforeprint", () => {
    closed = [...document.querySelectorAll("details:not([open])")];
    closed.forEach((details) => (details.open = true));
  });
  addEventListener("afterprint", () => closed.forEach((details) => (details.open = false)));
}
