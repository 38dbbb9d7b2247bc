import fc from 'fast-check';
import { normaliseDoi } from '../../clients/openalex/doi';

test.each([
  ['https://doi.org/10.7717/PeerJ.4375', '10.7717/peerj.4375'],
  [' http://dx.doi.org/10.1000/abc. ', '10.1000/abc'],
  ['doi:10.1000/abc;,', '10.1000/abc'],
  ['DOI: 10.1000/abc', '10.1000/abc'],
  ['10.1002/(SICI)1097-0258(19980815/30)17:15%3C1661::AID%3E3.0.CO;2-2', '10.1002/(sici)1097-0258(19980815/30)17:15<1661::aid>3.0.co;2-2'],
  ['10.1000/50%25', '10.1000/50%'],
  ['10.1000/50%zz', '10.1000/50%zz'],
  ['10.1016/s0140-6736(05)67139-5', '10.1016/s0140-6736(05)67139-5'],
  ['10.12/short', null],
  ['10.1000/with blank', null],
  ['10.1000/', null],
  ['S0140-6736', null],
  ['', null],
  [null, null],
  [undefined, null],
])('%s → %s', (raw, doi) => expect(normaliseDoi(raw)).toBe(doi));

test('what is normal stays as it is, unless it holds an escape', () => {
  const suffix = fc.string({ minLength: 1, unit: fc.constantFrom(...'abc019/-_()<>:') });
  fc.assert(fc.property(suffix, (text) => expect(normaliseDoi(normaliseDoi(`10.1000/${text}x`))).toBe(`10.1000/${text}x`)));
});
