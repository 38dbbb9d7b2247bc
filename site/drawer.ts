import { html, type Markup } from '../drawing/markup';
import { count, duration } from '../drawing/numbers';
import type { StepRow } from '../drawing/page-data';
import type { Atlas } from './data';
import { part } from './page';

/** A click, or Enter on a focused number, opens the drawer with where the number comes from. */
export function addDrawer(atlas: Atlas): void {
  const drawer = part('[data-drawer]', HTMLDialogElement);
  const body = part('[data-drawer-body]', HTMLElement, drawer);
  document.addEventListener('click', (event) => {
    if (event.target === drawer) return drawer.close();
    const asked = event.target instanceof Element ? event.target.closest<HTMLElement | SVGElement>('[data-ask]') : null;
    if (!asked || event.metaKey || event.ctrlKey) return;
    event.preventDefault();
    body.innerHTML = drawerText(atlas, asked.dataset.ask ?? '', saidBy(asked)).text;
    if (!drawer.open) drawer.showModal();
    drawer.scrollTop = 0;
  });
}

/** The words of the number or mark: its title where it is drawn, else its text. */
function saidBy(element: HTMLElement | SVGElement): string {
  if (!(element instanceof SVGElement)) return element.textContent.trim();
  const title = element.querySelector('title')?.textContent;
  return (
    title ??
    [...element.querySelectorAll('text')]
      .map((text) => text.textContent)
      .join(' ')
      .trim()
  );
}

function drawerText(atlas: Atlas, id: string, value: string): Markup {
  const name = id.includes('/') ? id.split(/[?#]/)[0]! : 'report/drift';
  const step = atlas.steps.find((candidate) => candidate.step === name);
  const isNumber = id.includes('#') || !id.includes('/');
  const heading = html`<p class="kicker">${isNumber ? 'Where this number comes from' : 'Step'}</p>
    <h2 id="drawer-title">${value || name}</h2>
    ${place(id)}`;
  const trace = isNumber
    ? html`<h3>Trace it</h3>
        <pre tabindex="0">npx atlas trace --study ${atlas.study} '${id}'</pre>`
    : html`<h3>Look at it</h3>
        <pre tabindex="0">npx atlas why --study ${atlas.study} ${name}</pre>`;
  return html`${heading}${step ? stepText(step, atlas) : html`<p>Made by the step <code>${name}</code>, which is not in this run’s list.</p>`}${trace}`;
}

/** The row behind the number, readable: "country US · year 2020 · articles". */
function place(id: string): Markup | null {
  const match = /^[^?#]+(?:\?([^#]*))?(?:#(.*))?$/.exec(id);
  if (!match || !id.includes('#')) return null;
  const values = (match[1] ?? '').split('&').filter(Boolean);
  const words = values.map((pair) => decodeURIComponent(pair.replace('=', ' ')));
  return html`<p class="muted">${[...words, match[2] ?? ''].filter(Boolean).join(' · ')}</p>`;
}

function stepText(step: StepRow, atlas: Atlas): Markup {
  const inputs = step.inputs.map((input) =>
    atlas.steps.some((other) => other.step === input)
      ? html`<li><a href="#made" data-ask="${input}">${input}</a></li>`
      : html`<li>${input}</li>`,
  );
  const rows: [string, string | Markup][] = [
    ['Step', html`<code>${step.step}</code>`],
    ['View', html`<code>${step.view}</code>`],
    [
      'Result',
      `${step.action === 'hit' ? 'from cache' : step.action === 'ran' ? 'computed' : step.action}, ${count(step.rows)} rows, ${duration(step.seconds)}`,
    ],
    ['Requests', `${count(step.requests)}, of which ${count(step.cachedRequests)} from the cache`],
    ['Key', html`<code class="hash">${step.key}</code>`],
    ['Digest', html`<code class="hash">${step.digest}</code>`],
    [
      'Inputs',
      inputs.length > 0
        ? html`<ul>
            ${inputs}
          </ul>`
        : 'none: a source',
    ],
  ];
  return html`<p>${step.doc}</p>
    <dl>
      ${rows.map(
        ([name, value]) =>
          html`<div>
            <dt>${name}</dt>
            <dd>${value}</dd>
          </div>`,
      )}
    </dl>`;
}
