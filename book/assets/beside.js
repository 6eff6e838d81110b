// A number opens its lines beside the text, or from below where there is no room: the page of its
// list, in a frame, in which all but the one list is hidden. A frame may be shown from a file, too,
// where a script may not read another page. Without this script the link leads to the list, as it
// does with the keys for a new tab or window.
{
  const root = document.documentElement;
  const escape = (act) => addEventListener("keydown", (event) => event.key === "Escape" && act());

  if ("inside" in root.dataset) {
    // In the frame: links lead the page around it to their ends, but from list to list; Escape is
    // for that page, too.
    document.head.append(make("base", { target: "_parent" }));
    document.querySelectorAll("a[data-count]").forEach((link) => (link.target = "_self"));
    const tell = (what) => parent.postMessage(what, "*"); // a file has no origin to name
    tell({ at: location.href });
    escape(() => tell({ close: true }));
  } else {
    const asked = "a[data-count], a.claim";
    const home = new URL(root.dataset.content_root || "./", location.href).href;
    let panel, more, opener;

    const build = () => {
      const whole = make("a", { className: "whole-list" });
      const close = make("button", { type: "button", textContent: "Close" });
      close.addEventListener("click", () => leave());
      more = make("details", {}, make("summary"), make("div"));
      more.addEventListener("toggle", () => more.open && tellMore());
      panel = make("aside", { id: "beside", tabIndex: -1, hidden: true }, make("p", { className: "buttons" }, whole, close), more);
      document.getElementById("main").after(panel);
    };
    const show = (link) => {
      const url = new URL(link.getAttribute("href"), location.href), claim = link.matches(".claim");
      if (!("fixed" in link.dataset)) url.search ||= switches.here().search; // the reading that is on
      if (link.dataset.part) url.hash = switches.ending(link);
      const name = (link.getAttribute("aria-label") ?? link.textContent).trim();
      panel.setAttribute("aria-label", claim ? `The claim that ${name}` : `What is counted: ${name}`);
      Object.assign(panel.querySelector(".whole-list"), { href: url.href, textContent: claim ? "See it in its place" : "The whole page of lists" });
      frame(url.href, claim ? "The claim" : "The lines");
      more.hidden = !claim && link.dataset.n === undefined;
      more.firstChild.textContent = claim ? "What would have to be otherwise?" : "In other readings";
      if (more.open) tellMore();
    };
    const frame = (src, title) => {
      panel.querySelector("iframe")?.remove(); // a new frame leaves no step in the way back
      panel.append(make("iframe", { name: `beside ${root.dataset.theme ?? ""}`, title, src }));
    };
    // What becomes of the number, or what the claim rests on, is asked for when it is opened.
    const script = () => (script.once ??= new Promise((done) => {
      document.head.append(make("script", { src: new URL("_static/otherwise.js", home).href, onload: done }));
    }));
    const tellMore = async () => {
      await Promise.all([switches.ready(), script()]);
      otherwise[opener.matches(".claim") ? "breaks" : "range"](opener.dataset.n, more.lastChild);
    };
    document.addEventListener("reading", () => {
      if (!panel || panel.hidden) return;
      aboveBanner();
      const url = new URL(panel.querySelector("a").href), { title } = panel.querySelector("iframe");
      url.search = switches.here().search;
      if ([opener.dataset.whole, opener.dataset.whole + opener.dataset.part].includes(url.hash)) url.hash = switches.ending(opener);
      panel.querySelector("a").href = url.href;
      frame(url.href, title);
      if (more.open) tellMore();
    });
    // What a reader looks at stays where it is, though charts and tables make room.
    const staying = (link, act) => {
      const before = link.getBoundingClientRect().top;
      act();
      scrollBy({ top: link.getBoundingClientRect().top - before, behavior: "instant" });
      const { bottom } = link.getBoundingClientRect(), free = panel.getBoundingClientRect();
      if (!panel.hidden && free.left < 100 && bottom > free.top - 8) scrollBy({ top: bottom - free.top + 48, behavior: "instant" });
    };
    const aboveBanner = () => panel.style.setProperty("--below", `${document.getElementById("otherwise")?.offsetHeight ?? 0}px`);
    const leave = (step = true) => {
      if (!panel || panel.hidden) return;
      staying(opener, () => {
        panel.hidden = true;
        root.removeAttribute("data-beside");
      });
      panel.querySelector("iframe").remove();
      opener.focus({ preventScroll: true });
      if (step && history.state?.beside !== undefined) history.back();
    };

    // The panel is a step in the way back: Back closes it, Forward opens it again, and so does coming
    // back to the page. What a reader looks at stays where it is all the while.
    const links = () => [...document.querySelectorAll(`:is(${asked}):not(.walk *)`)];
    let hash = location.hash;
    addEventListener("popstate", ({ state }) => {
      if (hash !== location.hash) return (hash = location.hash); // a link inside the page
      const link = links()[state?.beside];
      if (link) open(link);
      else leave(false);
      history.replaceState(state, "", switches.here());
      if (!link) history.scrollRestoration = "auto";
    });
    const open = (link) => {
      if (!panel) build();
      opener = link;
      staying(link, () => {
        panel.hidden = false;
        root.dataset.beside = "";
        aboveBanner();
      });
      show(link);
      panel.focus({ preventScroll: true });
    };
    document.addEventListener("click", (event) => {
      const link = event.target.closest?.(asked);
      if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      const there = panel && !panel.hidden, state = { ...history.state, beside: links().indexOf(link) };
      history.scrollRestoration = "manual";
      if (there) history.replaceState(state, "");
      else history.pushState(state, "");
      open(link);
    });
    const last = links()[history.state?.beside];
    if (last) {
      last.scrollIntoView({ block: "center", behavior: "instant" });
      open(last);
    }
    // Two readings of a chart's table, side by side.
    for (const details of document.querySelectorAll("figure.chart details:has(a[data-n])")) {
      const button = make("button", { type: "button", className: "compare", textContent: "Compare two readings" }), holder = make("div", { className: "compared" });
      details.append(make("p", {}, button), holder);
      button.addEventListener("click", async () => {
        await Promise.all([switches.ready(), script()]);
        button.parentElement.remove();
        otherwise.compare(details, holder);
        holder.querySelector("summary").focus();
      });
    }
    escape(() => leave());
    addEventListener("message", ({ source, data }) => {
      if (source !== panel?.querySelector("iframe")?.contentWindow) return;
      if (data.close) leave();
      if (data.at?.startsWith(home)) panel.querySelector("a").href = data.at;
    });
  }
}
