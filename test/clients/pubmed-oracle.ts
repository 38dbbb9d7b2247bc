import { XMLParser, XMLValidator } from 'fast-xml-parser';
import type { PubmedAuthor, PubmedItem, PubmedRecord } from '../../clients/pubmed/record';

/** fast-xml-parser's ordered form: `{ name: children, ':@': { '@_attribute': value } }`, `{ '#text': text }`, `{ '#cdata': [{ '#text': text }] }`. */
interface Node {
  readonly [name: string]: unknown;
}

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  // Decoded below, once: the parser would leave numeric ones, and decode within CDATA.
  processEntities: false,
  cdataPropName: '#cdata',
  ignorePiTags: true,
  ignoreDeclaration: true,
});

/**
 * The slow reader that the fast ones are measured by: a general parser, and each field by the letter of the rules. It shares no code with
 * the readers.
 */
export function oracle(xml: string): PubmedItem[] {
  const valid = XMLValidator.validate(xml);
  if (valid !== true) throw new Error(`the oracle was given bad XML: ${valid.err.msg}`);
  const document = parser.parse(xml) as Node[];
  const [set] = named(document, 'PubmedArticleSet');
  return children(set).flatMap((node): PubmedItem[] => {
    const name = nameOf(node);
    if (name === 'PubmedArticle') return [{ kind: 'article', record: article(node) }];
    if (name === 'DeleteCitation') return [{ kind: 'deleted', pmids: named(children(node), 'PMID').map((pmid) => Number(text(pmid))) }];
    if (name !== 'PubmedBookArticle') return [];
    const pmid = text(at(node, 'BookDocument', 'PMID'));
    return [{ kind: 'book', pmid: pmid === null ? null : Number(pmid) }];
  });
}

function article(node: Node): PubmedRecord {
  const citation = at(node, 'MedlineCitation');
  const inner = at(citation, 'Article');
  const pmid = at(citation, 'PMID');
  const abstractParts = texts(all(at(inner, 'Abstract'), 'AbstractText'));
  return {
    pmid: Number(text(pmid)),
    version: Number(attribute(pmid, 'Version') ?? 1),
    title: text(at(inner, 'ArticleTitle')),
    abstract: abstractParts.length === 0 ? null : abstractParts.join('\n'),
    abstractParts,
    ...yearOf(node),
    journal: text(at(inner, 'Journal', 'Title')),
    nlmUniqueId: text(at(citation, 'MedlineJournalInfo', 'NlmUniqueID')),
    issns: issns(citation),
    doi: doi(node),
    publicationTypes: texts(all(at(inner, 'PublicationTypeList'), 'PublicationType')),
    language: texts(all(inner, 'Language')),
    authors: authors(inner),
  };
}

function yearOf(node: Node): Pick<PubmedRecord, 'year' | 'yearFrom'> {
  const inner = at(node, 'MedlineCitation', 'Article');
  const date = at(inner, 'Journal', 'JournalIssue', 'PubDate');
  const year = text(at(date, 'Year'));
  if (year !== null && /^\d{4}$/.test(year)) return { year: Number(year), yearFrom: 'pubdate' };
  const medline = (text(at(date, 'MedlineDate')) ?? '').split(/\D+/).find((digits) => digits.length === 4);
  if (medline !== undefined) return { year: Number(medline), yearFrom: 'medlinedate' };
  const electronic = texts(all(inner, 'ArticleDate').flatMap((one) => all(one, 'Year')))[0];
  if (electronic !== undefined) return { year: Number(electronic), yearFrom: 'articledate' };
  const history = all(at(node, 'PubmedData', 'History'), 'PubMedPubDate').filter((one) => attribute(one, 'PubStatus') === 'pubmed');
  const entrez = texts(history.flatMap((one) => all(one, 'Year')))[0];
  return entrez === undefined ? { year: null, yearFrom: null } : { year: Number(entrez), yearFrom: 'entrez' };
}

function issns(citation: Node | undefined): string[] {
  const given = [...all(at(citation, 'Article', 'Journal'), 'ISSN'), ...all(at(citation, 'MedlineJournalInfo'), 'ISSNLinking')];
  const known = texts(given).map((issn) => issn.toUpperCase().replace(/[^0-9A-Z]/g, ''));
  const good = known.filter((issn) => issn.length === 8 && /^[0-9]+X?$/.test(issn));
  return [...new Set(good.map((issn) => `${issn.slice(0, 4)}-${issn.slice(4)}`))];
}

function doi(node: Node): string | null {
  const locations = all(at(node, 'MedlineCitation', 'Article'), 'ELocationID').filter(
    (one) => attribute(one, 'EIdType') === 'doi' && attribute(one, 'ValidYN') !== 'N',
  );
  const ids = all(at(node, 'PubmedData', 'ArticleIdList'), 'ArticleId').filter((one) => attribute(one, 'IdType') === 'doi');
  return texts([...locations, ...ids])[0]?.toLowerCase() ?? null;
}

function authors(inner: Node | undefined): PubmedAuthor[] {
  const listed = all(at(inner, 'AuthorList'), 'Author').filter((one) => attribute(one, 'ValidYN') !== 'N');
  const read = listed.map((one) => ({
    last: text(at(one, 'LastName')),
    fore: text(at(one, 'ForeName')),
    initials: text(at(one, 'Initials')),
    collective: text(at(one, 'CollectiveName')),
    identifiers: all(one, 'Identifier').map((id) => ({ source: attribute(id, 'Source') ?? '', value: text(id) ?? '' })),
    affiliations: texts([...all(one, 'Affiliation'), ...all(one, 'AffiliationInfo').flatMap((info) => all(info, 'Affiliation'))]),
  }));
  const old = text(at(inner, 'Affiliation'));
  const person = read.find(({ collective }) => collective === null);
  if (old !== null && person !== undefined) person.affiliations.push(old);
  return read;
}

function nameOf(node: Node): string {
  return Object.keys(node).find((key) => key !== ':@') ?? '';
}

function children(node: Node | undefined): Node[] {
  const inside = node?.[nameOf(node)];
  return Array.isArray(inside) ? (inside as Node[]) : [];
}

function named(nodes: readonly Node[], name: string): Node[] {
  return nodes.filter((node) => nameOf(node) === name);
}

function all(node: Node | undefined, name: string): Node[] {
  return named(children(node), name);
}

function at(node: Node | undefined, ...path: string[]): Node | undefined {
  return path.reduce<Node | undefined>((found, name) => all(found, name)[0], node);
}

function attribute(node: Node | undefined, name: string): string | undefined {
  const value = (node?.[':@'] as Record<string, string> | undefined)?.[`@_${name}`];
  return value === undefined ? undefined : decoded(value);
}

function texts(nodes: readonly Node[]): string[] {
  return nodes.map(text).filter((one) => one !== null);
}

function text(node: Node | undefined): string | null {
  const words = raw(node)
    .split(/\p{White_Space}+/u)
    .filter((word) => word !== '');
  return words.length === 0 ? null : words.join(' ');
}

function raw(node: Node | undefined): string {
  return children(node)
    .map((child) => {
      const name = nameOf(child);
      if (name === '#text') return decoded(String(child[name]));
      if (name === '#cdata')
        return children(child)
          .map((inside) => String(inside['#text']))
          .join('');
      return raw(child);
    })
    .join('');
}

const entities: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&apos;': "'" };

function decoded(written: string): string {
  return written.replace(/&[^;]+;/g, (entity) => {
    const hex = /^&#x(.+);$/.exec(entity)?.[1];
    const decimal = /^&#(\d+);$/.exec(entity)?.[1];
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
    return decimal !== undefined ? String.fromCodePoint(Number(decimal)) : (entities[entity] ?? entity);
  });
}
