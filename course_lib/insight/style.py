"""How the report looks: both themes, on paper, narrow and wide. No script, nothing loaded."""

STYLE = """
:root { color-scheme: light dark;
  --paper: #ffffff; --ink: #1b1f24; --soft: #55606c; --line: #d3dae1; --panel: #f4f6f8;
  --link: #0b5cad; --passed: #0f766e; --failed: #c2410c; --waits: #848f9b; --none: #dfe4e9;
  --edge: #848f9b; }
@media (prefers-color-scheme: dark) { :root {
  --paper: #14181d; --ink: #e8edf2; --soft: #a5b0bb; --line: #333c46; --panel: #1d232a;
  --link: #7cb8f5; --passed: #2fb8a6; --failed: #f28b4b; --waits: #7d8894; --none: #2c343d;
  --edge: #7d8894; } }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-behavior: smooth; }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 1rem/1.5 system-ui, "Segoe UI", "Noto Sans", sans-serif; overflow-wrap: break-word; }
header, main, footer { max-width: 66rem; margin: 0 auto; padding: 0 1.5rem; }
header { padding-top: 2.5rem; } footer { padding-bottom: 4rem; color: var(--soft); }
h1 { font-size: 2rem; line-height: 1.2; margin: 0 0 .5rem; letter-spacing: -.01em; }
h2 { font-size: 1.45rem; line-height: 1.25; margin: 3.5rem 0 .75rem; padding-top: 1rem;
  border-top: 1px solid var(--line); }
h3 { font-size: 1.15rem; margin: 2.25rem 0 .35rem; }
h4 { font-size: 1rem; margin: 1.75rem 0 .25rem; }
p { margin: .35rem 0 .75rem; max-width: 46rem; }
.soft { color: var(--soft); }
a { color: var(--link); text-underline-offset: .15em; }
a:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 2px; }
code { font-family: ui-monospace, "SF Mono", Menlo, Consolas, monospace; font-size: .92em;
  overflow-wrap: anywhere; }
nav { margin: 1.5rem 0 0; padding: .75rem 1rem; background: var(--panel); border-radius: .5rem; }
nav ul { margin: 0; padding: 0; list-style: none; display: flex; flex-wrap: wrap;
  gap: .3rem 1.5rem; }
nav a { display: inline-block; padding: .1rem 0; }

.repeats { margin: 1rem 0 0; padding: 0; list-style: none; counter-reset: rank; }
.repeats > li { counter-increment: rank; display: grid; column-gap: 1.25rem;
  grid-template-columns: 2.25rem minmax(0, 1fr) 11rem; padding: 1rem 0;
  border-top: 1px solid var(--line); }
.repeats > li:first-child { border-top: 0; }
.rank { font-size: 1.6rem; font-weight: 650; line-height: 1.2; color: var(--soft); }
.repeats p { margin: .2rem 0; }
.repeats .what { font-size: 1.08rem; font-weight: 650; }
.share { text-align: right; }
.share strong { font-size: 1.15rem; font-variant-numeric: tabular-nums; }
.share svg { margin-top: .4rem; }

svg.bar { display: block; width: 100%; height: .6rem; margin: .3rem 0 .1rem; overflow: visible; }
svg.tall { height: 1rem; }
.passed { fill: var(--passed); } .failed { fill: var(--failed); } .waits { fill: var(--waits); }
.none { fill: var(--none); } .track { fill: var(--none); }
.mark { stroke: var(--ink); stroke-width: 3; vector-effect: non-scaling-stroke; }
.swatch { display: inline-block; width: .7em; height: .7em; margin-right: .35em;
  border-radius: 2px; border: 1px solid transparent; }
.swatch.passed { background: var(--passed); } .swatch.failed { background: var(--failed); }
.swatch.waits { background: var(--waits); }
.swatch.none { background: var(--none); border-color: var(--edge); }

table { width: 100%; border-collapse: collapse; margin: .75rem 0 1.5rem; font-size: .94rem; }
.heard { position: absolute; width: 1px; height: 1px; padding: 0; overflow: hidden;
  clip-path: inset(50%); white-space: nowrap; }
table.small { max-width: 36rem; }
caption { text-align: left; font-weight: 600; padding: 0 0 .35rem; }
th, td { text-align: left; vertical-align: top; padding: .5rem .9rem .5rem 0;
  border-bottom: 1px solid var(--line); font-weight: 400; }
thead th { color: var(--soft); font-size: .88rem; vertical-align: bottom; }
th.number, td.number { text-align: right; font-variant-numeric: tabular-nums; width: 5.2rem;
  padding-left: .4rem; padding-right: 0; }
th.wide, td.wide { width: 40%; }
td.date { white-space: nowrap; } td.number + .date, th.number + .date { padding-left: 1.5rem; }
td.number + td.text, th.number + th.text { padding-left: 1.5rem; }
td p { margin: .15rem 0; } td .soft { font-size: .92em; }
.right-answer::after { content: " ✓ right"; color: var(--passed); font-weight: 600;
  white-space: nowrap; }
.pair { display: grid; grid-template-columns: 5.5rem minmax(0, 1fr) 3.5rem; gap: 0 .6rem;
  align-items: center; font-size: .92em; }
.pair span:last-child { text-align: right; font-variant-numeric: tabular-nums; }

@media (max-width: 48rem) {
  header, main, footer { padding-left: 1rem; padding-right: 1rem; }
  .repeats > li { grid-template-columns: 1.75rem minmax(0, 1fr); }
  .share { grid-column: 2; text-align: left; margin-top: .4rem; }
  table, tbody, tr, th[role=rowheader], td, caption { display: block; width: auto; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  tr { padding: .6rem 0; border-bottom: 1px solid var(--line); }
  th[role=rowheader], td, th.wide, td.wide { border: 0; padding: .15rem 0; width: auto; }
  td.number { display: flex; justify-content: space-between; gap: 1rem; width: auto;
    text-align: left; padding: .1rem 0; }
  td.number::before { content: attr(data-label) / ""; color: var(--soft); text-align: left; }
  td.number + td.text, td.number + td.date { padding-left: 0; }
  td.date { display: flex; justify-content: space-between; }
  td.date::before { content: attr(data-label) / ""; color: var(--soft); }
  td.text::before { content: attr(data-label) / ""; color: var(--soft); display: block;
    font-size: .88em; }
  td:empty { display: none; }
}
@media print {
  :root { --paper: #fff; --ink: #000; --soft: #444; --line: #bbb; --panel: #fff; --link: #000;
    --passed: #0f766e; --failed: #c2410c; --waits: #848f9b; --none: #dfe4e9; --edge: #848f9b; }
  body { font-size: 10pt; } nav { display: none; } h2, h3, h4 { break-after: avoid; }
  tr, .repeats > li { break-inside: avoid; }
  svg, .swatch { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
@media (forced-colors: active) {
  .passed { fill: Highlight; } .failed { fill: CanvasText; } .waits { fill: GrayText; }
  .none, .track { fill: Canvas; stroke: CanvasText; vector-effect: non-scaling-stroke; }
  .swatch { forced-color-adjust: none; }
}
"""
