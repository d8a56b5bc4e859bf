const COLUMNS = 24;
const WIDE = "(min-width: 1200px)";
const MEDIUM = "(min-width: 760px) and (max-width: 1199px)";
const NARROW = "(max-width: 759px)";

/**
 * Places widgets in the grid of a dashboard on a wide window, in two columns on a smaller one, and below each other on
 * a narrow one. The policy of the pages allows no `style` attributes, so each position is a rule.
 */
export function placeWidgets(): void {
  const columns = Array.from({ length: COLUMNS }, (_, index) => index);
  const starts = columns.map((x) => `[data-x="${x}"]{grid-column-start:${x + 1}}`);
  const ends = columns.map((index) => `[data-width="${index + 1}"]{grid-column-end:span ${index + 1}}`);
  const halves = columns.map(
    (index) => `[data-width="${index + 1}"]{grid-column:span ${index < COLUMNS / 2 ? 12 : 24}}`,
  );
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(
    [
      `@media ${WIDE}{${[...starts, ...ends].join("")}}`,
      `@media ${MEDIUM}{${halves.join("")}}`,
      `@media ${NARROW}{.widgets{grid-template-columns:minmax(0,1fr)}}`,
    ].join("\n"),
  );
  document.adoptedStyleSheets.push(sheet);
}
