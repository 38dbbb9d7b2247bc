/**
 * Areas that the United Nations list (or OpenAlex) counts on their own, and the state that represents or claims them. Affiliations
 * often name both; a study decides with `regions.politics` whether they are counted separately or merged. No position is implied.
 */
export const parentStates: Readonly<Record<string, string>> = {
  HK: 'CN', MO: 'CN', TW: 'CN', XK: 'RS',
  PR: 'US', GU: 'US', VI: 'US', AS: 'US', MP: 'US', UM: 'US',
  GP: 'FR', MQ: 'FR', GF: 'FR', RE: 'FR', YT: 'FR', PM: 'FR', BL: 'FR', MF: 'FR', NC: 'FR', PF: 'FR', WF: 'FR', TF: 'FR',
  AI: 'GB', BM: 'GB', VG: 'GB', KY: 'GB', FK: 'GB', GI: 'GB', MS: 'GB', PN: 'GB', SH: 'GB', TC: 'GB', GS: 'GB', IO: 'GB', GG: 'GB', JE: 'GB', IM: 'GB',
  AW: 'NL', CW: 'NL', SX: 'NL', BQ: 'NL',
  GL: 'DK', FO: 'DK', AX: 'FI', SJ: 'NO', BV: 'NO',
  CX: 'AU', CC: 'AU', NF: 'AU', HM: 'AU', CK: 'NZ', NU: 'NZ', TK: 'NZ',
}; // prettier-ignore
