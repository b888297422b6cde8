// Pointing at a citation or a note mark shows what it leads to. Nothing on the page needs this script to be read.
(() => {
  "use strict";
  const peek = document.getElementById("peek");
  const MARKS = "a.citation-ref, a.note-ref";
  const [SOON, AFTERWARDS] = [120, 250]; // milliseconds: no flicker on the way past, time to reach the popover
  let shownFor = null;
  let timer = 0;

  const later = (what, wait) => { clearTimeout(timer); timer = setTimeout(what, wait); };

  function entryOf(mark) {
    const target = document.getElementById(decodeURIComponent(mark.hash.slice(1)));
    return target && target.querySelector(".entry");
  }

  function fill(mark, entry, touched) {
    const copy = entry.cloneNode(true);
    for (const node of copy.querySelectorAll("[id]")) node.removeAttribute("id");
    for (const link of copy.querySelectorAll("a")) link.tabIndex = -1; // the mark itself leads keyboards there
    peek.replaceChildren(...copy.childNodes);
    if (touched) {
      const follow = document.createElement("a");
      follow.className = "follow";
      follow.href = mark.hash;
      follow.textContent = peek.dataset.follow;
      peek.append(follow);
    }
  }

  function place(mark) {
    const room = 16;
    const rects = [...mark.getClientRects()];
    const at = rects[rects.length - 1];
    const own = peek.getBoundingClientRect();
    const width = document.documentElement.clientWidth;
    const left = Math.max(room, Math.min(at.left + at.width / 2 - own.width / 2, width - own.width - room));
    const below = at.bottom + 6;
    const above = rects[0].top - own.height - 6;
    const fitsBelow = below + own.height <= window.innerHeight - room;
    peek.style.left = `${left}px`;
    peek.style.top = `${fitsBelow || above < room ? below : above}px`;
  }

  function show(mark, touched = false) {
    clearTimeout(timer);
    if (mark === shownFor) return;
    const entry = entryOf(mark);
    if (!entry) return;
    hide();
    fill(mark, entry, touched);
    peek.showPopover();
    place(mark);
    mark.setAttribute("aria-describedby", "peek");
    shownFor = mark;
  }

  function hide() {
    clearTimeout(timer);
    if (!shownFor) return;
    shownFor.removeAttribute("aria-describedby");
    shownFor = null;
    peek.hidePopover();
  }

  function listen() {
    const markOf = (event) => event.target.closest && event.target.closest(MARKS);
    document.addEventListener("pointerover", (event) => {
      if (event.pointerType !== "mouse") return;
      const mark = markOf(event);
      if (mark) later(() => show(mark), shownFor ? 0 : SOON);
      else if (peek.contains(event.target)) clearTimeout(timer);
      else if (shownFor !== document.activeElement) later(hide, AFTERWARDS);
    });
    document.addEventListener("focusin", (event) => {
      const mark = markOf(event);
      if (mark && mark.matches(":focus-visible")) show(mark);
      else if (!peek.contains(event.target)) hide();
    });
    document.addEventListener("focusout", (event) => {
      if (event.target === shownFor && !peek.contains(event.relatedTarget) && !peek.matches(":hover")) hide();
    });
    document.addEventListener("click", (event) => {
      const mark = markOf(event);
      if (mark && event.pointerType === "touch" && mark !== shownFor) {
        event.preventDefault();
        show(mark, true);
      } else if (mark || !peek.contains(event.target) || event.target.closest(".follow")) hide();
    });
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape") hide();
    });
    window.addEventListener("scroll", () => shownFor && place(shownFor), { passive: true });
    window.addEventListener("resize", hide);
  }

  // What is wider than the page can be reached and scrolled from the keyboard.
  function frames() {
    const watch = new ResizeObserver((entries) => {
      for (const { target } of entries) {
        if (target.scrollWidth > target.clientWidth + 1) {
          target.tabIndex = 0;
          if (!target.dataset.label) continue;
          target.setAttribute("role", "region");
          target.setAttribute("aria-label", target.dataset.label);
        } else for (const name of ["tabindex", "role", "aria-label"]) target.removeAttribute(name);
      }
    });
    for (const frame of document.querySelectorAll(".scroll, pre")) watch.observe(frame);
  }

  // The section list tells where the reader is.
  function follow() {
    const links = new Map();
    for (const link of document.querySelectorAll(".contents a")) {
      const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
      if (heading) links.set(heading, link);
    }
    const headings = [...links.keys()];
    let waiting = false;
    const update = () => {
      waiting = false;
      const past = headings.filter((heading) => heading.getBoundingClientRect().top < window.innerHeight / 3);
      let current = past[past.length - 1];
      const atEnd = window.innerHeight + window.scrollY > document.documentElement.scrollHeight - 2;
      if (atEnd && window.scrollY > 0) {
        // The last sections cannot come further up: the one that was asked for stands for them.
        const asked = headings.find((heading) => `#${heading.id}` === decodeURIComponent(location.hash));
        current = headings.indexOf(asked) > headings.indexOf(current) ? asked : current;
      }
      for (const [heading, link] of links) {
        if (heading === current) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      }
    };
    const soon = () => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(update);
    };
    for (const name of ["scroll", "resize", "hashchange"]) window.addEventListener(name, soon, { passive: true });
    update();
  }

  // A figure opens in the size of the window.
  function enlarging() {
    const dialog = document.createElement("dialog");
    const { open, close: shut } = peek.dataset;
    dialog.className = "enlarged";
    document.body.append(dialog);
    for (const image of document.querySelectorAll("main figure:not(.table) img")) {
      if (image.closest("a")) continue;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "enlarge";
      button.title = open;
      button.style.width = image.style.width;
      button.setAttribute("aria-label", [open, image.alt].filter(Boolean).join(": "));
      image.replaceWith(button);
      button.append(image);
      button.addEventListener("click", () => {
        const form = document.createElement("form");
        const close = document.createElement("button");
        close.className = "copy";
        close.textContent = shut;
        form.method = "dialog";
        form.append(close);
        const copy = image.cloneNode();
        copy.removeAttribute("style");
        copy.removeAttribute("id");
        const caption = document.createElement("p");
        const words = image.closest("figure").querySelector("figcaption");
        caption.textContent = words ? words.textContent.trim() : "";
        dialog.replaceChildren(form, copy, caption);
        dialog.setAttribute("aria-label", caption.textContent.slice(0, 80) || image.alt);
        dialog.showModal();
      });
    }
    dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  }

  // What a reader takes away can be copied by a button.
  function copying() {
    for (const block of document.querySelectorAll(".citable")) {
      const text = block.textContent.trim();
      const button = document.createElement("button");
      button.type = "button";
      button.className = "copy";
      button.textContent = block.dataset.copy;
      button.addEventListener("click", async () => {
        await navigator.clipboard.writeText(text);
        button.textContent = block.dataset.copied;
        setTimeout(() => { button.textContent = block.dataset.copy; }, 2000);
      });
      block.after(button);
    }
  }

  if (typeof peek.showPopover === "function") listen();
  if (typeof HTMLDialogElement === "function") enlarging();
  if (navigator.clipboard) copying();
  frames();
  follow();
})();
