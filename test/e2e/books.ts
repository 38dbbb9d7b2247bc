import { encodeParameters } from '../../clients/http/canonical';
import type { Simulator } from '../../simulator/server';
import type { Database } from '../../store/database';

/** One request as both sides know it. */
export interface Line {
  readonly text: string;
  readonly credits: number;
}

/** Every request of a database's ledger that was sent, with what it cost; without an answer its price stands. */
export async function ledgerLines(database: Database): Promise<Line[]> {
  const { rows } = await database.pool.query<Line>(
    `select canonical as text, coalesce(credits, price)::int as credits from store.request where not cached and completed is not null`,
  );
  return rows.sort(byText);
}

/** Every request that came to a simulator, in the words of the ledger. */
export function simulatorLines({ entries }: Pick<Simulator, 'entries'>): Line[] {
  return entries.map(({ service, url, form, credits }) => ({ text: canonical(service, url, form), credits })).sort(byText);
}

function canonical(service: string, url: string, form: string): string {
  const path = url.replace(/^\/(openalex|entrez\/eutils|pubmed)/, '');
  const [address = '', query = ''] = path.split('?');
  const asked = sorted(query);
  const line = `${service} ${form === '' ? 'GET' : 'POST'} ${asked === '' ? address : `${address}?${asked}`}`;
  return form === '' ? line : `${line}\n${sorted(form)}`;
}

const sorted = (text: string): string => encodeParameters(Object.fromEntries(new URLSearchParams(text)));

const byText = (a: Line, b: Line): number => (a.text < b.text ? -1 : a.text > b.text ? 1 : a.credits - b.credits);
