/** Text that is markup already. Everything else is escaped on its way into a template. */
export class Markup {
  constructor(readonly text: string) {}

  toString(): string {
    return this.text;
  }
}

export type Content = Markup | string | number | null | undefined | false | readonly Content[];

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text made safe for element content and for quoted attributes, in HTML and SVG alike. */
export function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character]!);
}

/** A number as SVG wants it: at most two decimals, the same on every machine. Throws on NaN and infinity. */
function plainNumber(value: number): string {
  if (!Number.isFinite(value)) throw new Error(`Expected a finite number in markup, got ${value}. Check the rows given to the figure.`);
  return String(Math.round(value * 100) / 100 + 0);
}

function written(content: Content): string {
  if (content === null || content === undefined || content === false) return '';
  if (content instanceof Markup) return content.text;
  if (typeof content === 'number') return plainNumber(content);
  if (typeof content === 'string') return escapeText(content);
  return content.map(written).join('');
}

function filled(parts: readonly string[], values: readonly Content[]): Markup {
  return new Markup(parts.map((part, i) => part + (i < values.length ? written(values[i]) : '')).join(''));
}

/** Template tag for SVG: values are escaped, lists joined, null and false left out. */
export function svg(strings: TemplateStringsArray, ...values: Content[]): Markup {
  return filled(strings, values);
}

/** The same for HTML, where a line break with its indent in the template is worth one blank: the formatter may lay templates out freely. */
export function html(strings: TemplateStringsArray, ...values: Content[]): Markup {
  return filled(
    strings.map((part) => part.replace(/\s*\n\s*/g, ' ')),
    values,
  );
}
