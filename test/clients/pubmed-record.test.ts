import { article, articleSet, readAll, readOne } from './pubmed-xml';

const title = async (inner: string) => (await readOne({ article: `<ArticleTitle>${inner}</ArticleTitle>` })).title;

describe('which', () => {
  test('every article in document order, not deduplicated', async () => {
    const pmids = ['<PMID Version="2">7</PMID>', '<PMID Version="1">3</PMID>', '<PMID Version="2">7</PMID>'];
    const items = await readAll(articleSet(...pmids.map((pmid) => article({ pmid }))));
    expect(items.map((item) => item.kind === 'article' && [item.record.pmid, item.record.version])).toEqual([
      [7, 2],
      [3, 1],
      [7, 2],
    ]);
  });

  test('books and deleted PMIDs are items of their own', async () => {
    const book =
      '<PubmedBookArticle><BookDocument><PMID Version="1">20301577</PMID><ArticleTitle>A gene</ArticleTitle></BookDocument></PubmedBookArticle>';
    const deleted = '<DeleteCitation><PMID Version="1">5</PMID><PMID Version="1">6</PMID></DeleteCitation>';
    expect(await readAll(articleSet(book, '<PubmedBookArticle/>', deleted))).toEqual([
      { kind: 'book', pmid: 20301577 },
      { kind: 'book', pmid: null },
      { kind: 'deleted', pmids: [5, 6] },
    ]);
  });

  test('the PMID is the citation’s own, not that of a comment or reference', async () => {
    const comments =
      '<CommentsCorrectionsList><CommentsCorrections><PMID Version="1">99</PMID></CommentsCorrections></CommentsCorrectionsList>';
    const record = await readOne({ pmid: `<PMID Version="3">12</PMID>${comments}` });
    expect([record.pmid, record.version]).toEqual([12, 3]);
  });
});

describe('title', () => {
  test.each([
    ['inline tags, also within a word', 'A <i>Helico</i>bacter CO<sub>2</sub> <b>study</b>', 'A Helicobacter CO2 study'],
    [
      'MathML',
      'At <mml:math xmlns:mml="http://x"><mml:mover accent="true">\n <mml:mi>V</mml:mi><mml:mo>˙</mml:mo></mml:mover></mml:math> max',
      'At V˙ max',
    ],
    ['comments and processing instructions', 'Neu<!-- <i> & </ArticleTitle> -->ral <?nihms a > b?>network', 'Neural network'],
    ['CDATA', 'If <![CDATA[a < b && c &lt; <i>d</i>]]> then', 'If a < b && c &lt; <i>d</i> then'],
    ['entities, once', '&lt;i&gt;R&amp;amp;D&lt;/i&gt; &quot;x&quot; &apos;y&apos;', '<i>R&amp;D</i> "x" \'y\''],
    ['numeric references', 'caf&#xe9; &#946;&#x1D7D9;', 'café β𝟙'],
    ['white space of every kind', '\n  a\r\n\tb&#xa0;&#x2009; c&#10;', 'a b c'],
    ['a zero-width mark at the ends, which is no white space', ' &#xfeff;a b&#xfeff;\n', '\ufeffa b\ufeff'],
  ])('%s', async (_, inner, expected) => expect(await title(inner)).toBe(expected));

  test.each(['', ' \n ', '<i> </i>', '&#xa0;'])('nothing but blanks (%j) is null', async (inner) => expect(await title(inner)).toBeNull());

  test('does not fall back to the vernacular one', async () => {
    const record = await readOne({ article: '<ArticleTitle/><VernacularTitle>Un título</VernacularTitle>' });
    expect(record.title).toBeNull();
  });
});

describe('abstract', () => {
  test('parts joined by a line break, empty ones left out, labels and copyright apart', async () => {
    const parts =
      '<AbstractText Label="AIM">To <i>see</i>\n it.</AbstractText><AbstractText/><AbstractText Label="UNLABELLED">Seen.</AbstractText>';
    const record = await readOne({ article: `<Abstract>${parts}<CopyrightInformation>© robot</CopyrightInformation></Abstract>` });
    expect(record.abstractParts).toEqual(['To see it.', 'Seen.']);
    expect(record.abstract).toBe('To see it.\nSeen.');
  });

  test('none, or only another one, is null', async () => {
    const other = '<OtherAbstract Type="Publisher"><AbstractText>Robot</AbstractText></OtherAbstract>';
    expect(await readOne({ pmid: `<PMID Version="1">1</PMID>${other}` })).toMatchObject({ abstract: null, abstractParts: [] });
  });
});

describe('year', () => {
  const pubDate = (inner: string) => `<JournalIssue><PubDate>${inner}</PubDate></JournalIssue>`;
  const history =
    '<History><PubMedPubDate PubStatus="received"><Year>1990</Year></PubMedPubDate><PubMedPubDate PubStatus="pubmed"><Year>2004</Year></PubMedPubDate></History>';
  const articleDate = '<ArticleDate DateType="Electronic"><Year>2003</Year></ArticleDate>';

  test.each([
    ['2001 Jan-Feb', 2001],
    ['Winter 2018', 2018],
    ['1998 Dec-1999 Jan', 1998],
    ['2000-2001', 2000],
    ['2017 Nov/Dec', 2017],
    ['1781', 1781],
    ['Vol 12345 of 2011', 2011],
  ])('MedlineDate %s', async (text, year) => {
    expect(await readOne({ journal: pubDate(`<MedlineDate>${text}</MedlineDate>`), article: articleDate })).toMatchObject({
      year,
      yearFrom: 'medlinedate',
    });
  });

  test.each([
    ['pubdate', 2002, { journal: pubDate('<Year>2002</Year><Month>Dec</Month>'), article: articleDate, data: history }],
    ['articledate', 2003, { journal: pubDate('<MedlineDate>Spring</MedlineDate>'), article: articleDate, data: history }],
    ['entrez', 2004, { journal: pubDate(''), data: history }],
    [null, null, {}],
  ])('the next best: %s', async (yearFrom, year, pieces) => {
    expect(await readOne(pieces)).toMatchObject({ year, yearFrom });
  });

  test('never the dates of processing', async () => {
    const done = '<PMID Version="1">1</PMID><DateCompleted><Year>1999</Year></DateCompleted><DateRevised><Year>2020</Year></DateRevised>';
    expect((await readOne({ pmid: done })).year).toBeNull();
  });
});

describe('journal and identifiers', () => {
  test('each ISSN once, normalised, the journal’s own first', async () => {
    const journal = '<ISSN IssnType="Electronic"> 1234567x </ISSN><Title>J &amp; K</Title>';
    const record = await readOne({ journal, info: '<NlmUniqueID>0375</NlmUniqueID><ISSNLinking>0012-3456</ISSNLinking>' });
    expect(record).toMatchObject({ issns: ['1234-567X', '0012-3456'], journal: 'J & K', nlmUniqueId: '0375' });
    const same = await readOne({ journal: '<ISSN>0012-3456</ISSN>', info: '<ISSNLinking>0012-3456</ISSNLinking>' });
    expect(same.issns).toEqual(['0012-3456']);
  });

  test.each([
    [
      'a valid ELocationID',
      '<ELocationID EIdType="pii">p</ELocationID><ELocationID EIdType="doi" ValidYN="Y">10.1/ABC</ELocationID>',
      '10.1/abc',
    ],
    ['the ArticleId when the ELocationID is invalid', '<ELocationID EIdType="doi" ValidYN="N">10.1/wrong</ELocationID>', '10.2/own'],
    ['the ArticleId when there is none', '', '10.2/own'],
  ])('doi: %s', async (_, inner, doi) => {
    const ids = '<ArticleIdList><ArticleId IdType="pubmed">1</ArticleId><ArticleId IdType="doi">10.2/OWN</ArticleId></ArticleIdList>';
    expect((await readOne({ article: inner, data: ids })).doi).toBe(doi);
  });

  test('doi: never that of a reference', async () => {
    const reference =
      '<ReferenceList><Reference><ArticleIdList><ArticleId IdType="doi">10.9/cited</ArticleId></ArticleIdList></Reference></ReferenceList>';
    expect((await readOne({ data: reference })).doi).toBeNull();
  });

  test('all publication types and languages, in order', async () => {
    const types =
      '<PublicationTypeList><PublicationType UI="D1">Review</PublicationType><PublicationType UI="D2">Journal Article</PublicationType></PublicationTypeList>';
    const record = await readOne({ article: `<Language>ger</Language><Language>eng</Language>${types}` });
    expect(record).toMatchObject({ publicationTypes: ['Review', 'Journal Article'], language: ['ger', 'eng'] });
  });
});

describe('authors', () => {
  const person = (last: string, more = '', attributes = 'ValidYN="Y"') =>
    `<Author ${attributes}><LastName>${last}</LastName><ForeName>Ann B</ForeName><Initials>AB</Initials>${more}</Author>`;
  const list = async (entries: string, before = '') =>
    (await readOne({ article: `${before}<AuthorList CompleteYN="Y">${entries}</AuthorList>` })).authors;

  test('all affiliations and identifiers of each, in order', async () => {
    const info =
      '<AffiliationInfo><Affiliation>Bern &amp; Basel.</Affiliation><Identifier Source="ROR">r</Identifier></AffiliationInfo><AffiliationInfo><Affiliation>Oslo.</Affiliation></AffiliationInfo>';
    expect(await list(person('Müller', `<Identifier Source="ORCID">0000-0001</Identifier>${info}`))).toEqual([
      {
        last: 'Müller',
        fore: 'Ann B',
        initials: 'AB',
        collective: null,
        identifiers: [{ source: 'ORCID', value: '0000-0001' }],
        affiliations: ['Bern & Basel.', 'Oslo.'],
      },
    ]);
  });

  test('entries marked invalid are left out, groups are collective', async () => {
    const authors = await list(
      person('Olde', '', 'ValidYN="N"') +
        person('Old') +
        '<Author ValidYN="Y"><CollectiveName>The <i>X</i> Group</CollectiveName></Author>',
    );
    expect(authors.map(({ last, collective }) => last ?? collective)).toEqual(['Old', 'The X Group']);
    expect(authors[1]).toMatchObject({ last: null, collective: 'The X Group', affiliations: [] });
  });

  test('the one affiliation of DTDs before 2014 goes to the first personal author', async () => {
    const group = '<Author><CollectiveName>Group</CollectiveName></Author>';
    const authors = await list(
      group + person('No', '', 'ValidYN="N"') + person('One') + person('Two'),
      '<Affiliation>Lima, Peru.</Affiliation>',
    );
    expect(authors.map(({ affiliations }) => affiliations)).toEqual([[], ['Lima, Peru.'], []]);
  });

  test('an affiliation straight in the author, as in 2014', async () => {
    expect((await list(person('One', '<Affiliation>Quito.</Affiliation>')))[0]?.affiliations).toEqual(['Quito.']);
  });

  test('no list is an empty one', async () => expect((await readOne({})).authors).toEqual([]));
});
