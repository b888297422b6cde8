// The preview's own page: listens for events, changes what has changed, and leaves the scroll where it is.
import { marks, morph, splice } from "./morph.js";

const at = (id) => document.getElementById(id);
const [frame, print, list] = [at("article"), at("print"), at("list")];
const WORDS = {
  working: "Being set…",
  lost: "The preview has ended",
  old: "Cannot be set: this is the last good page",
};
let version = 0; // of the article that is shown
let printed = 0; // of the pages
let findings = [];
let chain = Promise.resolve(); // what comes is dealt with in its order

// -- the article ---------------------------------------------------------------------------------------

const shown = () => frame.contentDocument;

async function article(event) {
  document.title = event.title || "Preview";
  at("title").textContent = event.title || "Preview";
  if (event.version === version) return;
  const next = version && event.version === version + 1 && !event.whole;
  unmark();
  version = next && part(event) ? event.version : await whole();
  mark();
}

function part({ from, drop, blocks }) {
  if (from === undefined) return true;
  return splice(shown().body, from, drop, blocks) !== null;
}

async function whole() {
  if (!version) {
    frame.src = "article";
    await new Promise((done) => frame.addEventListener("load", done, { once: true }));
    shown().addEventListener("click", leave);
    const style = shown().createElement("style");
    style.dataset.preview = "";
    style.textContent =
      "[data-finding] { position: relative; cursor: help; --of-finding: #c77700; }" +
      "[data-finding=error] { --of-finding: #d13a2c; }" +
      "[data-finding]::before { content: ''; position: absolute; inset-block: 0; inset-inline-start: -12px;" +
      " width: 4px; border-radius: 2px; background: var(--of-finding); }" +
      "[data-finding]:hover { background: color-mix(in srgb, var(--of-finding) 8%, transparent); }";
    shown().head.append(style);
    return numbered([...shown().childNodes].map((node) => node.data || "").join(""));
  }
  const text = await (await fetch("article")).text();
  const wanted = new frame.contentWindow.DOMParser().parseFromString(text, "text/html");
  const style = shown().head.querySelector("style[data-preview]");
  wanted.head.append(style.cloneNode(true));
  morph(shown().head, wanted.head);
  morph(shown().body, wanted.body);
  return numbered(text);
}

/** The version that an article says it is. */
const numbered = (text) => Number(/galley-version (\d+)/.exec(text)?.[1] || 0);

/** A link out of the article opens beside the preview; a marked block shows its finding. */
function leave(click) {
  const link = click.target.closest("a[href]");
  if (link && !link.getAttribute("href").startsWith("#")) {
    click.preventDefault();
    window.open(link.href, "_blank", "noopener");
  }
  const block = link ? null : click.target.closest("[data-finding]");
  if (block) open(Number(block.dataset.number));
}

// -- the pages -----------------------------------------------------------------------------------------

const seen = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    target.dataset.seen = isIntersecting ? "yes" : "";
    if (isIntersecting) draw(target);
  }
}, { root: print, rootMargin: "200px" });

function pages(event) {
  if (event.version === printed) return;
  printed = event.version;
  event.sizes.forEach(([width, height], index) => {
    const sheet = print.children[index] || print.appendChild(blank(index + 1));
    sheet.style.aspectRatio = `${width} / ${height}`;
  });
  while (print.children.length > event.sizes.length) print.lastChild.remove();
  for (const sheet of print.children) if (sheet.dataset.seen) draw(sheet);
}

function blank(number) {
  const sheet = document.createElement("div");
  sheet.className = "sheet";
  sheet.dataset.number = number;
  const image = new Image();
  image.alt = `Page ${number}`;
  sheet.append(image);
  seen.observe(sheet);
  return sheet;
}

/** Ask for a page as it is now; the picture is exchanged only where it looks different. */
async function draw(sheet) {
  const width = Math.round(sheet.clientWidth * Math.min(window.devicePixelRatio, 2));
  const want = `${printed} ${width}`;
  if (!width || sheet.dataset.want === want) return;
  sheet.dataset.want = want;
  const known = sheet.dataset.width === String(width) ? sheet.dataset.name || "" : "";
  const answer = await fetch(`page/${sheet.dataset.number}?width=${width}&known=${known}`);
  if (sheet.dataset.want !== want || !answer.ok) return;
  if (answer.status === 200) {
    const image = sheet.querySelector("img");
    const old = image.src;
    const fresh = URL.createObjectURL(await answer.blob());
    const loaded = new Image();
    loaded.src = fresh;
    await loaded.decode();
    if (sheet.dataset.want !== want) return URL.revokeObjectURL(fresh);
    image.src = fresh;
    if (old) URL.revokeObjectURL(old);
    if (known) {
      sheet.classList.remove("new");
      requestAnimationFrame(() => sheet.classList.add("new"));
    }
    sheet.dataset.name = answer.headers.get("Galley-Page");
    sheet.dataset.width = width;
  }
  sheet.dataset.version = printed;
}

new ResizeObserver(() => { for (const sheet of print.children) if (sheet.dataset.seen) draw(sheet); }).observe(print);

// -- the findings --------------------------------------------------------------------------------------

function told(event) {
  findings = event.findings;
  const count = (kind) => findings.filter((one) => one.severity === kind).length;
  const words = ["error", "warning"].map((kind) => [count(kind), kind]).filter(([number]) => number)
    .map(([number, kind]) => `${number} ${kind}${number === 1 ? "" : "s"}`);
  at("count").textContent = words.join(", ") || "Nothing to report";
  at("count").dataset.gravest = count("error") ? "error" : count("warning") ? "warning" : "";
  const wasOpen = [...list.children].filter((item) => item.querySelector(".lines")).map((item) => item.dataset.key);
  list.replaceChildren(...findings.map(row));
  for (const item of list.children) if (wasOpen.includes(item.dataset.key)) unfold(item);
  if (event.old.length) toggle(true);
  else if (!findings.length) toggle(false);
  unmark();
  mark();
  say(event.old.length ? "old" : "good");
}

const made = (kind, name, text = "") => {
  const element = document.createElement(kind);
  element.className = name;
  element.textContent = text;
  return element;
};

const where = (one) => [one.file, one.line, one.column].filter(Boolean).join(":");

function row(one, number) {
  const item = made("li", "");
  item.dataset.severity = one.severity;
  item.dataset.number = number;
  item.dataset.key = `${one.code} ${where(one)} ${one.message}`;
  const head = made("button", "head");
  head.type = "button";
  const said = made("span", "said", `${one.message}`);
  if (one.hint) said.append(made("span", "hint", one.hint));
  head.append(made("span", "kind", one.severity), made("span", "where", where(one) || one.code), said);
  head.addEventListener("click", () => (item.querySelector(".lines") ? fold(item) : (unfold(item), show(one))));
  item.append(head);
  return item;
}

function unfold(item) {
  const one = findings[Number(item.dataset.number)];
  if (!one.lines.length || item.querySelector(".lines")) return;
  const lines = made("div", "lines");
  for (const [number, text] of one.lines) {
    const line = made("span", number >= one.line && number <= one.end_line ? "meant" : "", text || " ");
    line.dataset.line = number;
    lines.append(line);
  }
  item.append(lines);
}

const fold = (item) => item.querySelector(".lines").remove();

function open(number) {
  toggle(true);
  const item = list.children[number];
  unfold(item);
  item.scrollIntoView({ block: "nearest" });
  item.querySelector("button").focus({ preventScroll: true });
}

function toggle(on) {
  at("findings").hidden = !on;
  at("count").setAttribute("aria-expanded", String(on));
}

/** The first element of a block. */
function element(block) {
  let node = marks(shown().body)[block];
  while (node && node.nodeType !== Node.ELEMENT_NODE) node = node.nextSibling;
  return node;
}

function show(one) {
  if (one.block !== null) element(one.block)?.scrollIntoView({ block: "center", behavior: "smooth" });
}

function mark() {
  if (!version || !shown()?.body) return;
  findings.forEach((one, number) => {
    const block = one.block === null ? null : element(one.block);
    if (!block || (block.dataset.finding === "error")) return;
    block.dataset.finding = one.severity;
    block.dataset.number = number;
    block.title = findings.filter((other) => other.block === one.block).map((other) => `${where(other)}: ${other.message}`).join("\n");
  });
}

function unmark() {
  for (const block of shown()?.querySelectorAll("[data-finding]") || []) {
    for (const name of ["data-finding", "data-number", "title"]) block.removeAttribute(name);
  }
}

// -- the frame -----------------------------------------------------------------------------------------

function say(state, words = WORDS[state]) {
  at("state").dataset.state = state;
  at("words").textContent = words || (took ? `Up to date, set in ${took} ms` : "Up to date");
}

let took = 0;
const DEALT = {
  working: () => say("working"),
  article,
  pages: (event) => { took = printed ? event.milliseconds : 0; pages(event); },
  findings: told,
};

function panes(which) {
  document.body.dataset.panes = which;
  for (const button of document.querySelectorAll("[data-show]")) {
    button.setAttribute("aria-pressed", String(button.dataset.show === which));
  }
}

for (const button of document.querySelectorAll("[data-show]")) {
  button.addEventListener("click", () => panes(button.dataset.show));
}
at("count").addEventListener("click", () => toggle(at("findings").hidden));
panes("both");

const events = new EventSource("events");
events.onmessage = ({ data }) => {
  const event = JSON.parse(data);
  chain = chain.then(() => DEALT[event.type]?.(event)).catch((error) => console.error(error));
};
events.onerror = () => say("lost");
