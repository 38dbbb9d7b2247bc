import { compileKeywords, type Place } from '../../methods/keywords';
import type { CommonOptions } from '../options';
import { objectsOfStdin, say, triedStudy } from './lines';
import { tried, TRIED_FORM } from './text';

/** `atlas try keywords`: the study's matcher on lines of stdin, one line out for each line in, with the places of each keyword. */
export async function run(options: CommonOptions): Promise<number> {
  const { entries, ...rule } = (await triedStudy(options)).study.keywords;
  const matcher = compileKeywords(entries, rule);
  for await (const { id, title, abstract } of objectsOfStdin(tried, TRIED_FORM)) {
    const hits = matcher.find([title, abstract]);
    const where = Object.fromEntries(hits.map(({ keyword, places }) => [keyword, places.map(placeName)]));
    say({ id: id ?? null, matched: hits.map(({ keyword }) => keyword), where });
  }
  return 0;
}

/** Parts of an abstract are its lines. */
function placeName({ text, part }: Place): string {
  return text === 0 ? 'title' : `abstract ${part + 1}`;
}
