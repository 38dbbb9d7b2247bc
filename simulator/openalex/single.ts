import { json, type Answer } from '../exchange';
import type { Collection } from './collection';
import { movedTo, notFound } from './refusals';
import type { OpenAlex } from './route';
import { selection } from './select';

interface SingleRequest {
  service: OpenAlex;
  collection: Collection;
  entity: string;
  /** What stands after `/works/`. */
  name: string;
  params: URLSearchParams;
}

const prefix: Record<string, string> = { works: 'W', sources: 'S' };

/** One record by OpenAlex id, `pmid:`, `doi:` or `mag:`; other spellings of an id are redirected to the canonical one. */
export function single({ service, collection, entity, name, params }: SingleRequest): Answer {
  const project = selection(params.get('select'), collection.select);
  const id = canonical(entity, name);
  if (id !== null && id !== name) throw movedTo(`/openalex/${entity}/${id}`, 302);
  const survivor = id === null ? undefined : service.merged.get(id);
  if (survivor !== undefined && service.switches.mergedWorks === 'redirect') throw movedTo(`/openalex/${entity}/${survivor}`, 301);
  const row = id === null ? byOtherId(collection, name) : collection.withAny('openalex', [id.toLowerCase()])[0];
  if (row === undefined) throw notFound();
  if (/^mag:/i.test(name)) throw movedTo(row.id.replace('https://openalex.org', `/openalex/${entity}`), 302);
  return json(200, project(row));
}

/** `W123` for `w123`, `123` and the full URL; null for anything that is not an OpenAlex id. */
function canonical(entity: string, name: string): string | null {
  const letter = prefix[entity] ?? '';
  const match = new RegExp(`^(?:https?://openalex\\.org/|openalex:)?(?:${letter})?(\\d+)$`, 'i').exec(name);
  return match ? `${letter}${match[1]}` : null;
}

function byOtherId(collection: Collection, name: string) {
  const [, scheme, value] = /^(pmid|doi|mag):(.+)$/i.exec(name) ?? /^https?:\/\/(?:dx\.)?(doi)\.org\/(.+)$/i.exec(name) ?? [];
  const field = scheme === undefined ? undefined : collection.fields[scheme.toLowerCase()];
  if (scheme === undefined || value === undefined || !field) return undefined;
  return collection.withAny(scheme.toLowerCase(), [field.fold(value)])[0];
}
