import { XMLParser } from 'fast-xml-parser';
import { z } from 'zod';
import { BrokenAnswer } from '../http/errors';

export interface SearchAnswer {
  /** All hits, also those beyond the 9,999 that can be had. */
  count: number;
  pmids: number[];
  /** What PubMed made of the term. */
  translation: string | null;
  /** Phrases it did not find or ignored, and its notes, each with its kind: `PhraseNotFound: abcXYZ`. */
  warnings: string[];
}

const lists = new Set(['Id', 'PhraseNotFound', 'FieldNotFound', 'OutputMessage', 'QuotedPhraseNotFound', 'PhraseIgnored']);
const parser = new XMLParser({ parseTagValue: false, ignoreAttributes: true, isArray: (name) => lists.has(name) });

/** An empty element is read as an empty text. */
const emptied = (value: unknown) => (value === '' ? {} : value);
const group = z.preprocess(emptied, z.record(z.string(), z.array(z.string())).default({}));

const schema = z.object({
  eSearchResult: z.object({
    Count: z.string().regex(/^\d+$/),
    IdList: z.preprocess(emptied, z.object({ Id: z.array(z.string().regex(/^\d+$/)).default([]) })),
    QueryTranslation: z.string().optional(),
    ErrorList: group,
    WarningList: group,
  }),
});

/** Reads the XML of ESearch. Nothing found is a correct answer. @throws BrokenAnswer if there is no Count */
export function readSearchAnswer(xml: string): SearchAnswer {
  const read = schema.safeParse(parser.parse(xml));
  if (!read.success) throw new BrokenAnswer(`Expected an eSearchResult with a Count, got another answer (ESearch). Search again.`);
  const { Count, IdList, QueryTranslation, ErrorList, WarningList } = read.data.eSearchResult;
  const warnings = [ErrorList, WarningList].flatMap((list) =>
    Object.entries(list).flatMap(([kind, texts]) => texts.map((text) => `${kind}: ${text}`)),
  );
  return { count: Number(Count), pmids: IdList.Id.map(Number), translation: QueryTranslation ?? null, warnings };
}
