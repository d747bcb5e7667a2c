import { inline } from './inline.js';

/** The styles of all pages. The design is ours, not Kakao's. */
export const STYLES = inline(`
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
body:has(#language-ko:checked) .en, body:has(#language-en:checked) .ko { display: none; }
.emulator {
  background: #232b29; color: #e9efec; font-size: .8125rem; padding: .5rem 1.25rem;
  display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: .375rem 1.25rem;
  border-bottom: 6px solid; border-image: repeating-linear-gradient(135deg, #e0a526 0 12px, #232b29 12px 24px) 6;
}
.emulator p { flex: 1 1 14rem; }
.choices { display: inline-flex; border: 1px solid; border-radius: 8px; }
.choices > span { position: relative; display: flex; }
.choices input { position: absolute; inset: 0; width: 100%; height: 100%; appearance: none; border-radius: 7px; cursor: pointer; }
.choices label { padding: .25rem .75rem; border-radius: 7px; font-size: .8125rem; }
.choices :checked + label { font-weight: 600; text-decoration: underline; text-underline-offset: .25em; }
.emulator :checked + label { background: #e9efec; color: #232b29; }
.emulator :focus-visible { outline-color: #e0a526; }
main { max-width: 44rem; margin: 2.5rem auto; padding: 0 1.25rem; }
h1 { font-size: 1.625rem; line-height: 1.3; letter-spacing: -.01em; text-wrap: balance; margin-bottom: 1.5rem; }
h1 .app { display: block; font-size: 1.0625rem; letter-spacing: 0; color: var(--accent); margin-bottom: .375rem; }
h2, .users > legend { font-size: 1.0625rem; font-weight: 700; margin-bottom: .75rem; }
section, .users { margin-top: 1.75rem; }
legend { padding: 0; }
h3 { font-size: .875rem; margin: 1rem 0 .375rem; color: var(--soft); }
code, dd { font-family: ui-monospace, "SF Mono", "Cascadia Mono", Consolas, monospace; font-size: .8125rem; }
.items { list-style: none; padding: 0; background: var(--card); border: 1px solid var(--line); border-radius: 12px; }
.items li { padding: .75rem 1.125rem; }
.items li + li { border-top: 1px solid var(--line); }
.items .name { font-weight: 600; }
.items li { display: grid; grid-template-columns: 1fr auto; gap: 0 1rem; align-items: baseline; }
.items code { color: var(--soft); }
.allows { font-size: .875rem; margin-top: .25rem; grid-column: 1 / -1; }
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
.outcome { color: var(--warn); }
input { accent-color: var(--accent); width: 1.5rem; height: 1.5rem; flex: none; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; border-radius: 4px; }
.actions { display: grid; grid-template-columns: 2fr 1fr; gap: .75rem; margin: 1.25rem 0; padding: .75rem 0; }
button { font: inherit; padding: .75rem 1rem; border-radius: 12px; border: 1px solid var(--line); cursor: pointer; }
button:focus-visible { border-radius: 12px; }
.agree { font-weight: 600; background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
.cancel { background: var(--card); color: var(--ink); }
.agree:hover { filter: brightness(1.1); }
.cancel:hover { border-color: var(--soft); }
.notice, .detail { background: var(--warn-tint); border-left: 4px solid var(--warn); padding: .75rem 1rem; border-radius: 4px; margin-bottom: 1.25rem; }
.notice { font-weight: 600; }
.code { color: var(--warn); font: 700 1rem ui-monospace, Consolas, monospace; letter-spacing: .04em; margin-bottom: .375rem; }
.explained { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 0 1.25rem; }
.explained section { margin: 0; padding: 1rem 0; }
.explained section + section { border-top: 1px solid var(--line); }
.explained code { display: block; }
.explained h2 { font-size: .9375rem; margin-bottom: .25rem; color: var(--accent); }
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
  dl { grid-template-columns: 1fr; }
  dd { margin-bottom: .5rem; }
}
/* The buttons of a long consent screen stay in reach, unless the screen is too low. */
@media (min-height: 25rem) {
  .actions {
    position: sticky; bottom: 0; margin: 1.25rem -.25rem; padding: .75rem .25rem;
    background: var(--paper); border-top: 1px solid var(--line);
  }
  html:has(.actions) { scroll-padding-bottom: 6rem; }
}
`);
