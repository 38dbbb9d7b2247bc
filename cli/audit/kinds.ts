import { areaOf, type Politics } from '../../methods/regions';
import { countryCodes, type Audited, type AuditKind, type SheetText } from '../../store/audited';
import type { Database } from '../../store/database';
import { CommandError } from '../failure';

/** What a rater is asked, sees and may answer. */
interface Question {
  readonly asks: string;
  readonly shows: readonly (keyof SheetText)[];
  /** Whether the rating says that the program is right; null when the rater cannot tell. */
  readonly right: (rating: string, row: Audited, politics: Politics) => boolean | null;
}

const yesNo = (rating: string): boolean | null => (rating === 'unsure' ? null : rating === 'yes');

export const questions: Readonly<Record<AuditKind, Question>> = {
  'pubmed-ai': {
    asks: 'Is artificial intelligence developed, used or studied in this article? yes, no or unsure',
    shows: ['year', 'doi', 'title', 'abstract'],
    right: yesNo,
  },
  'conference-life-science': {
    asks: 'Is this article about the life sciences (biology, chemistry, medicine, psychology)? yes, no or unsure',
    shows: ['year', 'doi', 'title', 'abstract'],
    right: yesNo,
  },
  country: {
    asks: "In which country is the lead author (by the study's rule, usually the last)? ISO 3166-1 alpha-2 code such as DE, or unknown",
    shows: ['year', 'doi', 'title', 'affiliations_pubmed', 'affiliations_openalex'],
    // A rater writes Hong Kong's own code, also where the study counts it with China.
    right: (rating, { country }, politics) => (rating === 'unknown' ? null : areaOf(rating.toUpperCase(), politics) === country),
  },
};

const KINDS = Object.keys(questions) as AuditKind[];

/** @throws CommandError (exit 2) */
export function kindOf(name: string): AuditKind {
  const found = KINDS.find((kind) => kind === name);
  if (found !== undefined) return found;
  throw new CommandError(`Expected a kind of audit, one of ${KINDS.join(', ')}, got "${name}". Name one of these.`, 2);
}

/** Ratings of this kind, in lower case. */
export async function vocabularyOf(database: Database, run: number, kind: AuditKind): Promise<ReadonlySet<string>> {
  if (kind !== 'country') return new Set(['yes', 'no', 'unsure']);
  return new Set(['unknown', ...(await countryCodes(database, run)).map((code) => code.toLowerCase())]);
}
