/** The styles of the developer panel. */
export const PANEL_STYLES = `
.panel-header h1 { margin-bottom: .25rem; }
.panel-header .hint { margin: 0; }
.panel-header .hint .ko, .panel-header .hint .en { display: inline; }
a { color: var(--accent); }
.entry, .endpoints, .scrolls { background: var(--card); border: 1px solid var(--line); border-radius: 12px; }
.entry { padding: .875rem 1.125rem 1rem; }
.entry + .entry { margin-top: .625rem; }
.entry h3 { margin: 0; font-size: 1rem; color: var(--ink); }
.entry dl { padding-top: .5rem; font-size: .875rem; }
.entry dl:first-child { padding-top: 0; }
.aside { font-family: system-ui, sans-serif; color: var(--soft); }
.aside .ko, .aside .en { display: block; }
.values { list-style: none; padding: 0; }
.endpoints { list-style: none; padding: 0; }
.endpoints > li { display: grid; grid-template-columns: 8rem 1fr; gap: .125rem 1rem; padding: .75rem 1.125rem; }
.endpoints > li + li { border-top: 1px solid var(--line); }
.endpoints h3 { font: 600 .875rem/1.7 ui-monospace, "SF Mono", Consolas, monospace; margin: 0; color: var(--ink); }
.endpoints details { grid-column: 2; border: 0; padding: 0; }
.usual { color: var(--soft); }
.waiting { padding-left: 1.25rem; color: var(--warn); font-weight: 600; }
.fields { display: grid; grid-template-columns: repeat(auto-fill, minmax(11rem, 1fr)); gap: .75rem; padding: .75rem 0; align-items: end; }
.field label { display: block; margin-bottom: .25rem; }
.field input, .field select, .field textarea {
  width: 100%; min-height: 2.25rem; font: inherit; padding: .25rem .5rem; color: var(--ink); background: var(--paper);
  border: 1px solid var(--soft); border-radius: 8px;
}
.quiet { background: var(--card); color: var(--ink); border-color: var(--soft); border-radius: 8px; padding: .375rem .875rem; font-size: .875rem; }
.quiet:hover { border-color: var(--accent); }
.endpoints .quiet, .entry form .quiet { margin: .75rem 0 .25rem; }
.endpoints + form { margin-top: .75rem; }
.moves { display: flex; flex-wrap: wrap; gap: .5rem; margin-top: .5rem; }
time { font: .875rem ui-monospace, "SF Mono", Consolas, monospace; }
.scrolls { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .875rem; }
th, td { text-align: left; vertical-align: top; padding: .5rem .75rem; }
th:first-child { padding-left: 1.125rem; white-space: nowrap; }
thead th { font-weight: 600; color: var(--soft); white-space: nowrap; }
tbody tr { border-top: 1px solid var(--line); }
td code { display: block; min-width: 12rem; }
.method { color: var(--soft); font-weight: 400; font-size: .8125rem; }
.error { color: var(--warn); font-weight: 600; }
@media (max-width: 30rem) {
  .endpoints > li { grid-template-columns: 1fr; }
  .endpoints details { grid-column: 1; }
}
`;
