import { answer, xml, type Answer } from '../exchange';
import { escaped } from '../markup';
import type { Eutils } from './history';
import { pastCap } from './wording';
import { search, TermError, type Found } from './term';

const doctype =
  '<?xml version="1.0" encoding="UTF-8" ?>\n<!DOCTYPE eSearchResult PUBLIC "-//NLM//DTD esearch 20060628//EN" "https://eutils.ncbi.nlm.nih.gov/eutils/dtd/20060628/esearch.dtd">\n';

interface Window {
  count: number;
  start: number;
  ids: number[];
  adjusted: boolean;
  history: { webEnv: string; queryKey: number } | null;
}

/** Answers esearch.fcgi: at most `searchCap` hits of a search can be had (source-apis, 7.1). */
export function esearch(service: Eutils, params: URLSearchParams): Answer {
  const asJson = params.get('retmode') === 'json';
  if ((params.get('db') ?? 'pubmed') !== 'pubmed') return failed('Invalid db name specified: ' + params.get('db'), asJson);
  try {
    const found = search(service.corpus, dated(params));
    const hits = [...found.hits].sort((a, b) => a - b).flatMap((ordinal) => service.corpus.records[ordinal]?.pmid ?? []);
    const part = windowOf(service, params, hits);
    return asJson ? jsonAnswer(part, found) : xml(200, xmlBody(part, found, params.get('rettype') === 'count'));
  } catch (error) {
    if (error instanceof TermError) return failed(error.message, asJson);
    throw error;
  }
}

/** The term with `datetype`, `mindate` and `maxdate` added; the service ignores one date without the other. */
function dated(params: URLSearchParams): string {
  const term = params.get('term') ?? '';
  const [low, high] = [params.get('mindate'), params.get('maxdate')];
  if (term.trim() === '') throw new TermError('Empty term and query_key - nothing todo');
  if (low === null || high === null) return term;
  return `(${term}) AND ("${low}"[${params.get('datetype') ?? 'pdat'}] : "${high}"[${params.get('datetype') ?? 'pdat'}])`;
}

function windowOf(service: Eutils, params: URLSearchParams, hits: number[]): Window {
  const cap = service.switches.searchCap;
  const start = Number(params.get('retstart') ?? 0);
  const wanted = Math.min(Number(params.get('retmax') ?? 20), cap);
  if (!Number.isInteger(start) || !Number.isInteger(wanted)) throw new TermError('Invalid retstart or retmax');
  if (start >= cap) throw new TermError(pastCap(cap));
  const ids = hits.slice(start, Math.min(start + wanted, cap));
  const adjusted = start + wanted > cap && hits.length > cap;
  return { count: hits.length, start, ids, adjusted, history: params.get('usehistory') === 'y' ? keep(service, params, hits) : null };
}

function keep(service: Eutils, params: URLSearchParams, hits: number[]): { webEnv: string; queryKey: number } {
  const given = params.get('WebEnv') ?? '';
  const webEnv = service.history.has(given)
    ? given
    : `MCID_${(service.history.size + 1).toString(16).padStart(24, '6927d6e7fee3e90f880ec190')}`;
  const lists = service.history.get(webEnv) ?? [];
  lists.push(hits);
  service.history.set(webEnv, lists);
  return { webEnv, queryKey: lists.length };
}

const tag = (name: string, content: string | number) => `<${name}>${content}</${name}>`;

function messages({ count, start, adjusted }: Window): string[] {
  if (adjusted) return ['Restrictions achieved. start and count adjusted to retrieve the first records only.'];
  if (count === 0) return ['No items found.'];
  return start >= count ? ['start is beyond the number of records.'] : [];
}

function xmlBody(part: Window, found: Found, countOnly: boolean): string {
  if (countOnly) return `${doctype}<eSearchResult>\n\t<Count>${part.count}</Count>\n</eSearchResult>\n`;
  const history = part.history ? tag('QueryKey', part.history.queryKey) + tag('WebEnv', part.history.webEnv) : '';
  const ids = part.ids.length === 0 ? '<IdList/>' : `<IdList>\n${part.ids.map((id) => tag('Id', id)).join('\n')}\n</IdList>`;
  const problems = [
    ...found.notFound.map((one) => tag('PhraseNotFound', escaped(one))),
    ...found.unknownFields.map((one) => tag('FieldNotFound', escaped(one))),
  ];
  const errors = problems.length > 0 ? tag('ErrorList', problems.join('')) : '';
  const notes = messages(part).map((one) => tag('OutputMessage', one));
  const warnings = notes.length > 0 ? tag('WarningList', notes.join('')) : '';
  const head = tag('Count', part.count) + tag('RetMax', part.ids.length) + tag('RetStart', part.start) + history + ids;
  return `${doctype}<eSearchResult>${head}<TranslationSet/>${tag('QueryTranslation', escaped(found.translation))}${errors}${warnings}</eSearchResult>\n`;
}

function jsonAnswer(part: Window, found: Found): Answer {
  const history = part.history ? { querykey: String(part.history.queryKey), webenv: part.history.webEnv } : {};
  const problems = { phrasesnotfound: found.notFound, fieldsnotfound: found.unknownFields };
  const esearchresult = {
    count: String(part.count),
    retmax: String(part.ids.length),
    retstart: String(part.start),
    ...history,
    idlist: part.ids.map(String),
    translationset: [],
    querytranslation: found.translation,
    ...(found.notFound.length + found.unknownFields.length > 0 ? { errorlist: problems } : {}),
    ...(messages(part).length > 0
      ? { warninglist: { phrasesignored: [], quotedphrasesnotfound: [], outputmessages: messages(part) } }
      : {}),
  };
  return answer(200, 'application/json; charset=UTF-8', JSON.stringify({ header: { type: 'esearch', version: '0.3' }, esearchresult }));
}

/** The JSON twin of an error keeps the raw line break, so it is not valid JSON: recorded behaviour (source-apis, 7.1). */
function failed(message: string, asJson: boolean): Answer {
  if (asJson)
    return answer(
      200,
      'application/json; charset=UTF-8',
      `{"header":{"type":"esearch","version":"0.3"},"esearchresult":{"ERROR":"${message}"}}`,
    );
  return xml(200, `${doctype}<eSearchResult><ERROR>${escaped(message)}</ERROR></eSearchResult>\n`);
}
