/** The look of every page of the system. Colours have a contrast of at least 4.5 : 1 on their ground, in light and in dark (WCAG 2.2 AA). */
export const styles = `
:root {
  color-scheme: light dark;
  --ground: #f5f6f8;
  --surface: #ffffff;
  --text: #1a1f2b;
  --muted: #566073;
  --line: #d5dae3;
  --field: #8790a3;
  --accent: #1d4fd8;
  --accent-strong: #163da8;
  --on-accent: #ffffff;
  --danger: #b3261e;
  --danger-strong: #8c1d18;
  --danger-soft: #fdecea;
  --good: #14683b;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #12151c;
    --surface: #1b202a;
    --text: #eceff5;
    --muted: #a6afc0;
    --line: #323a48;
    --field: #76819a;
    --accent: #8fb1ff;
    --accent-strong: #b5cbff;
    --on-accent: #10141c;
    --danger: #ff9d94;
    --danger-strong: #ffbdb7;
    --danger-soft: #3a1f1f;
    --good: #7fd6a2;
  }
}
*, *::before, *::after { box-sizing: border-box; }
body {
  margin: 0;
  background: var(--ground);
  color: var(--text);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif;
}
a { color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
.skip { position: absolute; left: -999px; top: 0; padding: .5rem 1rem; background: var(--surface); }
.skip:focus { left: 1rem; top: .5rem; }
.bar { background: var(--surface); border-bottom: 1px solid var(--line); }
.bar > div, main { max-width: 46rem; margin: 0 auto; padding: 0 1.25rem; }
.bar > div { display: flex; flex-wrap: wrap; align-items: center; gap: .25rem 1.5rem; min-height: 3.5rem; }
.brand { font-weight: 700; font-size: 1.125rem; color: var(--text); text-decoration: none; }
.bar ul { display: flex; gap: .25rem; margin: 0; padding: 0; list-style: none; }
.bar li a { display: block; padding: .75rem .75rem; color: var(--muted); text-decoration: none; border-bottom: 2px solid transparent; }
.bar li a:hover { color: var(--text); }
.bar li a[aria-current] { color: var(--text); font-weight: 600; border-color: var(--accent); }
main { padding-block: 2rem 4rem; }
h1 { margin: 0 0 .5rem; font-size: 1.75rem; line-height: 1.2; letter-spacing: -.01em; }
.lead { margin: 0 0 1.5rem; color: var(--muted); }
.card { margin: 0 0 1.5rem; padding: clamp(1rem, 5vw, 1.5rem); background: var(--surface); border: 1px solid var(--line); border-radius: .75rem; }
.total { display: flex; flex-wrap: wrap; align-items: baseline; justify-content: space-between; gap: 0 1rem; }
.total dt { color: var(--muted); }
.total dd { margin: 0; font-size: 2.25rem; font-weight: 700; line-height: 1.2; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
.total.long dd { font-size: clamp(1.25rem, 4vw, 1.75rem); }
label { display: block; margin-bottom: .375rem; font-weight: 600; }
.hint { margin: .375rem 0 0; color: var(--muted); font-size: .875rem; }
.row { display: flex; flex-wrap: wrap; gap: .75rem; }
input[type="text"] {
  flex: 1 1 12rem; min-width: 0; min-height: 2.75rem; padding: .5rem .75rem;
  font: inherit; font-variant-numeric: tabular-nums; color: inherit; background: var(--surface);
  border: 1px solid var(--field); border-radius: .5rem;
}
input[aria-invalid="true"] { border-color: var(--danger); box-shadow: inset 0 0 0 1px var(--danger); }
button, .button {
  display: inline-block; min-height: 2.75rem; padding: .5rem 1.25rem; font: inherit; font-weight: 600; line-height: 1.625rem;
  color: var(--on-accent); background: var(--accent); border: 1px solid transparent; border-radius: .5rem; cursor: pointer; text-decoration: none;
}
button:hover, .button:hover { background: var(--accent-strong); }
button.danger { background: var(--danger); }
button.danger:hover { background: var(--danger-strong); }
button.quiet, .button.quiet { color: var(--text); background: transparent; border-color: var(--field); }
button.quiet:hover, .button.quiet:hover { background: var(--ground); }
button:disabled { color: var(--muted); background: var(--ground); border-color: var(--line); cursor: not-allowed; }
.message { min-height: 1.5rem; margin: .75rem 0 0; font-weight: 600; }
.message.bad { color: var(--danger); }
.message.good { color: var(--good); }
.warning { padding: 1rem 1.25rem; background: var(--danger-soft); border-left: 4px solid var(--danger); border-radius: .5rem; }
.warning p { margin: 0; }
.check { display: flex; align-items: center; gap: .75rem; margin: 1.25rem 0; font-weight: 400; cursor: pointer; }
.check input { width: 1.25rem; height: 1.25rem; margin: 0; accent-color: var(--danger); }
.scroll { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; }
caption { padding-bottom: .75rem; text-align: left; color: var(--muted); }
th, td { padding: .625rem .75rem; text-align: left; border-bottom: 1px solid var(--line); white-space: nowrap; }
th:first-child, td:first-child { width: 5rem; padding-left: 0; }
td:nth-child(2) { min-width: 8.5rem; }
@media (max-width: 30rem) {
  th:first-child, td:first-child { width: auto; }
  td:nth-child(2) { white-space: normal; overflow-wrap: anywhere; }
}
th { font-size: .875rem; color: var(--muted); }
tbody tr:last-child td { border-bottom: 0; }
tbody tr:hover { background: var(--ground); }
.number { text-align: right; font-variant-numeric: tabular-nums; }
.pages { display: flex; justify-content: space-between; gap: 1rem; margin-top: 1rem; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(13rem, 1fr)); gap: 1rem; padding: 0; margin: 0; list-style: none; }
.tiles a { display: block; height: 100%; padding: 1.25rem; color: inherit; text-decoration: none; background: var(--surface); border: 1px solid var(--line); border-radius: .75rem; }
.tiles a:hover { border-color: var(--accent); }
.tiles strong { display: block; margin-bottom: .25rem; color: var(--accent); font-size: 1.125rem; }
.tiles span { color: var(--muted); }
dialog { width: calc(100% - 2rem); max-width: 28rem; padding: clamp(1rem, 5vw, 1.5rem); color: inherit; background: var(--surface); border: 1px solid var(--line); border-radius: .75rem; }
dialog::backdrop { background: rgb(0 0 0 / .5); }
dialog h2 { margin: 0 0 .5rem; font-size: 1.25rem; }
dialog p { margin: 0 0 1.25rem; color: var(--muted); }
dialog .row { justify-content: flex-end; }
`;
