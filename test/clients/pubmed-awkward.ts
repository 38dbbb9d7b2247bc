import { Random } from '../../simulator/world/random';
import { aiKeywords } from '../methods/keyword-list';
import { articleSet } from './pubmed-xml';

const inline = ['i', 'b', 'sup', 'sub', 'u', 'mml:math'];
const gaps = [
  ' ',
  ' ',
  ' ',
  '-',
  '\u2010',
  '\u2013',
  '\u00a0',
  '\u202f',
  '\u2009',
  '  ',
  '\n      ',
  '/',
  ' (',
  '_',
  '&#8201;',
  '&#x2010;',
  ' &amp; ',
  ' &lt; ',
  '. ',
  '™ ',
];
const within = ['', '', '', '\u00ad', '\u200b', '\u0301', '&#xad;', '&#x301;', '&#8205;', 'é', 'ß', '-', '\ufeff'];
const ends = ['', '', '', '', 's', 'ic', 'es', '’s', '2', 'с', 'ing', '&#x73;', '<i>s</i>'];
const fillers = [
  'the',
  'of',
  'patients',
  'Müller',
  'β-catenin',
  'CO<sub>2</sub>',
  'p &lt; 0.05',
  'naïve',
  'Helico<i>bacter</i>',
  '深層学習',
  'µg·ml<sup>-1</sup>',
  'İstanbul',
  'fluid',
  'ﬁeld',
  'neural',
  'network',
  'fuzzy',
  'clustering',
  'micro',
  'random',
  'trial',
  'trials',
  'placebo',
  'clinical',
  'randomised',
  '𝟙',
  'ΟΔΟΣ',
];
const months = ['<Month>Jan</Month>', '', '<Month>02</Month><Day>3</Day>', '<Season>Winter</Season>'];
const medline = ['1998 Dec-1999 Jan', 'Winter 2018', '2000-2001', 'Spring', '2017 Nov/Dec'];

/** Articles whose text is as awkward as it comes, from one seed; the truth about them is for the oracle to say. */
export class AwkwardArticles {
  readonly #random: Random;
  #pmid = 1000;

  constructor(seed: number) {
    this.#random = new Random(seed, 'awkward');
  }

  set(count: number): string {
    const articles = Array.from({ length: count }, () => this.article());
    return articleSet(...articles, '<DeleteCitation><PMID Version="1">7</PMID><PMID Version="1">8</PMID></DeleteCitation>');
  }

  article(): string {
    const pmid = `<PMID Version="${this.#random.chance(0.05) ? 2 : 1}">${++this.#pmid}</PMID>`;
    const body = [
      this.#journal(),
      this.#title(),
      this.#pick(['', '<Pagination><MedlinePgn>1-9</MedlinePgn></Pagination>']),
      this.#doi('ELocationID EIdType'),
    ];
    const citation = `${pmid}<DateRevised><Year>2026</Year></DateRevised>\n<Article PubModel="Print">${body.join('\n ')}${this.#abstract()}${this.#authors()}<Language>eng</Language>${this.#pick(['', '<Language>ger</Language>'])}<PublicationTypeList><PublicationType UI="D1">Journal Article</PublicationType></PublicationTypeList>${this.#pick(['', '<ArticleDate DateType="Electronic"><Year>2011</Year></ArticleDate>'])}</Article>`;
    return `<PubmedArticle>\n<MedlineCitation Status="MEDLINE">${citation}${this.#behind()}</MedlineCitation>\n${this.#data()}</PubmedArticle>`;
  }

  #journal(): string {
    const date = this.#random.chance(0.15)
      ? this.#pick(['', ...medline.map((one) => `<MedlineDate>${one}</MedlineDate>`)])
      : `<Year>${this.#random.int(1960, 2024)}</Year>${this.#pick(months)}`;
    const issn = this.#pick(['', '<ISSN IssnType="Print">1234-567x</ISSN>', '<ISSN>0000 0019</ISSN>', '<ISSN>bad</ISSN>']);
    return `<Journal>${issn}<JournalIssue><PubDate>${date}</PubDate></JournalIssue><Title>Robot &amp; machine learning letters</Title></Journal>`;
  }

  #title(): string {
    if (this.#random.chance(0.02))
      return this.#pick(['<ArticleTitle/>', '<ArticleTitle></ArticleTitle>', '<ArticleTitle> <b> </b></ArticleTitle>']);
    return `<ArticleTitle${this.#pick(['', '', ' book="a>b"', " part='1 > 0'"])}>${this.#text(2, 8)}.</ArticleTitle>`;
  }

  #abstract(): string {
    if (this.#random.chance(0.15))
      return this.#pick(['', '<Abstract><CopyrightInformation>© deep learning</CopyrightInformation></Abstract>']);
    const parts = Array.from({ length: this.#random.int(1, 4) }, () => {
      const label = this.#pick(['', '', ' Label="RANDOM FOREST" NlmCategory="METHODS"', ' Label="P > 1"']);
      return this.#random.chance(0.05) ? `<AbstractText${label}/>` : `<AbstractText${label}>${this.#text(3, 30)}</AbstractText>`;
    });
    const copyright = this.#random.chance(0.3) ? '<CopyrightInformation>© 2020 Robot Press.</CopyrightInformation>' : '';
    return `\n<Abstract>\n${parts.join('\n')}${copyright}</Abstract>`;
  }

  #authors(): string {
    if (this.#random.chance(0.1)) return '';
    const person = (last: string) =>
      `<Author ValidYN="${this.#random.chance(0.1) ? 'N' : 'Y'}"><LastName>${last}</LastName><ForeName>A</ForeName><Identifier Source="ORCID">0000-1</Identifier><AffiliationInfo><Affiliation>Dept of Deep Learning &amp; <i>Robots</i>, Bern.</Affiliation></AffiliationInfo></Author>`;
    const group = '<Author ValidYN="Y"><CollectiveName>The <i>X</i> Group</CollectiveName></Author>';
    return `${this.#pick(['', '', '<Affiliation>Lima, Peru.</Affiliation>'])}<AuthorList CompleteYN="Y">${this.#pick(['', group])}${person('Müller')}${person('O&apos;Neil')}</AuthorList>`;
  }

  #behind(): string {
    const other = '<OtherAbstract Type="Publisher"><AbstractText>A robot and machine learning.</AbstractText></OtherAbstract>';
    return `<MedlineJournalInfo><NlmUniqueID>0375</NlmUniqueID><ISSNLinking>0012-3456</ISSNLinking></MedlineJournalInfo><CommentsCorrectionsList><CommentsCorrections><PMID Version="1">5</PMID></CommentsCorrections></CommentsCorrectionsList><KeywordList><Keyword>deep learning</Keyword></KeywordList>${this.#pick(['', other])}`;
  }

  #data(): string {
    const references =
      '<ReferenceList><Title>PubmedArticle</Title><Reference><Citation>Deep learning /PubmedArticle> 2015.</Citation><ArticleIdList><ArticleId IdType="doi">10.9/cited</ArticleId></ArticleIdList></Reference><ReferenceList/></ReferenceList>';
    return `<PubmedData><History><PubMedPubDate PubStatus="pubmed"><Year>2004</Year></PubMedPubDate></History><ArticleIdList><ArticleId IdType="pubmed">${this.#pmid}</ArticleId>${this.#doi('ArticleId IdType')}</ArticleIdList>${this.#pick(['', references, references + references])}</PubmedData>`;
  }

  #doi(tag: string): string {
    const name = tag.split(' ')[0] ?? '';
    return this.#random.chance(0.5) ? '' : `<${tag}="doi"${this.#pick(['', ' ValidYN="N"'])}>10.5555/ABC&lt;${this.#pmid}</${name}>`;
  }

  /** One in ten texts has a keyword, or nearly one, as texts print it. */
  #text(from: number, to: number): string {
    const words = Array.from({ length: this.#random.int(from, to) }, () =>
      this.#random.chance(0.03) ? this.#keyword() : this.#pick(fillers),
    );
    return words.join(this.#random.chance(0.1) ? '\n   ' : ' ');
  }

  #keyword(): string {
    const written = this.#random
      .pick(aiKeywords)
      .split(' ')
      .map((word) => this.#word(word))
      .reduce((start, word) => start + this.#pick(gaps) + word);
    return this.#pick(['', '', '', '(', 'Micro', 'bi-']) + written + this.#pick(ends);
  }

  #word(word: string): string {
    const at = this.#random.int(0, word.length);
    const cut = word.slice(0, at) + this.#pick(within) + word.slice(at);
    const tag = this.#pick(inline);
    const looks = [
      cut,
      cut,
      word,
      word.toUpperCase(),
      `<${tag}>${word}</${tag}>`,
      `${word.slice(0, at)}<${tag}>${word.slice(at)}</${tag}>`,
      `&#${word.charCodeAt(0)};${word.slice(1)}`,
      `${word}<${tag} a='"&gt;>'/>`,
      word.replaceAll('fi', 'ﬁ'),
    ];
    return this.#pick(looks);
  }

  #pick(list: readonly string[]): string {
    return this.#random.pick(list);
  }
}
