import { html, type Markup } from '../../../drawing/markup';
import type { PageData } from '../../../drawing/page-data';
import { placeName } from '../../../drawing/place-names';
import { figureStyle } from '../../../drawing/style';
import { clinicalPart } from './clinical';
import { collaborationPart } from './collaboration';
import { countriesPart } from './countries';
import { dataBlock } from './data-block';
import { documentText } from './document';
import { growthPart } from './growth';
import { head } from './head';
import { madePart } from './made';
import { mapPart } from './map';
import { paperPart } from './paper';
import { sourceLine, type Part, type SiteFile } from './part';
import { qualityPart } from './quality';
import { rulesPart } from './rules';
import { samplePart } from './sample';
import { relevancePart } from './relevance';
import { topicsPart } from './topics';

/** In the order of the paper's argument. */
const parts: readonly ((data: PageData) => Part | null)[] = [
  mapPart,
  growthPart,
  countriesPart,
  topicsPart,
  clinicalPart,
  qualityPart,
  relevancePart,
  collaborationPart,
  samplePart,
  rulesPart,
  paperPart,
  madePart,
];

/** The atlas page as files of one folder: index.html, data/*.csv, figures/*.svg. Pure: equal data, equal bytes. */
export function composeSite(data: PageData, assets: { script: string; style: string }): SiteFile[] {
  const named = { ...data, countries: data.countries.map((country) => ({ ...country, name: placeName(country.iso2, country.name) })) };
  const made = parts.map((part) => part(named)).filter((part) => part !== null);
  const text = documentText({
    title: data.synthetic ? `${data.title} (synthetic data)` : data.title,
    description: `${data.studyTitle}. ${sourceLine(data)}`,
    body: html`${head(named, made)}
      <main id="content">${made.map((part) => part.markup)}</main>
      ${foot(data)}${drawer()}`,
    data: dataBlock(named),
    script: assets.script,
    style: `${figureStyle}\n${assets.style}`,
  });
  return [{ path: 'index.html', text }, ...made.flatMap((part) => part.files)];
}

function foot(data: PageData): Markup {
  return html`<footer class="page-foot"><p>${sourceLine(data)}. Finished ${data.finished}.</p></footer>`;
}

function drawer(): Markup {
  return html`<dialog class="drawer" data-drawer aria-labelledby="drawer-title">
      <form method="dialog"><button class="close" aria-label="Close">×</button></form>
      <div data-drawer-body></div>
    </dialog>
    <div class="tooltip" data-tooltip role="status" hidden></div>`;
}
