/** What must never be shown, logged or stored. */
export interface Secrets {
  openalexApiKey: string | null;
  ncbiApiKey: string | null;
  /** Of the bucket, when bytes are kept in one. */
  awsSecretAccessKey: string | null;
  awsSessionToken: string | null;
  /** With its password. */
  databaseUrl: string | null;
}

// Shorter than this, a text would lose ordinary words; such a secret is none.
const SHORTEST = 4;

/** A function that replaces every secret in a text, as it is and as it looks inside a URL. */
export function redactor(secrets: Secrets): (text: string) => string {
  const { databaseUrl, ...keys } = secrets;
  const values = [...Object.values(keys), databaseUrl, ...passwords(databaseUrl)]
    .filter((value): value is string => value !== null && value.length >= SHORTEST)
    .flatMap((value) => [value, encodeURIComponent(value), JSON.stringify(value).slice(1, -1)])
    // The longest first: a database address is replaced whole before its password.
    .sort((a, b) => b.length - a.length);
  return (text) => values.reduce((safe, value) => safe.replaceAll(value, '[secret]'), text);
}

function passwords(url: string | null): string[] {
  if (url === null || !URL.canParse(url)) return [];
  const { password } = new URL(url);
  return [password, decoded(password)];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
