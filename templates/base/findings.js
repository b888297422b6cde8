// Walks the findings of a report: n and p go to the next and the one before, Enter to its place.
(() => {
  const found = [...document.querySelectorAll(".finding")];
  document.querySelector(".keys").hidden = !found.length;
  let at = -1;
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !found.length) return;
    if (event.key === "n" || event.key === "p") {
      at = (at + (event.key === "n" ? 1 : found.length - (at < 0 ? 0 : 1))) % found.length;
      found[at].focus({ preventScroll: true });
      found[at].scrollIntoView({ block: "center" });
    } else if (event.key === "Enter" && document.activeElement === found[at]) {
      found[at].querySelector(".place")?.click();
    }
  });
})();
