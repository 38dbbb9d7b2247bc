import { sql } from '../../dag/sql';
import { compileConferenceMatcher, type CoreRow } from '../../methods/conference';
import { topThree, type JournalRow } from '../../methods/ranking';
import conferenceRanking from '../source/conference-ranking';
import journalRanking from '../source/journal-ranking';
import openalexConferences from '../source/openalex-conferences';
import { step } from '../step';
import articles from './articles';

interface Outlet {
  readonly article: string;
  readonly corpus: string;
  readonly issns: string[];
  readonly source: string | null;
}

export default step({
  id: 'sample/high-ranked',
  doc: 'Articles in one of the three highest ranked journals of a category, or at a conference rated A* by CORE (paper, Methods)',
  inputs: { articles, journals: journalRanking, core: conferenceRanking, conferences: openalexConferences },
  params: ({ rank }) => ({ top: rank.top, ties: rank.ties, miscellaneous: rank.miscellaneous, core: rank.core, aliases: rank.coreAliases }),
  output: {
    article: ['text', 'article'],
    indexed: ['boolean', 'whether its outlet is in the ranking of its corpus'],
    high_ranked: ['boolean', 'whether its outlet is high-ranked'],
    rank: ['text', 'best rank of the journal in a category, or the CORE rank'],
    because: ['text', 'category, or how the conference was matched'],
  },
  index: ['article'],
  async run({ params, inputs, query, write }) {
    const journals = await query<JournalRow>(
      sql`select issns, title, category, edition, metric from ${inputs.journals} as journals where refused is null`,
    );
    const known = new Set(journals.flatMap((journal) => journal.issns));
    const best = topThree(journals, params.top, { ties: params.ties, miscellaneous: params.miscellaneous });
    const conferences = await conferenceRanks(query, inputs, new Map(params.aliases.map(({ source, core }) => [source, core])));
    const outlets = await query<Outlet>(sql`select article, corpus, issns, source from ${inputs.articles} as articles order by 1`);
    for (const { article, corpus, issns, source } of outlets) {
      if (corpus === 'pubmed') {
        const ranks = issns.flatMap((issn) => best.get(issn) ?? []).sort((a, b) => a.rank - b.rank);
        const rank = ranks[0];
        write([
          {
            article,
            indexed: issns.some((issn) => known.has(issn)),
            high_ranked: rank !== undefined,
            rank: rank === undefined ? null : String(rank.rank),
            because: rank?.category ?? null,
          },
        ]);
      } else {
        const match = source === null ? undefined : conferences.get(source);
        const high = match !== undefined && (params.core as string[]).includes(match.rank);
        write([{ article, indexed: match !== undefined, high_ranked: high, rank: match?.rank ?? null, because: match?.because ?? null }]);
      }
    }
  },
});

type Query = <T>(statement: ReturnType<typeof sql>) => Promise<T[]>;

async function conferenceRanks(
  query: Query,
  inputs: { core: Parameters<typeof sql>[1]; conferences: Parameters<typeof sql>[1] },
  aliases: ReadonlyMap<string, string>,
) {
  const rows = await query<CoreRow>(
    sql`select core as id, title, acronym, rank from ${inputs.core} as core where refused is null order by 1`,
  );
  const sources = await query<{ id: string; title: string }>(
    sql`select source as id, coalesce(name, '') as title from ${inputs.conferences} as conferences order by 1`,
  );
  const match = compileConferenceMatcher(rows, aliases);
  const found = new Map<string, { rank: string; because: string }>();
  for (const source of sources) {
    const { core, because } = match(source);
    if (core !== null) found.set(source.id, { rank: core.rank, because });
  }
  return found;
}
