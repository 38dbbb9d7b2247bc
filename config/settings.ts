import path from 'node:path';
import { z } from 'zod';
import { readBucket, type BucketSettings } from './bucket';
import { dotEnv } from './environment';
import { homeFolder } from './home-folder';
import { InputError } from './input-error';
import { projectRoot } from './project-root';
import { redactor, type Secrets } from './secrets';
import { reader, service, word, type Read, type Rule } from './setting-reader';

/** What the command line may say; a flag wins over everything. */
export interface SettingFlags {
  home?: string;
  study?: string;
  /** `demo` brings its own engines, whatever the environment says. */
  embedded?: boolean;
}

export interface TemporalSettings {
  /** `host:port`; null when a profile of temporal.toml decides. */
  address: string | null;
  namespace: string;
  configFile: string | null;
  profile: string | null;
}

/** Base addresses, without a slash at the end. */
export interface ServiceSettings {
  openalex: string;
  eutils: string;
  bulk: string;
  /** The root of OpenAlex's bucket, or a folder with the same content. */
  snapshot: string;
}

export interface Settings {
  root: string;
  /** Folder of the engines, the data and the logs. */
  home: string;
  /** Name or file of the study. */
  study: string;
  /** `given`: database in `secrets.databaseUrl`, Temporal in `temporal`. */
  engines: 'embedded' | 'given';
  temporal: TemporalSettings | null;
  services: ServiceSettings;
  /** Where fetched bytes are kept; null is the home. */
  bucket: BucketSettings | null;
  /** Told to the services, as they ask for it. */
  contactEmail: string | null;
  /** How long a service may be silent, before its first byte and between two, before a request is tried again. */
  timeoutMs: number;
  /** Folder of recorded answers. */
  recorded: string | null;
  secrets: Secrets;
  /** Replaces every secret in a text. */
  redact: (text: string) => string;
}

const DEFAULT_SERVICES: ServiceSettings = {
  openalex: 'https://api.openalex.org',
  eutils: 'https://eutils.ncbi.nlm.nih.gov/entrez/eutils',
  bulk: 'https://ftp.ncbi.nlm.nih.gov/pubmed',
  snapshot: 'https://openalex.s3.amazonaws.com',
};

/**
 * Settings of a command: flag over environment over `.env` at the project root over default.
 * @throws InputError (exit code 2) naming the variable and where it was set, never a secret
 */
export function loadSettings(flags: SettingFlags = {}, env: NodeJS.ProcessEnv = process.env, root: string = projectRoot()): Settings {
  const read = reader(env, dotEnv(root));
  const secrets: Secrets = {
    openalexApiKey: read('OPENALEX_API_KEY', word),
    ncbiApiKey: read('NCBI_API_KEY', word),
    awsSecretAccessKey: read('AWS_SECRET_ACCESS_KEY', word),
    awsSessionToken: read('AWS_SESSION_TOKEN', word),
    databaseUrl: flags.embedded ? null : read('ATLAS_DATABASE_URL', databaseUrl),
  };
  const temporal = flags.embedded ? null : readTemporal(read);
  const home = flags.home ?? read('ATLAS_HOME', word);
  const recorded = read('ATLAS_RECORDED', word);
  return {
    root,
    home: homeFolder(home, root),
    study: flags.study ?? read('ATLAS_STUDY', word) ?? 'ai-life-science',
    engines: bothOrNeither(secrets.databaseUrl, temporal),
    temporal,
    services: readServices(read),
    bucket: readBucket(read),
    contactEmail: read('ATLAS_CONTACT_EMAIL', email),
    timeoutMs: Number(read('ATLAS_TIMEOUT_SECONDS', seconds) ?? DEFAULT_TIMEOUT_SECONDS) * 1000,
    recorded: recorded === null ? null : path.resolve(recorded),
    secrets,
    redact: redactor(secrets),
  };
}

const DEFAULT_TIMEOUT_SECONDS = 60;
const seconds: Rule = { schema: z.string().regex(/^[1-9]\d{0,3}$/), expected: 'whole seconds from 1' };
const email: Rule = { schema: z.email(), expected: 'an e-mail address' };
const address: Rule = { schema: z.string().regex(/^[^\s/:]+:\d{1,5}$|^\[[0-9a-fA-F:]+\]:\d{1,5}$/), expected: 'host:port' };
const databaseUrl: Rule = {
  schema: z.url({ protocol: /^postgres(ql)?$/ }),
  expected: 'an address such as postgres://user:password@host:5432/database',
  isSecret: true,
};

/** temporal.toml counts only when the user points at it: one lying about must not send a run elsewhere. */
function readTemporal(read: Read): TemporalSettings | null {
  const configFile = read('TEMPORAL_CONFIG_FILE', word);
  const profile = read('TEMPORAL_PROFILE', word);
  const host = read('TEMPORAL_ADDRESS', address);
  if (host === null && configFile === null && profile === null) return null;
  return { address: host, namespace: read('TEMPORAL_NAMESPACE', word) ?? 'default', configFile, profile };
}

function readServices(read: Read): ServiceSettings {
  const base = (name: string, otherwise: string) => (read(name, service) ?? otherwise).replace(/\/+$/, '');
  return {
    openalex: base('ATLAS_OPENALEX_URL', DEFAULT_SERVICES.openalex),
    eutils: base('ATLAS_EUTILS_URL', DEFAULT_SERVICES.eutils),
    bulk: base('ATLAS_BULK_URL', DEFAULT_SERVICES.bulk),
    snapshot: folderOrBase(read('ATLAS_OPENALEX_SNAPSHOT', word) ?? DEFAULT_SERVICES.snapshot),
  };
}

function folderOrBase(text: string): string {
  return isAddress(text) ? text.replace(/\/+$/, '') : path.resolve(text);
}

/** Whether a snapshot is had over HTTP; else it is a folder. */
export function isAddress(text: string): boolean {
  return /^https?:\/\//i.test(text);
}

function bothOrNeither(database: string | null, temporal: TemporalSettings | null): Settings['engines'] {
  if (database !== null && temporal !== null) return 'given';
  if (database === null && temporal === null) return 'embedded';
  const [set, other] = database === null ? ['Temporal', 'ATLAS_DATABASE_URL'] : ['ATLAS_DATABASE_URL', 'TEMPORAL_ADDRESS'];
  const next = `Set ${other} too, or unset both to use the embedded engines.`;
  throw new InputError(`Expected the database and Temporal to be given both or neither, got ${set} only (environment or .env). ${next}`);
}
