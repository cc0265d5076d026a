// Betters pages that work without it: opens passages beside the readings, moves by keys, copies citations.
"use strict";

(() => {
  const byId = (id) => document.getElementById(id);

  // An address of the older form, /report/ID#c=START-END, becomes the one that needs no script.
  const short = /^#c=(\d+)-(\d+)$/.exec(location.hash);
  if (short && location.pathname.startsWith("/report/")) {
    location.replace(`${location.pathname}?from=${short[1]}&to=${short[2]}#passage`);
    return;
  }

  // The pane beside the readings.
  let pane = null;
  let opener = null;

  function close() {
    if (!pane) { return; }
    pane.remove();
    pane = null;
    if (opener) { opener.focus(); }
  }

  async function open(link) {
    let fetched;
    try {
      fetched = await fetch(link.href);
    } catch {
      fetched = null;
    }
    if (!fetched || !fetched.ok) {
      location.assign(link.href);
      return;
    }
    const page = new DOMParser().parseFromString(await fetched.text(), "text/html");
    const desk = page.querySelector(".report-desk");
    if (!desk) {
      location.assign(link.href);
      return;
    }
    if (pane) { pane.remove(); }
    opener = link;
    pane = document.createElement("aside");
    pane.className = "pane";
    pane.setAttribute("aria-label", "The passage in its report");
    pane.tabIndex = -1;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "close";
    button.textContent = "Close (Esc)";
    button.addEventListener("click", close);
    const whole = document.createElement("p");
    whole.className = "kicker";
    const address = document.createElement("a");
    address.href = link.href;
    address.textContent = "Open as a page";
    whole.append(address);
    // Headings of the pane stand below the page's own.
    for (const heading of desk.querySelectorAll("h1, h2")) {
      const lower = page.createElement(heading.tagName === "H1" ? "h2" : "h3");
      lower.append(...heading.childNodes);
      if (heading.id) { lower.id = `pane-${heading.id}`; }
      lower.dir = heading.dir;
      heading.replaceWith(lower);
    }
    for (const element of desk.querySelectorAll("[id], [aria-labelledby], [data-copy]")) {
      const to = (name) => `pane-${name.replace(/^pane-/, "")}`;
      if (element.id) { element.id = to(element.id); }
      if (element.hasAttribute("aria-labelledby")) { element.setAttribute("aria-labelledby", to(element.getAttribute("aria-labelledby"))); }
      if (element.dataset.copy) { element.dataset.copy = to(element.dataset.copy); }
    }
    // Who says so comes first here: the report below it is long.
    pane.append(button, whole, ...desk.querySelectorAll(".evidence .chain, .evidence .cite"), ...desk.querySelectorAll(".report"));
    document.body.append(pane);
    showCopying(pane);
    pane.focus();
    const passage = pane.querySelector(".passage");
    if (passage) { passage.scrollIntoView({ block: "center" }); }
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.said");
    const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    if (!link || !plain || innerWidth < 960) { return; }
    event.preventDefault();
    open(link);
  });

  // Copying.
  function showCopying(within) {
    for (const button of within.querySelectorAll("button[data-copy]")) { button.hidden = !navigator.clipboard; }
  }
  showCopying(document);
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("button[data-copy]");
    if (!button) { return; }
    const from = byId(button.dataset.copy);
    const link = button.parentElement.querySelector("a.permalink");
    const text = `${from.textContent.trim()} ${link ? link.href : ""}`.trim();
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = "Copied";
    } catch {
      getSelection().selectAllChildren(from);
    }
  });

  // Keys: / to search, j and k from fact to fact, Escape to close.
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      close();
      return;
    }
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (typing || event.ctrlKey || event.metaKey || event.altKey) { return; }
    if (event.key === "/") {
      event.preventDefault();
      byId("find").focus();
      return;
    }
    if (event.key !== "j" && event.key !== "k") { return; }
    const facts = [...document.querySelectorAll(".apparatus .about a")];
    if (facts.length === 0) { return; }
    const at = facts.indexOf(document.activeElement);
    const next = event.key === "j" ? Math.min(at + 1, facts.length - 1) : Math.max(at - 1, 0);
    facts[next].focus();
    facts[next].scrollIntoView({ block: "center" });
  });
})();
