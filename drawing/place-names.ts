/** Everyday names for places whose United Nations name is too long for a chart. */
const everyday: Readonly<Record<string, string>> = {
  US: 'United States',
  GB: 'United Kingdom',
  KR: 'South Korea',
  KP: 'North Korea',
  RU: 'Russia',
  HK: 'Hong Kong (China)',
  MO: 'Macao (China)',
  CD: 'DR Congo',
  LA: 'Laos',
  SY: 'Syria',
  TZ: 'Tanzania',
  PS: 'Palestine',
  MD: 'Moldova',
};

/** The name to show for a place: the everyday name, or the given one without its bracketed addition ("Iran (Islamic Republic of)"). */
export function placeName(iso2: string, name: string): string {
  return everyday[iso2] ?? (name.replace(/ \([^)]*\)$/, '') || iso2);
}

/** The name inside a sentence: "the United States", "the Netherlands", "Germany". */
export function inSentence(name: string): string {
  return /^(United|Netherlands|Philippines|Bahamas|Gambia|Maldives|Dominican R|Central A|DR Congo)/.test(name) ? `the ${name}` : name;
}

/** First letter in upper case. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
