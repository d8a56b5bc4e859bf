import { HANDLERS } from "./dom.ts";

/** An element that renders its own children. */
export interface SelfUpdating {
  /** Shows what another element of the same name would show. */
  updateFrom(other: Element): void;
}

/**
 * Changes an element into another one of the same name, in place: what stays keeps the focus, the selection, the scroll
 * position and whether it is open. Children with the same `data-key` are the same.
 */
export function morph(from: Element, to: Element): void {
  if (isSelfUpdating(from)) from.updateFrom(to);
  else morphElement(from, to);
}

function morphElement(from: Element, to: Element): void {
  morphAttributes(from, to);
  if (from instanceof HTMLElement && to instanceof HTMLElement) {
    Object.assign(from, Object.fromEntries(HANDLERS.map((handler) => [handler, to[handler]])));
  }
  morphValue(from, to);
  morphChildren(from, to);
}

function isSelfUpdating(element: Element): element is Element & SelfUpdating {
  return "updateFrom" in element;
}

function morphAttributes(from: Element, to: Element): void {
  for (const { name, value } of to.attributes) if (from.getAttribute(name) !== value) from.setAttribute(name, value);
  for (const { name } of [...from.attributes]) {
    if (!to.hasAttribute(name) && !(from instanceof HTMLDetailsElement && name === "open")) from.removeAttribute(name);
  }
}

/** What a person types stays; otherwise the value is that of the address. */
function morphValue(from: Element, to: Element): void {
  if (from instanceof HTMLInputElement && to instanceof HTMLInputElement) {
    from.checked = to.checked;
    if (from !== document.activeElement) from.value = to.value;
  }
}

function morphChildren(from: Element, to: Element): void {
  const keyed = new Map<string, Element>();
  for (const child of from.children) {
    const key = keyOf(child);
    if (key !== undefined) keyed.set(key, child);
  }
  let at: ChildNode | null = from.firstChild;
  for (const wanted of [...to.childNodes]) {
    const key = keyOf(wanted);
    const same: ChildNode | null | undefined = key === undefined ? at : keyed.get(key);
    if (!same || !isSame(same, wanted)) {
      from.insertBefore(wanted, at);
      continue;
    }
    if (same === at) at = at.nextSibling;
    else from.insertBefore(same, at);
    if (same instanceof Element && wanted instanceof Element) morph(same, wanted);
    else if (same.nodeValue !== wanted.nodeValue) same.nodeValue = wanted.nodeValue;
  }
  while (at) {
    const next: ChildNode | null = at.nextSibling;
    at.remove();
    at = next;
  }
  if (from instanceof HTMLSelectElement && to instanceof HTMLSelectElement) from.value = to.value;
}

function isSame(a: Node, b: Node): boolean {
  return a.nodeName === b.nodeName && keyOf(a) === keyOf(b);
}

function keyOf(node: Node): string | undefined {
  return node instanceof HTMLElement ? node.dataset.key : undefined;
}
