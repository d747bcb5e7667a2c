import { inline } from '../pages/inline.js';

/** The styles of the developer panel. */
export const PANEL_STYLES = inline(`
main:has(.panel) { max-width: 84rem; margin-top: 1.5rem; }
.panel-header h1 { margin-bottom: .25rem; }
.panel-header .hint { margin: 0; }
:root:not(.live) .live-only, .live .not-live, .live .filter button { display: none; }
.live-only::before { content: "● " / ""; color: var(--accent); }
nav { display: flex; flex-wrap: wrap; gap: 0 1rem; margin-top: .5rem; font-size: .875rem; }
nav a { padding: .25rem 0; }
.panel section { margin-top: 1.5rem; }
@media (min-width: 60rem) {
  nav { display: none; }
  .panel { display: grid; grid-template-columns: minmax(0, 1fr) 27rem; gap: 2.5rem; }
}
.filter { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem; margin-bottom: .75rem; font-size: .875rem; }
.filter select { min-height: 2rem; font: inherit; padding: 0 .25rem; color: var(--ink); background: var(--card); border: 1px solid var(--soft); border-radius: 8px; }
.filter .choices { border-color: var(--soft); }
.filter :checked + label { background: var(--accent); color: var(--on-accent); }
.log { list-style: none; padding: 0; background: var(--card); border: 1px solid var(--line); border-radius: 12px; font-size: .875rem; }
.log li { padding: .375rem .875rem; }
.log li + li { border-top: 1px solid var(--line); }
.log .failed { box-shadow: inset 4px 0 var(--warn); }
.log details { border: 0; padding: 0; }
.log summary { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 .75rem; list-style: none; }
.log summary::before { content: "▸" / ""; color: var(--soft); width: .75rem; }
.log [open] > summary::before { content: "▾" / ""; }
.log summary::-webkit-details-marker { display: none; }
.log .what { flex: 1; font-weight: 600; white-space: nowrap; }
.log .reason { color: var(--warn); padding: 0 0 .25rem 1.5rem; }
.log details > p { margin: .5rem 0 0 1.5rem; }
.log dl { padding: .25rem 0 .5rem 1.5rem; }
a { color: var(--accent); }
.entry, .endpoints { background: var(--card); border: 1px solid var(--line); border-radius: 12px; }
.entry { padding: .875rem 1.125rem 1rem; }
.entry + .entry { margin-top: .625rem; }
.entry h3 { margin: 0; font-size: 1rem; color: var(--ink); }
.entry dl { padding-top: .5rem; font-size: .875rem; }
.entry dl:first-child { padding-top: 0; }
.aside { font-family: system-ui, sans-serif; color: var(--soft); }
.values { list-style: none; padding: 0; }
.endpoints { list-style: none; padding: 0; }
.endpoints > li { display: grid; grid-template-columns: 6rem 1fr; gap: .125rem 1rem; padding: .75rem 1.125rem; }
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
.endpoints + div form, #stub-list form { margin-top: .75rem; }
.panel .notice { margin: .75rem 0; padding: .5rem .75rem; font-size: .875rem; }
.moves { display: flex; flex-wrap: wrap; gap: .5rem; margin-top: .5rem; }
time { font: .875rem ui-monospace, "SF Mono", Consolas, monospace; }
.method { color: var(--soft); font-weight: 400; font-size: .8125rem; }
.error { color: var(--warn); font-weight: 600; }
@media (max-width: 30rem) {
  .endpoints > li { grid-template-columns: 1fr; }
  .endpoints details { grid-column: 1; }
}
`);
