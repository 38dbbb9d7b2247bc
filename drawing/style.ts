/**
 * Colours and type of all figures, for the page and for SVG files that stand alone. One sequential scale (k0 … k5, ordered by lightness, so it
 * survives black-and-white print) and one palette for the six regions (after Okabe & Ito 2008, darkened or lightened to at least 3:1 on the paper).
 */
const light = `--paper:#fff;--ink:#1a1f26;--muted:#56606b;--line:#dfe3e8;--empty:#efece6;--edge:#fff;
--k0:#d3e6ee;--k1:#a5cfdd;--k2:#73b3cb;--k3:#3f8bb2;--k4:#1f6091;--k5:#0b3558;--accent:#1f6091;--accent2:#8fbfd3;
--asia:#c65200;--europe:#0072b2;--northern:#00805d;--latin:#b0508a;--oceania:#434b57;--africa:#946700;--none:#6b7480;`;

const dark = `--paper:#11161c;--ink:#e8ebee;--muted:#a3adb8;--line:#2c343d;--empty:#2a2a2b;--edge:#11161c;
--k0:#1b3a4d;--k1:#21546f;--k2:#2c7696;--k3:#4a9dbb;--k4:#86c5d8;--k5:#d5f0f5;--accent:#6fb8d2;--accent2:#2f6a86;
--asia:#ff8b3d;--europe:#4fb0f0;--northern:#2bc39a;--latin:#ea95c6;--oceania:#d3d9e0;--africa:#e0ac3f;--none:#98a2ad;`;

const tones = [0, 1, 2, 3, 4, 5].map((k) => `.k${k}{fill:var(--k${k})}.small.k${k}{fill:url(#hatch-${k})}`).join('');

const palette = ['asia', 'europe', 'northern', 'latin', 'oceania', 'africa', 'none']
  .map((slug) => `.region-${slug}{--region:var(--${slug})}`)
  .join('');

/** CSS for figures: variables for light, dark and print, and the rules of the marks. */
export const figureStyle = `:root{color-scheme:light dark;${light}}
@media (prefers-color-scheme:dark){:root{${dark}}}
@media print{:root{color-scheme:light;${light}}}
.figure{font:12px/1.3 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;display:block;max-width:100%;height:auto;overflow:visible}
.figure text{fill:var(--ink);font-variant-numeric:tabular-nums}
.figure .muted{fill:var(--muted)}
.figure .strong{font-weight:600}
.figure .light{font-weight:400;fill:var(--muted)}
.figure .heading{font:600 19px/1.25 Charter,"Bitstream Charter","Iowan Old Style",Georgia,serif}
.figure .sheet{fill:var(--paper)}
.figure .grid{stroke:var(--line);stroke-width:1;fill:none}
.figure .base{stroke:var(--muted);stroke-width:1}
.figure .area{fill:var(--empty);stroke:var(--edge);stroke-width:.5;stroke-linejoin:round}
.figure .stripe{stroke:var(--paper);stroke-width:1.6;opacity:.75}
.figure .main{fill:var(--accent)}
.figure .second{fill:var(--accent2)}
.figure .fit{fill:none;stroke:var(--ink);stroke-width:1.5;stroke-dasharray:4 3}
.figure .bar{fill:var(--region,var(--accent))}
.figure .few{fill:var(--paper);stroke:var(--region,var(--accent));stroke-dasharray:3 2}
.figure .lost{fill:none;stroke:var(--muted);stroke-dasharray:3 2}
.figure .path{fill:none;stroke:var(--region,var(--accent));stroke-width:2;stroke-linejoin:round}
.figure .dot{fill:var(--region,var(--accent));stroke:var(--paper);stroke-width:1}
.figure .dot.few{fill:var(--paper);stroke:var(--region,var(--accent));stroke-width:1.5;stroke-dasharray:none}
.figure .cell{stroke:var(--paper);stroke-width:1;fill:var(--empty)}
${tones.replace(/\.k/g, '.figure .k').replace(/\.small\.figure /g, '.figure .small')}
${palette}`;
