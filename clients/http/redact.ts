import type { Secrets } from './ports';

export type Redact = (text: string) => string;

/** A function that blacks out every secret, plain or percent-encoded. Error bodies repeat keys: efetch does so with status 400. */
export function createRedact(secrets: Secrets): Redact {
  const values = Object.values(secrets)
    .map((value) => value?.trim() ?? '')
    .filter((value) => value !== '');
  const spellings = [
    ...new Set(values.flatMap((value) => [value, encodeURIComponent(value), new URLSearchParams({ v: value }).toString().slice(2)])),
  ];
  // Longest first, so that a secret inside another leaves no rest behind.
  spellings.sort((a, b) => b.length - a.length);
  return (text) => spellings.reduce((clean, spelling) => clean.replaceAll(spelling, '[secret]'), text);
}
