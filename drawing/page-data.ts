/** Everything the atlas page shows: the contract between the tables of a run and the page composer. Types only. */
export interface PageData {
  title: string;
  study: string;
  studyTitle: string;
  vintage: string;
  synthetic: boolean;
  /** A few recorded answers: real articles, no sample of the field. */
  recorded?: boolean;
  /** Whether a journal ranking was in place; true when it is left out. */
  ranked?: boolean;
  run: number;
  /** ISO date and time, UTC. */
  finished: string;
  years: [number, number];
  totals: { articles: number; pubmed: number; conference: number; countries: number; links: number };
  /** Parameters of the study that are not those of the paper. */
  differences: { key: string; paper: string; here: string }[];
  countries: Country[];
  growth: GrowthRow[];
  topics: TopicRow[];
  internationalByYear: {
    year: number;
    international: number;
    known: number;
    articles: number;
    /** All authors have a known country. */ covered?: number;
  }[];
  highRankedByRegionYear: { region: string; year: number; highRanked: number; articles: number }[];
  /** Regressions of citations; empty where the run has none. */
  models?: ModelFit[];
  flow: FlowRow[];
  /** What rules that the paper leaves open would give otherwise. */
  rules?: RuleTables;
  /** Countries in the clinical figure; default those of the paper, 30. */
  clinicalCountries?: number;
  refused: { file: string; reason: string }[];
  drift: DriftRow[];
  steps: StepRow[];
  sources: { name: string; terms: string; citation: string; note: string }[];
}

export interface Country {
  iso2: string;
  iso3: string;
  name: string;
  region: string | null;
  articles: number;
  pubmed: number;
  conference: number;
  highRanked: number;
  clinical: number;
  international: number;
  /** Articles that count for the international share. */
  internationalKnown: number;
  citations: number;
  /** Only years with articles. */
  byYear: CountryYear[];
}

export interface CountryYear {
  year: number;
  articles: number;
  highRanked: number;
  clinical: number;
  international: number;
  citations: number;
}

export interface GrowthRow {
  year: number;
  region: string | null;
  corpus: 'pubmed' | 'conference';
  articles: number;
}

export interface TopicRow {
  concept: string;
  name: string;
  /** ISO 3166-1 alpha-2. */
  country: string;
  articles: number;
}

/** One fitted regression, as model/<analysis>, model/terms and model/samples hold it. */
export interface ModelFit {
  analysis: 'relevance-scientific' | 'relevance-clinical' | 'international-scientific' | 'international-clinical';
  fit: string;
  adjustment: 'unadjusted' | 'same-sample' | 'outlet' | 'country';
  teamSize: 'linear' | 'log' | 'cap' | null;
  estimator: string;
  /** Held against the paper. */
  held: boolean;
  /** Region that others are compared with. */
  base: string | null;
  n: number | null;
  groups: number | null;
  /** Articles of the same fit in the paper. */
  published: number | null;
  alpha: number | null;
  pseudoR2: number | null;
  /** p of the terms of interest together. */
  jointP: number | null;
  se: string | null;
  failure: string | null;
  warnings: string[];
  lost: { reason: string; what: string | null; rows: number; groups: number | null }[];
  terms: ModelTerm[];
}

/** A coefficient as an incidence rate ratio with its 95% interval. */
export interface ModelTerm {
  term: string;
  factor: string;
  level: string | null;
  ratio: number;
  low: number;
  high: number;
  p: number;
  /** The paper's ratio and interval, where it prints them for this fit. */
  published: { ratio: number; low: number | null; high: number | null } | null;
}

export interface FlowRow {
  id: string;
  label: string;
  count: number;
  lost: number;
  reason: string;
}

/** One rule: how many it takes (`found`) and of how many; `own` is the rule of the study. */
export interface RuleRow {
  rule: string;
  own: boolean;
  found: number;
  of: number;
}

export interface RuleTables {
  /** `of`: articles under the rule of the study. */
  keywords: RuleRow[];
  strategies: { list: string; comparison: string; corpus: string; articles: number; compared: number; shared: number }[];
  lifeScience: RuleRow[];
  coverage: RuleRow[];
  clinical: RuleRow[];
  /** Articles of which the countries of first and last author are known, and those where they agree. */
  agreement: { known: number; same: number };
}

export interface DriftRow {
  id: string;
  where: string;
  quantity: string;
  published: string;
  rebuilt: string | null;
  unit: string;
  difference: string | null;
  verdict: 'agrees' | 'differs' | 'not-yet' | 'not-comparable';
  cause: string | null;
}

export interface StepRow {
  step: string;
  action: string;
  key: string;
  digest: string;
  rows: number;
  shards: number;
  seconds: number;
  inputs: string[];
  requests: number;
  cachedRequests: number;
  view: string;
  doc: string;
}
