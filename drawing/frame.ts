import { Markup, svg, type Content } from './markup';
import { figureStyle } from './style';

/** What a figure says around its marks when it stands alone, outside the page. */
export interface Caption {
  title: string;
  subtitle: string;
  source: string;
}

/** What every figure takes: an id (unique on the page), a width in px, and a caption if it is to stand alone. */
export interface FigureOptions {
  id: string;
  width: number;
  /** The finding, read by screen readers. */
  title: string;
  /** Measure and unit, read by screen readers. */
  description: string;
  caption?: Caption;
}

/** The SVG element around the marks: named and described for assistive technology; with a caption it becomes a document of its own. */
export function frame(options: FigureOptions, height: number, marks: Content): string {
  const { id, width, title, description, caption } = options;
  const name = `${id}-${width}`;
  const head = caption ? captionHead(caption, width) : { markup: null, height: 0 };
  const foot = caption ? captionFoot(caption, width, head.height + height) : { markup: null, height: 0 };
  const whole = head.height + height + foot.height;
  const open = new Markup(
    svg`<svg xmlns="http://www.w3.org/2000/svg" class="figure" role="img" aria-labelledby="${name}-t" aria-describedby="${name}-d" viewBox="0 0 ${width} ${whole}" width="${width}" height="${whole}">`
      .text,
  );
  const style = caption ? svg`<style>${new Markup(figureStyle)}</style><rect class="sheet" width="100%" height="100%"/>` : null;
  const body = caption ? svg`${head.markup}<g transform="translate(0 ${head.height})">${marks}</g>${foot.markup}` : svg`${marks}`;
  return svg`${open}<title id="${name}-t">${title}</title><desc id="${name}-d">${description}</desc>${style}${body}</svg>`.text;
}

function captionHead(caption: Caption, width: number) {
  const title = wrap(caption.title, width / 11.2);
  const subtitle = wrap(caption.subtitle, width / 6.6);
  const markup = svg`${title.map((line, i) => svg`<text class="heading" x="12" y="${32 + i * 24}">${line}</text>`)}${subtitle.map(
    (line, i) => svg`<text class="muted" x="12" y="${32 + title.length * 24 + i * 16}">${line}</text>`,
  )}`;
  return { markup, height: 44 + title.length * 24 + subtitle.length * 16 };
}

function captionFoot(caption: Caption, width: number, top: number) {
  const lines = wrap(caption.source, width / 6.4);
  const markup = svg`${lines.map((line, i) => svg`<text class="muted" x="12" y="${top + 24 + i * 16}">${line}</text>`)}`;
  return { markup, height: 32 + lines.length * 16 };
}

/** The text, cut to so many characters with an ellipsis where it is longer. */
export function fit(text: string, characters: number): string {
  return text.length <= characters ? text : `${text.slice(0, characters - 1).trimEnd()}…`;
}

/** Lines of at most so many characters, broken at blanks. */
export function wrap(text: string, characters: number): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = lines[lines.length - 1]!;
    if (last !== '' && last.length + 1 + word.length > characters) lines.push(word);
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
  }
  return lines;
}
