import { compileKeywords } from '../../methods/keywords';
import type { CommonOptions } from '../options';
import { objectsOfStdin, say, triedStudy } from './lines';
import { tried, TRIED_FORM } from './text';

/** `atlas try keywords`: the study's matcher on lines of stdin, one line out for each line in. */
export async function run(options: CommonOptions): Promise<number> {
  const { entries, end, spelling } = (await triedStudy(options)).study.keywords;
  const matcher = compileKeywords(entries, { end, spelling });
  for await (const { id, title, abstract } of objectsOfStdin(tried, TRIED_FORM))
    say({ id: id ?? null, matched: matcher.match([title, abstract]) });
  return 0;
}
