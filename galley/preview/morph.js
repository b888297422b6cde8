// Makes one tree of a document like another by changing only what differs, so that nothing else moves or loses its state.

/** Make `old` like `wanted`, both elements of one kind. */
export function morph(old, wanted) {
  for (const { name } of [...old.attributes]) if (!wanted.hasAttribute(name)) old.removeAttribute(name);
  for (const { name, value } of wanted.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  children(old, wanted);
}

function children(old, wanted) {
  let here = old.firstChild;
  for (const node of [...wanted.childNodes]) {
    const match = find(here, node);
    if (!match) {
      old.insertBefore(document.importNode(node, true), here);
      continue;
    }
    while (here !== match) here = dropped(here);
    if (!match.isEqualNode(node)) {
      if (node.nodeType === Node.ELEMENT_NODE) morph(match, node);
      else match.data = node.data;
    }
    here = match.nextSibling;
  }
  while (here) here = dropped(here);
}

function dropped(node) {
  const next = node.nextSibling;
  node.remove();
  return next;
}

/** What stands for `node` among what comes from `from` on: its equal, the one with its identifier, or the next of its kind. */
function find(from, node) {
  for (let other = from, steps = 0; other && steps < 40; other = other.nextSibling, steps += 1) {
    if (other.isEqualNode(node) && (other.nodeType !== Node.TEXT_NODE || other.data.trim() || steps === 0)) return other;
  }
  if (!from || from.nodeType !== node.nodeType || from.nodeName !== node.nodeName) return null;
  return (from.id || "") === (node.id || "") ? from : null;
}

const MARK = "galley";

/** The comments that stand before the blocks of an article's text, and the one behind the last. */
export function marks(root) {
  const walker = root.ownerDocument.createTreeWalker(root, NodeFilter.SHOW_COMMENT);
  const found = [];
  while (walker.nextNode()) if (walker.currentNode.data === MARK) found.push(walker.currentNode);
  return found;
}

/** Put blocks, each a fingerprint and its text, in place of `drop` others from `from` on; the new elements are returned. */
export function splice(root, from, drop, blocks) {
  const all = marks(root);
  const end = all[from + drop];
  if (!end) return null;
  for (let node = all[from]; node !== end;) node = dropped(node);
  const template = root.ownerDocument.createElement("template");
  template.innerHTML = blocks.map(([, text]) => `<!--${MARK}-->\n${text}`).join("");
  const elements = [...template.content.children];
  end.before(template.content);
  return elements;
}
