import { createHash } from 'node:crypto';
import { html, Markup, type Content } from '../../../drawing/markup';

export interface Document {
  title: string;
  description: string;
  body: Content;
  /** JSON blocks and the like, before the script. */
  data: Content;
  script: string;
  style: string;
}

/** The HTML document. Its policy admits the one inline script and the one inline style by their digests, and nothing from outside. */
export function documentText({ title, description, body, data, script, style }: Document): string {
  const code = script.replace(/<\/script/gi, '<\\/script').trim();
  const css = style.replace(/<\/style/gi, '<\\/style').trim();
  const policy = `default-src 'none'; script-src ${sha256(code)}; style-src ${sha256(css)}; base-uri 'none'; form-action 'none'`;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        <meta name="description" content="${description}" />
        ${new Markup(`<style>${css}</style>`)}
      </head>
      <body>
        <a class="skip" href="#content">Skip to content</a>${body} ${data} ${new Markup(`<script>${code}</script>`)}
      </body>
    </html> `.text;
}

function sha256(text: string): string {
  return `'sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}'`;
}
