import { z } from 'zod';
import { choice, date, section, toggle, whole } from './field';

/** The six regions by the paper's names; Latin America is with the Caribbean. */
export const REGIONS = ['Africa', 'Asia', 'Europe', 'Latin America', 'Northern America', 'Oceania'] as const;

/** Citations, international collaboration, models, counting, the gate. */
export const relevanceShapes = {
  citations: {
    general: choice(['any', 'concepts', 'pubmed'], 'Citing works that count: any, those with a concept of the field, those in PubMed'),
    until: date('Count citing works up to this date only'),
    compareUntil: date('Date of a second count, shown beside'),
    window: z.int().min(1).max(50).nullable().default(null).describe('Years after publication in which citations count; null: no limit'),
    self: choice(['keep', 'drop'], 'Citations by an author of the article'),
    retracted: choice(['keep', 'drop'], 'Citations by retracted works'),
  },
  international: {
    byline: choice(['all', 'first-ten'], 'Authors who are looked at'),
    oneAuthorTwoCountries: toggle(false, 'Whether one author with two countries makes an article international'),
    unknownCountry: choice(['national', 'drop'], 'Articles whose other authors have no known country'),
  },
  dyads: {
    authors: z
      .union([z.literal('all'), z.int().min(2).max(10_000)])
      .default(10)
      .describe('First authors whose countries make a dyad with the lead country: a number, or all'),
    count: choice(['country', 'author'], 'A foreign country counts once an article, or once an author'),
  },
  model: {
    estimator: choice(['nb-hhg', 'nb2-fe', 'poisson-fe', 'nb2'], 'Estimator of the models with outlet or country effects'),
    se: choice(['oim', 'robust', 'cluster'], 'Standard errors'),
    teamSize: choice(['linear', 'log', 'cap'], 'How the number of authors enters'),
    teamSizeCap: whole({ from: 1, to: 100_000, initial: 50 }, 'Largest team size, with teamSize: cap'),
    base: choice(['most-productive', ...REGIONS], 'Region the others are compared with'),
  },
  gate: { drift: choice(['warn', 'fail'], 'What drift from the published numbers does: a warning, or exit 3') },
  published: {
    numbers: z.string().min(1).nullable().default(null).describe('CSV of published numbers to hold a rebuild against'),
    claims: z.string().min(1).nullable().default(null).describe('CSV of published claims about order and direction'),
  },
};

export const relevanceFields = {
  citations: section(relevanceShapes.citations, 'Forward citations'),
  international: section(relevanceShapes.international, 'International collaboration'),
  dyads: section(relevanceShapes.dyads, 'Dyads of countries'),
  model: section(relevanceShapes.model, 'Count regressions'),
  counting: choice(['lead', 'whole', 'fractional'], 'How an article counts for countries'),
  gate: section(relevanceShapes.gate, 'The drift gate'),
  published: section(relevanceShapes.published, 'Published numbers'),
};
