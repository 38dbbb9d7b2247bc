import { addPanel } from './country-panel';
import { readAtlas, type Shown } from './data';
import { addDrawer } from './drawer';
import { readView, showMap, type View } from './map';
import { part, parts } from './page';
import { addPlay } from './play';
import { addSearch } from './search';
import { addSorting } from './sort';
import { addTooltip } from './tooltip';

/** Brings the page to life. All that it shows is in the page already; without this script the page still reads. */
function start(): void {
  const atlas = readAtlas();
  document.documentElement.classList.add('scripted');
  addDrawer(atlas);
  parts('table[data-sortable]', HTMLTableElement).forEach(addSorting);
  parts('[data-search]', HTMLInputElement).forEach(addSearch);
  const form = part('[data-controls]', HTMLFormElement);
  let now: { view: View; places: readonly Shown[] };
  const draw = () => {
    const view = readView(form);
    now = { view, places: showMap(atlas, view) };
  };
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('input', draw);
  draw();
  addPlay(form);
  addPanel(atlas);
  addTooltip(() => now);
}

start();
