// The design is ours, not Kakao's.
const SHARED = `
:root {
  color-scheme: light dark;
  --paper: #f3f2ee; --card: #fff; --ink: #1d1f1e; --soft: #5d625f; --line: #dcdad3;
  --accent: #14605a; --on-accent: #fff; --tint: #e9f2f0; --warn: #8f2d15; --warn-tint: #fcefe9;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #161817; --card: #1f2221; --ink: #eceeea; --soft: #a6ada9; --line: #383d3a;
    --accent: #6fc7bd; --on-accent: #0c2421; --tint: #20312f; --warn: #ffab91; --warn-tint: #3a241d;
  }
}
* { box-sizing: border-box; margin: 0; }
body {
  background: var(--paper); color: var(--ink); overflow-wrap: anywhere; word-break: keep-all;
  font: 16px/1.5 system-ui, "Apple SD Gothic Neo", "Malgun Gothic", "Noto Sans KR", "Noto Sans CJK KR", sans-serif;
}
.emulator {
  background: #232b29; color: #e9efec; font-size: .8125rem; padding: .75rem 1.25rem; text-align: center;
  border-bottom: 6px solid; border-image: repeating-linear-gradient(135deg, #e0a526 0 12px, #232b29 12px 24px) 6;
}
.emulator > span { display: block; }
main { max-width: 44rem; margin: 2.5rem auto; padding: 0 1.25rem; }
h1 { font-size: 1.625rem; line-height: 1.3; letter-spacing: -.01em; text-wrap: balance; margin-bottom: 1.5rem; }
h1 .app { display: block; font-size: 1.0625rem; letter-spacing: 0; color: var(--accent); margin-bottom: .375rem; }
h2, .users > legend { font-size: 1.0625rem; font-weight: 700; margin-bottom: .75rem; }
section, .users { margin-top: 1.75rem; }
legend { padding: 0; }
h3 { font-size: .875rem; margin: 1rem 0 .375rem; color: var(--soft); }
.en { color: var(--soft); font-weight: 400; }
h1 .ko, h1 .en, .allows .ko, .allows .en, .hint .ko, .hint .en, .notice .ko, .notice .en,
.passage .ko, .passage .en, .detail .ko, .detail .en { display: block; }
h1 .en { font-size: 1.0625rem; margin-top: .25rem; }
h2 .en, legend .en, summary .en { font-size: .875em; }
h3 .en { font-size: inherit; }
code, dd { font-family: ui-monospace, "SF Mono", "Cascadia Mono", Consolas, monospace; font-size: .8125rem; }
.items { list-style: none; padding: 0; background: var(--card); border: 1px solid var(--line); border-radius: 12px; }
.items li { padding: .75rem 1.125rem; }
.items li + li { border-top: 1px solid var(--line); }
.items .name .ko { font-weight: 600; }
.items li { display: grid; grid-template-columns: 1fr auto; gap: 0 1rem; align-items: baseline; }
.items .name .en { font-size: .9375rem; }
.items code { color: var(--soft); }
.allows { font-size: .875rem; margin-top: .25rem; grid-column: 1 / -1; }
.allows .en { font-size: .8125rem; }
.hint { color: var(--soft); font-size: .875rem; margin-top: .875rem; text-wrap: pretty; }
fieldset { border: 0; padding: 0; min-width: 0; }
.user { position: relative; background: var(--card); border: 1px solid var(--line); border-radius: 12px; margin-bottom: .625rem; }
.user > input { position: absolute; left: 1rem; top: .875rem; }
.user > label { display: block; padding: .875rem 1.125rem .875rem 3.25rem; cursor: pointer; }
.user .name { display: block; font-weight: 600; }
.user .account { color: var(--soft); font-size: .875rem; }
.user:has(> input:checked) { border-color: var(--accent); box-shadow: 0 0 0 1px var(--accent); }
.unfolds { display: none; padding: 0 1.125rem .5rem 3.25rem; }
input:checked ~ .unfolds:has(*) { display: block; }
.unfolds fieldset { border-top: 1px solid var(--line); padding: .75rem 0; }
.unfolds legend { float: left; width: 100%; font-size: .875rem; font-weight: 600; margin-bottom: .25rem; }
.unfolds legend ~ * { clear: both; }
.option { display: flex; gap: .625rem; align-items: flex-start; }
.option label { flex: 1; padding: .375rem 0; cursor: pointer; }
.option code { color: var(--soft); }
.option input { margin-top: .375rem; }
.fixed::before { content: "✓ " / ""; color: var(--accent); font-weight: 700; }
.fixed, .none, .outcome { font-size: .9375rem; padding: .375rem 0; }
.outcome, .outcome .en { color: var(--warn); }
input { accent-color: var(--accent); width: 1.5rem; height: 1.5rem; flex: none; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; border-radius: 4px; }
.actions { display: grid; grid-template-columns: 2fr 1fr; gap: .75rem; margin: 1.75rem 0 2rem; }
button { font: inherit; padding: .75rem 1rem; border-radius: 12px; border: 1px solid var(--line); cursor: pointer; }
button .ko, button .en { display: block; }
button .ko { font-weight: 600; }
button .en { font-size: .8125rem; }
button:focus-visible { border-radius: 12px; }
.agree { background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
.agree .en { color: inherit; }
.cancel { background: var(--card); color: var(--ink); }
.agree:hover { filter: brightness(1.1); }
.cancel:hover { border-color: var(--soft); }
.notice, .detail { background: var(--warn-tint); border-left: 4px solid var(--warn); padding: .75rem 1rem; border-radius: 4px; margin-bottom: 1.25rem; }
.notice .ko { font-weight: 600; }
.code { color: var(--warn); font: 700 1rem ui-monospace, Consolas, monospace; letter-spacing: .04em; margin-bottom: .375rem; }
.explained { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 0 1.25rem; }
.explained section { margin: 0; padding: 1rem 0; }
.explained section + section { border-top: 1px solid var(--line); }
.explained h2 { font-size: .9375rem; margin-bottom: .25rem; color: var(--accent); }
.passage .en { font-size: .9375rem; margin-top: .125rem; }
.panel-link { border-top: 1px solid var(--line); margin-top: 1.75rem; padding: .5rem 0 2rem; font-size: .8125rem; }
details + .panel-link { margin-top: 0; }
.panel-link a { color: var(--soft); display: inline-block; padding: .25rem 0; }
details { border-top: 1px solid var(--line); padding: .75rem 0; font-size: .875rem; }
summary { cursor: pointer; padding: .25rem 0; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .375rem 1rem; padding-top: .75rem; }
dt { color: var(--soft); }
@media (max-width: 30rem) {
  main { margin: 1.5rem auto; }
  h1 { font-size: 1.375rem; }
  .unfolds { padding-left: 1.125rem; }
  .items li { grid-template-columns: 1fr; }
  h2 .en, h3 .en, legend .en, .items .name .en, .fixed .en, .outcome .en { display: block; }
  .actions, dl { grid-template-columns: 1fr; }
  dd { margin-bottom: .5rem; }
}
`;

// Styles of the developer panel.
const PANEL = `
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

/** The styles of all pages. */
export const STYLES = SHARED + PANEL;
