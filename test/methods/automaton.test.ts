import fc from 'fast-check';
import { Automaton } from '../../methods/keywords/automaton';
import { byteMatcher } from '../../methods/keywords/byte-matcher';
import { FoldedUnits } from '../../methods/keywords/folded-units';
import { fold } from '../../methods/keywords';
import { findsInBytes } from './in-bytes';

const letters = fc.constantFrom('a', 'b', 'н');
const piece = fc.oneof({ weight: 5, arbitrary: letters }, { weight: 1, arbitrary: fc.constant(' ') });
const needle = fc
  .tuple(fc.constantFrom(' ', ''), letters, fc.array(piece, { maxLength: 2 }), letters, fc.constantFrom(' ', 's ', ''))
  .map(([start, first, middle, last, end]) => (start + first + middle.join('') + last + end).replace(/ +/g, ' '));
const text = fc
  .array(fc.constantFrom('a', 'b', 'A', 'B', 'н', 'Н', 's', ' ', '-', '\u00a0', '\u00ad', 'á'), { maxLength: 40 })
  .map((units) => units.join(''));

test('every needle that stands there is found, in folded text and in bytes', () => {
  let hits = 0;
  fc.assert(
    fc.property(fc.uniqueArray(needle, { minLength: 1, maxLength: 6 }), text, (needles, some) => {
      const automaton = new Automaton(needles.map((one, index) => [one, index]));
      const folded = ` ${fold(some)} `;
      const units = new FoldedUnits();
      units.read(some);
      expect(String.fromCharCode(...units.units.subarray(0, units.length))).toBe(folded === '  ' ? ' ' : folded);
      const found = new Set<number>();
      automaton.scan(units, (value, behind) => {
        expect(folded.slice(0, behind).endsWith(needles[value]!)).toBe(true);
        found.add(value);
      });
      const wanted = needles.flatMap((one, index) => (folded.includes(one) ? [index] : []));
      expect([...found].sort()).toEqual(wanted);
      expect(findsInBytes(byteMatcher(automaton), some)).toBe(wanted.length > 0);
      hits += wanted.length;
    }),
    { numRuns: process.env.ATLAS_LONG_TESTS ? 20_000 : 3_000 },
  );
  expect(hits).toBeGreaterThan(100);
});

test('every byte that begins markup, is no text, or is not ASCII stops without being read', () => {
  const { classes, shift, next, mark } = byteMatcher(new Automaton([[' a ', 0]]));
  for (const byte of [0x00, 0x1f, 0x26, 0x3c, 0x80, 0xff]) expect(next[(2 << shift) | classes[byte]!]).toBe(2 + mark);
  for (const byte of [0x09, 0x0a, 0x0d, 0x20, 0x41, 0x7e]) expect(next[(0 << shift) | classes[byte]!]! < mark).toBe(true);
});
