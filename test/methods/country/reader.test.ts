import fc from 'fast-check';
import { countryTables, readCountry, rowsOf } from './tables';

const cases: [string, string | null, string][] = [
  ['Department of Physics, University of Bonn, Bonn, Germany', 'DE', 'name'],
  ['Massachusetts General Hospital, Boston, MA 02114', 'US', 'us-state'],
  ['Emory University, Atlanta, Georgia', 'US', 'us-state'],
  ['Augusta University, Augusta, Georgia 30912', 'US', 'city'],
  ['University of Georgia, Athens, GA', 'US', 'us-state'],
  ['Tbilisi State Medical University, Tbilisi, Georgia', 'GE', 'name'],
  ['University of Georgia', null, 'none'],
  ['University of New Mexico, Albuquerque, New Mexico', 'US', 'us-state'],
  ['Dartmouth-Hitchcock Medical Center, Lebanon, NH 03756', 'US', 'city'],
  ['Rutgers, New Jersey', 'US', 'us-state'],
  ['Hospital of St Helier, Jersey', 'JE', 'name'],
  ['University of Agadez, Niger', 'NE', 'name'],
  ['University of Ibadan, Nigeria', 'NG', 'name'],
  ['Indiana University School of Medicine, Indianapolis', 'US', 'city'],
  ['Beth Israel Hospital', null, 'none'],
  ['Beth Israel Deaconess Medical Center, Boston, Massachusetts', 'US', 'us-state'],
  ['Technion, Haifa, Israel', 'IL', 'name'],
  ['Peking University, Beijing 100871, P.R. China', 'CN', 'name'],
  ["Fudan University, Shanghai, People's Republic of China", 'CN', 'name'],
  ['The University of Hong Kong, Pokfulam, Hong Kong SAR, China', 'HK', 'name'],
  ['Chinese University of Hong Kong, Shenzhen, China', 'CN', 'name'],
  ['National Taiwan University, Taipei, Taiwan, R.O.C.', 'TW', 'name'],
  ['Academia Sinica, Taipei, Republic of China', 'TW', 'name'],
  ['University of Macau, Macau, China', 'MO', 'name'],
  ["Queen's University, Belfast, Northern Ireland", 'GB', 'province'],
  ['Trinity College, Dublin, Ireland', 'IE', 'name'],
  ['University of New South Wales, Sydney, NSW 2052', 'AU', 'province'],
  ['Dept of Surgery, Western University, London, Ontario', 'CA', 'province'],
  ['Dept of Surgery, London, ON N6A 5C1', 'CA', 'postcode'],
  ['McGill University, Montreal, QC, Canada', 'CA', 'name'],
  ['Western General Hospital, EH4 2XU', 'GB', 'postcode'],
  ['Some Clinic, D-99999 Smalltown', 'DE', 'postcode'],
  ['Some Clinic, Building A 1234 East', null, 'none'],
  ['Some Clinic, SE-999 85 Smalltown', 'SE', 'postcode'],
  ['Some Clinic, Smalltown, CA', null, 'none'],
  ['Some Clinic, Smalltown, CA 90210', 'US', 'us-state'],
  ['University of California, Los Angeles, CA', 'US', 'us-state'],
  ['University of Port Moresby, Papua New Guinea', 'PG', 'name'],
  ['Universidad Nacional, Malabo, Guinea Ecuatorial', 'GQ', 'name'],
  ['Universitatea din Pitești, Romania', 'RO', 'name'],
  ['Bandung Institute of Technology, Indonesia', 'ID', 'name'],
  ['Pyongyang University, DPR Korea', 'KP', 'name'],
  ['Seoul National University, Seoul, Korea', 'KR', 'name'],
  ['Université de Kinshasa, Democratic Republic of the Congo', 'CD', 'name'],
  ['Juba Teaching Hospital, South Sudan', 'SS', 'name'],
  ['University of Puerto Rico, San Juan, Puerto Rico, USA', 'PR', 'city'],
  ['American University of Beirut, Beirut', 'LB', 'city'],
  ['China Medical University, Taichung', 'TW', 'city'],
  ['Ege Üniversitesi, İzmir, TÜRKİYE', 'TR', 'name'],
  ['Universidade de São Paulo, Brasil', 'BR', 'name'],
  ['Institute of Oceanography, Gulf of Mexico Program', null, 'none'],
  ['Institute of Things. a.b@inst.ac.uk', 'GB', 'email-domain'],
  ['Institute of Things. a.b@gmail.com', null, 'none'],
  ['Startup Labs. founder@brain.ai', null, 'none'],
  ['Startup Labs. a@uniandes.edu.co', 'CO', 'email-domain'],
  ['University of Oxford, Oxford, UK. Electronic address: x@pku.edu.cn', 'GB', 'name'],
  ['give us a hint', null, 'none'],
  ['NIH, Bethesda, U.S.A.', 'US', 'name'],
  ['Institute A, Paris, France; Institute B, Rome, Italy', 'FR', 'name'],
  ['Institute A, Paris, France. Present address: Institute B, Rome, Italy', 'FR', 'name'],
  ['', null, 'none'],
];

test.each(cases)('%s → %s by %s', (affiliation, country, cue) => {
  expect(readCountry(affiliation)).toEqual({ country, cue });
});

test('every area of M49 can be read by its own name', () => {
  const missed = rowsOf<{ iso2: string; name: string }>('un-m49-countries.csv').filter(
    ({ iso2, name }) => iso2 !== 'GE' && readCountry(`Institute of Medicine, ${name}`).country !== iso2,
  );
  expect(missed).toEqual([]);
});

test('every name is listed for one country only, but for Georgia', () => {
  const missed = countryTables.names.filter(({ iso2, name }) => iso2 !== 'GE' && readCountry(`Hospital, ${name}`).country !== iso2);
  expect(missed).toEqual([]);
});

test('any text gives an answer or none, with a cue that says which, and the same one again', () => {
  const words = fc.constantFrom(
    'Georgia',
    'GA',
    'CA',
    '90210',
    'Univ',
    'of',
    ',',
    ';',
    '.',
    '(',
    'P.R.',
    'China',
    'Hong Kong',
    'a@b.de',
    '\ud800',
  );
  const texts = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(words).map((some) => some.join(' ')),
  );
  fc.assert(
    fc.property(texts, (text) => {
      const { country, cue } = readCountry(text);
      expect(country === null).toBe(cue === 'none');
      expect(readCountry(text)).toEqual({ country, cue });
    }),
  );
});

test.each([
  ['letters without a space', 'a'.repeat(100_000) + '@'],
  ['a doubtful name again and again', 'Georgia, '.repeat(2_000)],
  ['addresses without end', 'present address '.repeat(10_000)],
  ['initials that never close', '(A.B., '.repeat(5_000)],
])('text without end costs no more than its length: %s', (_, text) => {
  expect(() => readCountry(text)).not.toThrow();
});
