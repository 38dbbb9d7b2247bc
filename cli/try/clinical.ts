import { clinical } from '../../methods/clinical';
import type { CommonOptions } from '../options';
import { objectsOfStdin, say, triedStudy } from './lines';
import { tried, TRIED_FORM } from './text';

/** `atlas try clinical`: the study's filter on lines of stdin, with the words that decided. */
export async function run(options: CommonOptions): Promise<number> {
  const rule = (await triedStudy(options)).study.clinical;
  for await (const { id, title, abstract } of objectsOfStdin(tried, TRIED_FORM))
    say({ id: id ?? null, ...clinical(title, abstract, rule) });
  return 0;
}
