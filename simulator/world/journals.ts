/** A journal of the synthetic world; independent of the seed. */
export interface Journal {
  index: number;
  title: string;
  abbreviation: string;
  nlmId: string;
  /** Print ISSN, or null for electronic only. */
  print: string | null;
  electronic: string;
  sourceId: string;
  /** JCR categories; empty = not in the JCR. */
  categories: string[];
  edition: string;
  /** As the export prints it: a number, `<0.1` or `N/A`. */
  impactFactor: string;
  /** Among the three best of one of its categories by competition ranking. */
  highRanked: boolean;
}

const subjects: [category: string, subject: string][] = [
  ['MATHEMATICAL & COMPUTATIONAL BIOLOGY', 'Computational Biology'],
  ['RADIOLOGY, NUCLEAR MEDICINE & MEDICAL IMAGING', 'Radiology'],
  ['NEUROSCIENCES', 'Neuroscience'],
  ['ONCOLOGY', 'Oncology'],
  ['MEDICINE, GENERAL & INTERNAL', 'Medicine'],
  ['SURGERY', 'Surgery'],
  ['MEDICAL INFORMATICS', 'Health Informatics'],
  ['ENGINEERING, BIOMEDICAL', 'Biomedical Engineering'],
];

const patterns = [
  'Synthetic Annals of {s}',
  'Synthetic Reviews in {s}',
  'The Synthetic Journal of {s}',
  'Invented Archives of {s}',
  'Synthetic {s} Letters',
  'Synthetic Advances in {s}',
  'Imaginary {s} Reports',
  'Synthetic Frontiers of {s}',
  'Synthetic {s} & Practice',
  'Synthetic Open {s}',
  'Invented Acta of {s}',
  'Synthetic Bulletin of {s}',
];

/** Impact factors by place within a category. Places 3 and 4 tie in every other category; the last places show the quirks of the export. */
const factors = [24.118, 15.402, 11.37, 9.264, 6.81, 5.233, 4.606, 3.958, 3.12, 2.447, 1.905, 0.882];

/** Outside the JCR; the first two have keywords in their titles and must not make an article match. */
const unranked = [
  'Synthetic Journal of Artificial Intelligence in Care',
  'Synthetic Robot Surgery Reports',
  'Synthetic Regional Medical Gazette',
  'Invented Bulletin of Rural Health',
  'Synthetic Case Notes',
  'Synthetic Letters on Public Health',
  'Invented Nursing Quarterly',
  'Synthetic Proceedings in Biology',
];

/** ISSN with check digit from seven digits; 99… is a range that no journal has. */
export function issn(serial: number): string {
  const digits = String(9_900_000 + serial);
  const sum = [...digits].reduce((total, digit, index) => total + Number(digit) * (8 - index), 0);
  const check = (11 - (sum % 11)) % 11;
  return `${digits.slice(0, 4)}-${digits.slice(4)}${check === 10 ? 'X' : check}`;
}

function factorAt(subject: number, place: number): string {
  if (place === 3 && subject % 2 === 0) return (factors[2] ?? 0).toFixed(3);
  if (place === 11 && subject === 0) return 'N/A';
  if (place === 11 && subject === 1) return '<0.1';
  return ((factors[place] ?? 0) * (1 - subject * 0.03)).toFixed(3);
}

function abbreviated(title: string): string {
  return title
    .split(' ')
    .filter((word) => !['of', 'in', 'the', 'The', 'and', '&', 'on'].includes(word))
    .map((word) => word.slice(0, 5))
    .join(' ');
}

const tied = (subject: number, place: number) => subject % 2 === 0 && place === 3;

function journal(index: number, title: string, rank: Pick<Journal, 'categories' | 'edition' | 'impactFactor' | 'highRanked'>): Journal {
  return {
    index,
    title,
    abbreviation: abbreviated(title),
    nlmId: String(9_900_000 + index),
    print: index % 17 === 5 ? null : issn(index * 20),
    electronic: issn(index * 20 + 7),
    sourceId: `S${9_900_000_001 + index}`,
    ...rank,
  };
}

function ranked(subject: number, place: number): Journal {
  const [category = '', name = ''] = subjects[subject] ?? [];
  const first = factors[2]?.toFixed(3);
  const impactFactor = place === 2 && subject % 2 === 0 ? String(first) : factorAt(subject, place);
  // A journal in two editions stands where a tie keeps the top three the same, whether editions are read apart or together.
  const edition = subject === 2 && place === 3 ? 'SCIE, SSCI' : 'SCIE';
  const second = place === 6 ? [subjects[(subject + 1) % subjects.length]?.[0] ?? ''] : [];
  return journal(subject * patterns.length + place, (patterns[place] ?? '').replace('{s}', name), {
    categories: [category, ...second],
    edition,
    impactFactor,
    highRanked: place < 3 || tied(subject, place),
  });
}

export const journals: readonly Journal[] = [
  ...subjects.flatMap((_, subject) => patterns.map((_pattern, place) => ranked(subject, place))),
  ...unranked.map((title, index) =>
    journal(subjects.length * patterns.length + index, title, { categories: [], edition: '', impactFactor: 'N/A', highRanked: false }),
  ),
];

/** Titles of these journals hold a keyword. */
export const decoyJournals: readonly Journal[] = journals.filter(({ title }) => /Artificial Intelligence|Robot/.test(title));

/** Journals of a category by standing; index 0 is the best. */
export function journalsOf(category: string, highRanked: boolean): readonly Journal[] {
  return journals.filter((one) => one.categories[0] === category && one.highRanked === highRanked);
}

export const outsideJcr: readonly Journal[] = journals.filter((one) => one.categories.length === 0 && !decoyJournals.includes(one));
