/** A conference series of the synthetic world; independent of the seed. */
export interface Conference {
  title: string;
  acronym: string;
  /** CORE rank as printed; null = not in the CORE list. */
  rank: string | null;
  /** OpenAlex sources: one, two, or one a year. */
  sources: { id: string; name: string }[];
  weight: number;
}

let serial = 0;
const source = (name: string) => ({ id: `S${9_910_000_001 + serial++}`, name });

function series(title: string, acronym: string, rank: string | null, weight: number, names: string[] = [title]): Conference {
  return { title, acronym, rank, weight, sources: names.map(source) };
}

const imaging = 'Synthetic Symposium on Medical Imaging Systems';

export const conferences: readonly Conference[] = [
  series('Synthetic Conference on Learning Machines', 'SYNCLM', 'A*', 5),
  series('Synthetic Conference on Seeing Computers', 'SYNCSC', 'A*', 4, [
    'Synthetic Conference on Seeing Computers',
    'Synthetic Conference on Seeing Computers',
  ]),
  series('Invented Conference on Language, Speech and Meaning', 'INVCLS', 'A*', 3),
  series('Synthetic Conference on Medical Computing', 'SYNMC', 'A', 14),
  series('Synthetic Conference on Robots and Automation', 'SYNCRA', 'A', 12),
  series('Invented Conference on Intelligent Systems in Biology', 'INVISB', 'B', 14),
  series(
    imaging,
    'SYNMIS',
    'B',
    12,
    [2008, 2012, 2016, 2019, 2021].map((year) => `${year} ${imaging} (SYNMIS)`),
  ),
  series('Synthetic Workshop on Health Data', 'SYNWHD', 'C', 10),
  series('Synthetic Conference on Signals in Medicine', 'SYNSIM', 'C', 8),
  series('Invented Forum on Applied Computing', 'INVFAC', 'Unranked', 7),
  series('Synthetic Canadian Conference on Computing', 'SYNCCC', 'National: Canada', 4),
  series('Synthetic Australasian Conference on Data', 'SYNACD', 'Australasian B', 4),
  series('Invented Meeting of Bioengineers', 'INVMB', null, 9),
  series('Synthetic Congress of Regional Medicine', 'SYNCRM', null, 5),
];

/** Which source a paper of that year is in: a series with yearly sources uses the next one. */
export function sourceOf({ sources }: Conference, year: number, draw: number): { id: string; name: string } {
  const yearly = sources.find(({ name }) => /^\d{4} /.test(name) && Number(name.slice(0, 4)) >= year);
  const chosen = yearly ?? sources[sources.length > 2 ? sources.length - 1 : Math.floor(draw * sources.length)];
  if (!chosen) throw new Error('Expected a source for every conference, got none. Check simulator/world/conferences.ts.');
  return chosen;
}
