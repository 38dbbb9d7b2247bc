/** Lengths as the standard bounds them, so that text without end costs no more than its length. */
const address = /[\p{L}\p{N}._%+-]{1,64}@(?:[\p{L}\p{N}-]{1,63}\.){1,8}\p{L}{2,24}/giu;
const noise =
  /https?:\/\/\S+|www\.\S+|(?:orcid\S{0,40}\s?)?\d{4}-\d{4}-\d{4}-\d{3}[\dX]|(?:electronic address|e-?mail)\s*:?|#(?:n|r|tab)#/giu;

/** Initials of authors who share an address, "(A.B., C.D.)": not a province. */
const initials = /\(\s*(?:\p{Lu}\.[\s-]?){1,4}(?:\s*(?:,|;|&|and)\s*(?:\p{Lu}\.[\s-]?){1,4})+\)/gu;
/** True of every text that one of the three above would change, and cheap. */
const suspect = /[@#]|\(\s*[^\s\w]*[A-Z\u0080-\uFFFF]\.|orcid|\d{4}-\d{4}-|www|http|mail|address/i;

/** Country domains that are sold to anyone; they count only below an academic or official second level (edu.co). */
const sold = new Set([
  'ac',
  'ai',
  'as',
  'cc',
  'co',
  'fm',
  'gg',
  'im',
  'io',
  'la',
  'ly',
  'me',
  'nu',
  'pw',
  'sh',
  'st',
  'tk',
  'to',
  'tv',
  'vc',
  'ws',
]);
const official = new Set(['ac', 'edu', 'gov', 'gob', 'gouv']);

/** The affiliation without e-mail addresses, links, ORCIDs and initials, and the domains of the addresses. */
export function cutEmails(affiliation: string): { text: string; domains: string[] } {
  if (!suspect.test(affiliation)) return { text: affiliation, domains: [] };
  const domains = [...affiliation.matchAll(address)].map(([mail]) => mail.slice(mail.indexOf('@') + 1).toLowerCase());
  return { text: affiliation.replace(address, ' ').replace(noise, ' ').replace(initials, ' '), domains };
}

/** The country of an e-mail domain. `.edu`, `.com`, `.org` and `.net` have none: people of all countries use them. */
export function domainCountry(domain: string, countries: ReadonlySet<string>): string | null {
  const labels = domain.split('.');
  const top = labels.at(-1) ?? '';
  if (top === 'gov' || top === 'mil') return 'US';
  if (top === 'uk') return 'GB';
  if (sold.has(top) && !official.has(labels.at(-2) ?? '')) return null;
  return countries.has(top.toUpperCase()) ? top.toUpperCase() : null;
}
