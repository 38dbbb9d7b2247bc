import { randomFrom } from './random.mjs';

/** Almost half of all tokens, most frequent first. */
const functional =
  'the of and in to a with was for were that by is on as from at or we be an are this not which between than these after had have has it during their both all also but may can been using more no two among other its when into who did however most each only such we our there within one compared time low high three there should could further while either those per over under years results study group groups effect effects associated increased significantly significant cases cells patients treatment'.split(
    ' ',
  );
const roots =
  'cardi nephr hepat neur oste derm gastr pulmon angi hem lymph my arthr cyt gluc lip prote imun vir bacter fung tox path pharm embry gen chrom mitochond ribos enzym hormon recept kin phosph nucle membr plasm ser tum carcin metast fibr scler thromb isch infarct edem inflamm infect sept febr pyr alg an dys hyper hypo poly macro intra inter sub trans peri endo ecto meso para'.split(
    ' ',
  );
const middles = ['', 'o', 'ic', 'al', 'ul', 'at', 'in', 'er'];
const endings = [
  'ia',
  'itis',
  'oma',
  'osis',
  'ase',
  'in',
  'ine',
  'ol',
  'ate',
  'al',
  'ic',
  'ous',
  'ation',
  'ity',
  'ed',
  'ing',
  'ment',
  'ance',
  'ive',
  'ally',
  'es',
  'gram',
  'logy',
  'tomy',
];
/** As frequent as in PubMed: letters with diacritics, Greek, thin blanks, references, inline tags. */
export const awkward = [
  'β-cat',
  'α',
  'μg',
  '≥',
  '±',
  'CO<sub>2</sub>',
  'H<sub>2</sub>O',
  '10<sup>-3</sup>',
  '<i>in vitro</i>',
  '<i>E. coli</i>',
  'p&lt;0.05',
  'R&amp;D',
  'n = 30',
  'naïve',
  'Sjögren',
  '5%',
  '95% CI',
  '–',
  '37°C',
  "Crohn's",
];

const random = randomFrom(11);
const invented = [
  ...new Set(
    Array.from({ length: 9000 }, () => random.pick(roots) + random.pick(middles) + random.pick(roots).slice(0, 3) + random.pick(endings)),
  ),
];
const content = invented.slice(0, 4500);
const names = invented.slice(4500);

/** A word by its rank (Zipf), function words first. */
export function anyWord(stream) {
  if (stream.chance(0.46)) return functional[Math.floor(functional.length * stream.next() ** 2.2)];
  return contentWord(stream);
}

export function contentWord(stream) {
  return content[Math.floor(content.length * stream.next() ** 2.5)];
}

/** People's names repeat less than words do. */
export function surname(stream) {
  const name = stream.pick(names);
  return name[0].toUpperCase() + name.slice(1);
}
