export type Region = 'Northern America' | 'Europe' | 'Asia' | 'Latin America and the Caribbean' | 'Africa' | 'Oceania';

export interface Country {
  /** ISO 3166-1 alpha-2. */
  code: string;
  region: Region;
  /** Share of articles at evenly spaced years from 2000 to 2022. */
  weights: number[];
  /** Share of international articles in 2000; it rises to about 1.6 times that in 2022. */
  international: number;
  clinical: number;
  highRanked: number;
  /** How affiliation texts end; `{city}` stands for the city with what belongs to it. */
  endings: string[];
  cities: string[];
  /** Names of institutions; `{city}` as above. */
  institutions: string[];
}

const english = ['University of {city}', '{city} Institute of Technology', '{city} General Hospital'];

type Entry = [
  code: string,
  weights: number[],
  rates: [international: number, clinical: number, highRanked: number],
  endings: string[],
  cities: string[],
  institutions?: string[],
];

const ends = (...names: string[]) => names.map((name) => `{city}, ${name}`);

const northernAmerica: Entry[] = [
  [
    'US',
    [0.34, 0.27, 0.165],
    [0.18, 0.2, 0.13],
    ['{city}, USA', '{city}, U.S.A.', '{city}, United States', '{city}', '{city}, United States of America'],
    ['Boston, MA 02115', 'Houston, TX 77030', 'Seattle, WA 98195', 'Durham, NC 27710', 'Portland, OR 97239', 'Nashville, TN 37232'],
  ],
  ['CA', [0.045, 0.04], [0.3, 0.19, 0.1], ends('Canada', 'Canada'), ['Toronto, ON M5S 1A1', 'Montréal, QC', 'Vancouver, BC']],
];

const europe: Entry[] = [
  [
    'GB',
    [0.085, 0.06],
    [0.32, 0.19, 0.12],
    ends('UK', 'United Kingdom', 'England', 'U.K.'),
    ['Leeds LS2 9JT', 'Manchester M13 9PL', 'Bristol BS8 1TH'],
  ],
  [
    'DE',
    [0.075, 0.05],
    [0.3, 0.17, 0.1],
    ends('Germany', 'Germany', 'Deutschland'),
    ['München', 'Köln', '69120 Heidelberg', 'Göttingen'],
    ['Technische Universität {city}', 'Universitätsklinikum {city}', 'University of {city}'],
  ],
  [
    'FR',
    [0.055, 0.03],
    [0.33, 0.15, 0.09],
    ends('France', 'France'),
    ['Lyon', 'Montpellier', '75013 Paris'],
    ['Université de {city}', 'Hôpital Général de {city}', 'École Centrale de {city}'],
  ],
  [
    'IT',
    [0.045, 0.04],
    [0.28, 0.18, 0.08],
    ends('Italy', 'Italia', 'Italy'),
    ['Padova', 'Bologna', '20133 Milano'],
    ['Università degli Studi di {city}', 'Ospedale Maggiore, {city}'],
  ],
  [
    'ES',
    [0.03, 0.03],
    [0.3, 0.18, 0.08],
    ends('Spain', 'España', 'Spain'),
    ['Málaga', 'Zaragoza', '08028 Barcelona'],
    ['Universidad de {city}', 'Hospital General de {city}'],
  ],
  [
    'NL',
    [0.03, 0.025],
    [0.36, 0.2, 0.14],
    ends('The Netherlands', 'Netherlands', 'the Netherlands'),
    ['Utrecht', 'Nijmegen', '1081 HV Amsterdam'],
  ],
  [
    'CH',
    [0.02, 0.018],
    [0.45, 0.16, 0.14],
    ends('Switzerland', 'Switzerland'),
    ['Zürich', 'Genève', '3010 Bern'],
    ['Universität {city}', 'University Hospital of {city}'],
  ],
  ['SE', [0.02, 0.013], [0.36, 0.18, 0.1], ends('Sweden', 'Sverige', 'Sweden'), ['Umeå', 'Linköping', 'Uppsala']],
  ['BE', [0.014, 0.01], [0.4, 0.16, 0.1], ends('Belgium', 'Belgium'), ['Leuven', 'Ghent', 'Liège']],
  ['DK', [0.01, 0.01], [0.38, 0.22, 0.1], ends('Denmark', 'Denmark'), ['Århus', 'Odense']],
  ['NO', [0.008, 0.008], [0.36, 0.19, 0.09], ends('Norway', 'Norway'), ['Tromsø', 'Bergen']],
  ['FI', [0.009, 0.008], [0.33, 0.16, 0.08], ends('Finland', 'Finland'), ['Jyväskylä', 'Oulu']],
  [
    'AT',
    [0.01, 0.009],
    [0.4, 0.16, 0.09],
    ends('Austria', 'Österreich', 'Austria'),
    ['1090 Wien', 'Graz'],
    ['Medizinische Universität {city}', 'Technische Universität {city}'],
  ],
  ['PL', [0.009, 0.012], [0.22, 0.14, 0.04], ends('Poland', 'Poland'), ['Łódź', 'Kraków', 'Gdańsk']],
  [
    'PT',
    [0.006, 0.009],
    [0.33, 0.13, 0.05],
    ends('Portugal', 'Portugal'),
    ['Coimbra', 'Braga'],
    ['Universidade de {city}', 'Hospital de {city}'],
  ],
  ['GR', [0.009, 0.008], [0.26, 0.14, 0.05], ends('Greece', 'Greece'), ['Patras', 'Heraklion']],
  ['IE', [0.005, 0.006], [0.34, 0.17, 0.08], ends('Ireland', 'Republic of Ireland'), ['Galway', 'Limerick']],
  ['CZ', [0.005, 0.006], [0.3, 0.12, 0.05], ends('Czech Republic', 'Czechia'), ['Brno', 'Olomouc']],
  ['RU', [0.006, 0.009], [0.24, 0.1, 0.03], ends('Russia', 'Russian Federation'), ['Novosibirsk', 'Kazan']],
  ['RO', [0.002, 0.006], [0.24, 0.12, 0.03], ends('Romania', 'Romania'), ['Cluj-Napoca', 'Iași']],
];

const asia: Entry[] = [
  [
    'CN',
    [0.03, 0.1, 0.2217],
    [0.2, 0.14, 0.06],
    ends('China', 'P.R. China', 'PR China', "People's Republic of China", 'P. R. China'),
    ['Hangzhou 310058', 'Wuhan 430074', 'Chengdu 610041', 'Beijing 100084', 'Shanghai 200240'],
  ],
  ['JP', [0.075, 0.035], [0.15, 0.13, 0.06], ends('Japan', 'Japan'), ['Osaka 565-0871', 'Sendai', 'Nagoya']],
  ['KR', [0.012, 0.035], [0.18, 0.17, 0.06], ends('Republic of Korea', 'South Korea', 'Korea'), ['Daejeon', 'Busan', 'Seoul 03080']],
  ['IN', [0.012, 0.045], [0.14, 0.12, 0.03], ends('India', 'India'), ['Chennai', 'Pune', 'New Delhi 110029']],
  ['TW', [0.014, 0.018], [0.14, 0.16, 0.05], ends('Taiwan', 'Taiwan, R.O.C.', 'Taiwan'), ['Taichung', 'Tainan']],
  [
    'HK',
    [0.007, 0.008],
    [0.35, 0.16, 0.08],
    ['{city}, Hong Kong', '{city}, Hong Kong SAR, China'],
    ['Pokfulam', 'Kowloon'],
    ['University of {city}', '{city} Institute of Technology'],
  ],
  ['SG', [0.006, 0.01], [0.4, 0.17, 0.12], ['{city}, Singapore', 'Singapore 119077, Singapore'], ['Kent Ridge', 'Outram']],
  ['IL', [0.014, 0.01], [0.28, 0.18, 0.09], ends('Israel', 'Israel'), ['Haifa', 'Rehovot']],
  [
    'TR',
    [0.008, 0.016],
    [0.12, 0.14, 0.03],
    ends('Turkey', 'Türkiye', 'Turkey'),
    ['İzmir', 'Eskişehir', 'Ankara'],
    ['{city} Üniversitesi', '{city} University'],
  ],
  ['IR', [0.002, 0.02], [0.18, 0.14, 0.02], ends('Iran', 'Islamic Republic of Iran'), ['Shiraz', 'Isfahan']],
  ['SA', [0.001, 0.014], [0.4, 0.13, 0.03], ends('Saudi Arabia', 'Kingdom of Saudi Arabia'), ['Riyadh', 'Jeddah']],
  ['PK', [0.001, 0.01], [0.36, 0.1, 0.02], ends('Pakistan', 'Pakistan'), ['Lahore', 'Islamabad']],
  ['MY', [0.002, 0.009], [0.32, 0.12, 0.03], ends('Malaysia', 'Malaysia'), ['Kuala Lumpur', 'Kuching']],
  ['TH', [0.002, 0.006], [0.28, 0.17, 0.03], ends('Thailand', 'Thailand'), ['Chiang Mai', 'Khon Kaen']],
  ['VN', [0.0005, 0.005], [0.42, 0.12, 0.03], ends('Vietnam', 'Viet Nam'), ['Hanoi', 'Đà Nẵng']],
  ['BD', [0.0005, 0.006], [0.36, 0.11, 0.02], ends('Bangladesh', 'Bangladesh'), ['Dhaka', 'Chittagong']],
];

const latinAmerica: Entry[] = [
  [
    'BR',
    [0.01, 0.022],
    [0.24, 0.16, 0.04],
    ends('Brazil', 'Brasil', 'Brazil'),
    ['São Paulo', 'Florianópolis', 'Belém'],
    ['Universidade Federal de {city}', 'Hospital de Clínicas de {city}'],
  ],
  ['MX', [0.004, 0.008], [0.3, 0.14, 0.03], ends('Mexico', 'México'), ['Monterrey', 'Mérida'], ['Universidad Autónoma de {city}']],
  ['AR', [0.003, 0.004], [0.3, 0.12, 0.03], ends('Argentina', 'Argentina'), ['Rosario', 'Mendoza'], ['Universidad Nacional de {city}']],
  ['CL', [0.002, 0.005], [0.4, 0.14, 0.04], ends('Chile', 'Chile'), ['Valparaíso', 'Concepción'], ['Universidad de {city}']],
  ['CO', [0.001, 0.004], [0.38, 0.13, 0.03], ends('Colombia', 'Colombia'), ['Medellín', 'Bogotá'], ['Universidad de {city}']],
];

const africa: Entry[] = [
  ['EG', [0.002, 0.01], [0.4, 0.15, 0.02], ends('Egypt', 'Egypt'), ['Assiut', 'Mansoura']],
  ['ZA', [0.002, 0.005], [0.45, 0.2, 0.05], ends('South Africa', 'South Africa'), ['Cape Town', 'Durban']],
  ['NG', [0.0005, 0.003], [0.42, 0.16, 0.02], ends('Nigeria', 'Nigeria'), ['Ibadan', 'Enugu']],
  ['KE', [0.0005, 0.002], [0.65, 0.24, 0.05], ends('Kenya', 'Kenya'), ['Nairobi', 'Kisumu']],
  ['ET', [0.0002, 0.003], [0.4, 0.18, 0.02], ends('Ethiopia', 'Ethiopia'), ['Gondar', 'Addis Ababa']],
  ['TN', [0.001, 0.003], [0.38, 0.13, 0.02], ends('Tunisia', 'Tunisie'), ['Sfax', 'Monastir'], ['Université de {city}']],
];

const oceania: Entry[] = [
  ['AU', [0.025, 0.028], [0.38, 0.2, 0.11], ends('Australia', 'Australia'), ['Melbourne, VIC 3000', 'Brisbane, QLD', 'Adelaide, SA']],
  ['NZ', [0.004, 0.004], [0.4, 0.19, 0.08], ends('New Zealand', 'New Zealand'), ['Dunedin', 'Auckland']],
];

const of = (region: Region, entries: Entry[]): Country[] =>
  entries.map(([code, weights, [international, clinical, highRanked], endings, cities, institutions = english]) => ({
    code,
    region,
    weights,
    international,
    clinical,
    highRanked,
    endings,
    cities,
    institutions,
  }));

/** About fifty countries of all six regions; shares are chosen, with China ahead of the United States from 2020. */
export const countries: readonly Country[] = [
  ...of('Northern America', northernAmerica),
  ...of('Europe', europe),
  ...of('Asia', asia),
  ...of('Latin America and the Caribbean', latinAmerica),
  ...of('Africa', africa),
  ...of('Oceania', oceania),
];

const byCode = new Map(countries.map((country) => [country.code, country]));

export function countryOf(code: string): Country {
  const country = byCode.get(code);
  if (!country) throw new Error(`Expected a country of the synthetic world, got ${code}. Add it to simulator/world/countries.ts.`);
  return country;
}

/** A country's share of the articles of a year, between the points of its table. */
export function weightIn({ weights }: Country, year: number): number {
  const position = (Math.min(Math.max(year, 2000), 2022) - 2000) / (22 / (weights.length - 1));
  const index = Math.min(Math.floor(position), weights.length - 2);
  const [from = 0, to = 0] = weights.slice(index);
  return from + (to - from) * (position - index);
}
