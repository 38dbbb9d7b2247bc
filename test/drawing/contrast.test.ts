import { figureStyle } from '../../drawing/style';

/** Relative luminance, WCAG 2.2. */
function luminance(hex: string): number {
  const full = hex.length === 4 ? hex.replace(/[0-9a-f]/gi, '$&$&') : hex;
  const [r, g, b] = [1, 3, 5]
    .map((i) => parseInt(full.slice(i, i + 2), 16) / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

function contrast(a: string, b: string): number {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high! + 0.05) / (low! + 0.05);
}

const schemes = [...figureStyle.matchAll(/(--paper:[^}]*)\}/g)].map((match) =>
  Object.fromEntries([...match[1]!.matchAll(/--([a-z0-9]+):(#[0-9a-f]+)/gi)].map((pair) => [pair[1]!, pair[2]!])),
);

test.each(['light', 'dark', 'print'])('%s: text has 4.5:1, region colours 3:1, tones run in one direction', (name) => {
  const colours = schemes[['light', 'dark', 'print'].indexOf(name)]!;
  for (const text of ['ink', 'muted', 'k4', 'northern', 'asia'])
    expect([text, contrast(colours[text]!, colours.paper!) >= 4.5]).toEqual([text, true]);
  for (const region of ['europe', 'latin', 'oceania', 'africa', 'none'])
    expect([region, contrast(colours[region]!, colours.paper!) >= 3]).toEqual([region, true]);
  const steps = [0, 1, 2, 3, 4, 5].map((k) => contrast(colours[`k${k}`]!, colours.paper!));
  expect(steps).toEqual([...steps].sort((a, b) => a - b));
});
