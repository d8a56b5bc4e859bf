/**
 * The element with this ID, as the type that the script needs.
 *
 * @throws TypeError when the page has no such element
 */
export function element<Type extends HTMLElement>(id: string, type: new () => Type): Type {
  const found = document.getElementById(id);
  if (!(found instanceof type)) throw new TypeError(`The page has no ${type.name} with the id "${id}".`);
  return found;
}
