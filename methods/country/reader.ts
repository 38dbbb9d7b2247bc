import { decide, type Decision } from './decide';
import { cutEmails, domainCountry } from './email';
import { compileGazetteer, type Gazetteer } from './gazetteer';
import { findMentions, firstAddress } from './mentions';
import type { CountryReading, CountryTables } from './tables';
import { splitWords } from './words';

/** Where an author went later, unless it is all that the string says. */
const furtherAddress = /(?<=\p{L}.*)\b(?:present|current) address(?:es)?\b.*$/isu;

export type ReadAffiliation = (affiliation: string) => CountryReading;

/**
 * A reader of the country in affiliation text. It reads from the end, whole words, the longest name first; a name that stands in two
 * countries decides nothing without support. Of several addresses in one string, separated by semicolons, the first that ends in a
 * place counts (older PubMed records put all authors' addresses into one). Null where the text gives no country; never an error.
 */
export function compileCountryReader(tables: CountryTables): ReadAffiliation {
  const gazetteer = compileGazetteer(tables);
  return (affiliation) => {
    const decision = firstOf(gazetteer, affiliation);
    return decision === null ? { country: null, cue: 'none' } : { country: decision.country, cue: decision.cue };
  };
}

function firstOf(gazetteer: Gazetteer, affiliation: string): Decision | null {
  let uncertain: Decision | null = null;
  const own = /address/i.test(affiliation) ? affiliation.replace(furtherAddress, '') : affiliation;
  for (const address of own.split(';')) {
    const decision = readAddress(gazetteer, address);
    if (decision?.certain) return decision;
    uncertain ??= decision;
  }
  return uncertain;
}

function readAddress(gazetteer: Gazetteer, address: string): Decision | null {
  const { text, domains } = cutEmails(address);
  const words = splitWords(text);
  const countries = domains.flatMap((domain) => domainCountry(domain, gazetteer.countries) ?? []);
  return decide({ words, mentions: firstAddress(findMentions(gazetteer, words), words), domains: countries });
}
