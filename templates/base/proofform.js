// Saves what was filled in as a file; takes up an earlier file again. Nothing leaves the reader's machine.
"use strict";
const form = document.getElementById("form");
const facts = JSON.parse(document.getElementById("facts").textContent);
const corrections = document.getElementById("corrections");
const date = document.getElementById("date");
if (!date.value) date.value = new Date().toISOString().slice(0, 10);

function added() {
  const first = corrections.firstElementChild;
  const next = first.cloneNode(true);
  const number = corrections.children.length + 1;
  for (const field of next.querySelectorAll("textarea, input")) {
    const label = next.querySelector(`label[for="${field.id}"]`);
    field.id = field.id.replace(/\d+$/, number);
    label.htmlFor = field.id;
    field.value = "";
  }
  corrections.append(next);
  next.querySelector("textarea").focus();
}

function answers() {
  const read = (box, name) => box.querySelector(`[name="${name}"]`).value.trim();
  return {
    galley: facts.galley, version: facts.version, title: facts.title, round: facts.round,
    author: read(form, "author"), date: read(form, "date"),
    answers: facts.queries.map(one => ({ ...one, answer: read(form, one.number) })),
    corrections: [...corrections.children]
      .map(box => ({ find: read(box, "find"), replace: read(box, "replace"), note: read(box, "note") }))
      .filter(one => one.find || one.replace || one.note),
  };
}

document.getElementById("more").addEventListener("click", added);
document.getElementById("print").addEventListener("click", () => window.print());
form.addEventListener("submit", event => {
  event.preventDefault();
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([JSON.stringify(answers(), null, 1)], { type: "application/json" }));
  link.download = "proof-answers.json";
  link.click();
  document.getElementById("said").textContent = "Saved as proof-answers.json: send this file back.";
});
