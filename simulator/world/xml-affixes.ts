import { escaped } from '../markup';
import type { Article } from './articles';
import { words } from './vocabulary';

/** Elements around title and abstract; none of them is text to match. */
interface Affixes {
  copyright: string;
  affiliation: string;
  mesh: string;
  otherAbstract: string;
  keywords: string;
  references: string;
}

const heading = (name: string) => `<MeshHeading><DescriptorName UI="D000001" MajorTopicYN="N">${name}</DescriptorName></MeshHeading>`;
const keyword = (name: string) => `<Keyword MajorTopicYN="N">${name}</Keyword>`;

function reference(cited: number, text: string): string {
  return `<Reference><Citation>${text}</Citation><ArticleIdList><ArticleId IdType="pubmed">${cited}</ArticleId><ArticleId IdType="doi">10.5555/cited.${cited}</ArticleId></ArticleIdList></Reference>`;
}

function references({ number, decoy }: Article): string {
  if (number % 2 === 0 && decoy !== 'reference') return '';
  const list = Array.from({ length: 3 + (number % 9) }, (_, index) =>
    reference(80_000_000 + number * 10 + index, `Author A, et al. Synthetic J. ${2000 + index};1:1.`),
  );
  if (decoy === 'reference')
    list.push(reference(80_000_000 + number * 10 + 99, 'Author B. Deep learning and neural networks. Synthetic J. 2015.'));
  return `\n      <ReferenceList>${list.join('')}</ReferenceList>`;
}

function otherAbstract({ decoy, features }: Article): string {
  if (decoy === 'other-abstract')
    return '\n      <OtherAbstract Type="plain-language-summary" Language="eng"><AbstractText>A robot with machine learning is mentioned here only.</AbstractText></OtherAbstract>';
  return features.has('other-abstract')
    ? '\n      <OtherAbstract Type="Publisher" Language="spa"><AbstractText>Un resumen sintético.</AbstractText></OtherAbstract>'
    : '';
}

export function affixes(article: Article): Affixes {
  const { decoy, features, number, authors, year } = article;
  const disease = words.disease[number % words.disease.length] ?? '';
  const mesh = ['Humans', 'Female', 'Male', disease, ...(decoy === 'mesh' ? ['Artificial Intelligence', 'Neural Networks, Computer'] : [])];
  const named = [
    disease,
    words.measure[number % words.measure.length] ?? '',
    ...(decoy === 'keyword' ? ['machine <i>learning</i>', 'robot'] : []),
  ];
  const owner = decoy === 'copyright' ? 'Society for Machine Learning and Data Mining' : 'Synthetic Press';
  const printed = decoy === 'copyright' || number % 3 === 0;
  return {
    copyright: printed ? `\n        <CopyrightInformation>Copyright © ${year} ${owner}.</CopyrightInformation>` : '',
    affiliation: features.has('article-affiliation')
      ? `\n      <Affiliation>${escaped(authors[0]?.affiliations[0] ?? '')}</Affiliation>`
      : '',
    mesh: `\n      <MeshHeadingList>${mesh.map(heading).join('')}</MeshHeadingList>`,
    otherAbstract: otherAbstract(article),
    keywords: `\n      <KeywordList Owner="NOTNLM">${named.map(keyword).join('')}</KeywordList>`,
    references: references(article),
  };
}

/** A book: it is in searches and sets, and gives no article. */
export function bookXml(pmid: number, title: string): string {
  return `<PubmedBookArticle>
    <BookDocument>
      <PMID Version="1">${pmid}</PMID>
      <ArticleIdList><ArticleId IdType="bookaccession">NBK${pmid}</ArticleId></ArticleIdList>
      <Book><Publisher><PublisherName>Synthetic Press</PublisherName></Publisher><BookTitle book="syn">${title}</BookTitle><PubDate><Year>2019</Year></PubDate></Book>
      <ArticleTitle>${title}</ArticleTitle>
      <Language>eng</Language>
      <Abstract><AbstractText>A chapter on deep learning.</AbstractText></Abstract>
    </BookDocument>
    <PubmedBookData><History><PubMedPubDate PubStatus="entrez"><Year>2019</Year><Month>5</Month><Day>4</Day></PubMedPubDate></History></PubmedBookData>
  </PubmedBookArticle>`;
}
