import { z } from 'zod';
import { readWork } from '../../clients/openalex/records';
import { compileLifeScience } from '../../methods/life-science';
import { topic } from '../../methods/topic';
import type { CommonOptions } from '../options';
import { objectsOfStdin, say, triedStudy } from './lines';

const work = z.unknown().transform((raw) => readWork(raw));

/** `atlas try topic`: works as OpenAlex gives them, one a line → topic, and whether they are life science. */
export async function run(options: CommonOptions): Promise<number> {
  const { study } = await triedStudy(options);
  const field = compileLifeScience(study.lifeScience, study.topic.concepts);
  const names = new Map(study.topic.concepts.map(({ id, name }) => [id, name]));
  for await (const { id, concepts: raw, topics } of objectsOfStdin(work, 'an OpenAlex work')) {
    const concepts = raw.map(({ id: concept, level, score }) => ({ id: concept, level: level ?? 0, score: score ?? 0 }));
    const found = topic(concepts, study.topic);
    const life = field.read({ concepts, topics });
    const name = found.concept === null ? null : (names.get(found.concept) ?? null);
    say({ id, topic: found.concept, name, lifeScience: life.lifeScience, because: { topic: found.because, lifeScience: life.branch } });
  }
  return 0;
}
