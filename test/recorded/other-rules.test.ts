import { createReadStream, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { readWork, type WorkRecord } from '../../clients/openalex/records';
import { readPubmed } from '../../clients/pubmed/read';
import type { PubmedRecord } from '../../clients/pubmed/record';
import { loadStudy } from '../../config/load';
import type { Study } from '../../config/study';
import { clinicalBits, type ClinicalBits } from '../../methods/clinical';
import { invertedIndexToText } from '../../methods/inverted-index';
import { compileStrategies, type KeywordReading } from '../../methods/keywords';
import { compileLifeScience } from '../../methods/life-science';
import { topic } from '../../methods/topic';
import { isRecorded, recorded } from './recorded-data';

const badOnPurpose = /raw-data-root|not-well-formed/;

/** Counts of the rules on real records: what docs/methods/ quotes. They change when a rule changes, and then the docs must. */
(isRecorded ? describe : describe.skip)('other rules on recorded records', () => {
  const paper = loadStudy('ai-life-science', { env: {}, missingFiles: 'list' }).then(({ study }) => study);

  test('keywords and filters on 497 PubMed records', async () => {
    const read = keywordReader(await paper);
    const records = await pubmedRecords();
    const readings = records.map(({ title, abstractParts }) => read([title, ...abstractParts]));
    const rules = tally(readings.map((reading) => reading?.rules ?? []));
    const lists = tally(readings.map(listsOf));
    const trials = records.filter(({ publicationTypes }) => publicationTypes.some((type) => /Clinical Trial|Randomized/.test(type)));
    const bitsOfTrials = tally(trials.map(({ title, abstract }) => names(clinicalBits(title, abstract))));
    const bits = tally(records.map(({ title, abstract }) => names(clinicalBits(title, abstract))));
    expect({ records: records.length, trials: trials.length, rules, lists, bits, bitsOfTrials }).toMatchInlineSnapshot(`
     {
       "bits": {
         "balanced": 15,
         "balanced_strict": 15,
         "broad": 34,
         "broad_strict": 32,
         "narrow": 5,
         "narrow_strict": 5,
       },
       "bitsOfTrials": {
         "balanced": 7,
         "balanced_strict": 7,
         "broad": 10,
         "broad_strict": 10,
         "narrow": 2,
         "narrow_strict": 2,
       },
       "lists": {
         "both": 15,
         "liu": 15,
         "own": 27,
       },
       "records": 497,
       "rules": {
         "end exact": 26,
         "end plural": 27,
         "end prefix": 28,
         "end substring": 28,
         "fold all": 27,
         "fold case": 24,
         "plain script": 25,
         "spelling american": 27,
         "spelling both": 27,
         "spelling british": 27,
       },
       "trials": 12,
     }
    `);
  });

  test('life science, topics and filters on 185 AI works and 200 biomedical ones', async () => {
    const study = await paper;
    const field = compileLifeScience(study.lifeScience, study.topic.concepts);
    const read = keywordReader(study);
    const counts = ['ai-classics-185.json.gz', 'biomedical-200.json.gz'].map((file) => {
      const works = recordedWorks(file).map((work) => ({ ...work, concepts: scored(work), abstract: abstractOf(work) }));
      return {
        works: works.length,
        lifeScience: tally(works.map((work) => field.variants(work))),
        topics: tally(works.map(({ concepts }) => [topic(concepts, study.topic).because])),
        clinical: tally(works.map(({ title, abstract }) => names(clinicalBits(title, abstract)))),
        withAbstract: works.filter(({ abstract }) => abstract !== null).length,
        lists: tally(works.map(({ title, abstract }) => listsOf(read([title, abstract])))),
      };
    });
    expect(counts).toMatchInlineSnapshot(`
     [
       {
         "clinical": {
           "balanced": 2,
           "balanced_strict": 2,
           "broad": 18,
           "broad_strict": 17,
         },
         "lifeScience": {
           "any score": 79,
           "any score, parents inferred": 84,
           "positive score": 33,
           "positive score, parents inferred": 40,
           "score ≥ 0.32": 12,
           "score ≥ 0.32, parents inferred": 22,
         },
         "lists": {
           "both": 101,
           "liu": 103,
           "own": 114,
         },
         "topics": {
           "highest": 76,
           "next-highest": 107,
           "no-level-1": 1,
           "only-excluded": 1,
         },
         "withAbstract": 178,
         "works": 185,
       },
       {
         "clinical": {
           "balanced": 4,
           "balanced_strict": 4,
           "broad": 10,
           "broad_strict": 10,
           "narrow": 1,
           "narrow_strict": 1,
         },
         "lifeScience": {
           "any score": 199,
           "any score, parents inferred": 199,
           "positive score": 198,
           "positive score, parents inferred": 198,
           "score ≥ 0.32": 178,
           "score ≥ 0.32, parents inferred": 186,
           "topics": 200,
         },
         "lists": {
           "own": 1,
         },
         "topics": {
           "highest": 198,
           "no-level-1": 2,
         },
         "withAbstract": 157,
         "works": 200,
       },
     ]
    `);
  });
});

function keywordReader({ keywords: { end, spelling, fold, comparison, ...list } }: Study) {
  return compileStrategies({ list, comparison, rule: { end, spelling, fold } }).read;
}

function listsOf(reading: KeywordReading | null): string[] {
  const [own, liu] = [(reading?.hits.length ?? 0) > 0, (reading?.comparison.length ?? 0) > 0];
  return [...(own ? ['own'] : []), ...(liu ? ['liu'] : []), ...(own && liu ? ['both'] : [])];
}

function abstractOf({ abstractInvertedIndex: index }: WorkRecord): string | null {
  return index === null ? null : invertedIndexToText(index);
}

async function pubmedRecords(): Promise<PubmedRecord[]> {
  const records = new Map<number, PubmedRecord>();
  for (const folder of ['pubmed/bulk', 'pubmed/efetch', 'pubmed/export']) {
    const files = readdirSync(path.join(recorded, folder)).filter((name) => /\.xml(\.gz)?$/.test(name) && !badOnPurpose.test(name));
    for (const name of files) {
      for await (const item of readPubmed(createReadStream(path.join(recorded, folder, name)), name))
        if (item.kind === 'article') records.set(item.record.pmid, item.record);
    }
  }
  return [...records.values()];
}

function recordedWorks(file: string): WorkRecord[] {
  const whole = JSON.parse(gunzipSync(readFileSync(path.join(recorded, 'openalex', 'works', file))).toString('utf8')) as unknown;
  const list = Array.isArray(whole) ? whole : (whole as { results: unknown[] }).results;
  return list.map((work) => readWork(work));
}

function scored({ concepts }: WorkRecord) {
  return concepts.map(({ id, level, score }) => ({ id, level: level ?? 0, score: score ?? 0 }));
}

function names(bits: ClinicalBits): string[] {
  return Object.entries(bits).flatMap(([name, bit]) => (bit === true ? [name] : []));
}

function tally(lists: readonly (readonly string[])[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of lists.flat()) counts[name] = (counts[name] ?? 0) + 1;
  return Object.fromEntries(Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1)));
}
