import { html, type Markup } from '../../../drawing/markup';
import { stepAnchor, stepOfId } from './number-ids';

/** A number that can be asked: without scripts a link to its step, with scripts it opens the drawer. */
export function numberLink(id: string, text: string): Markup {
  return html`<a class="n" href="#${stepAnchor(stepOfId(id))}" data-ask="${id}">${text}</a>`;
}
