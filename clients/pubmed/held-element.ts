import type { ByteWindow } from './byte-window';
import type { XmlElement } from './element';
import { MarkupError } from './markup-error';
import { parseElement } from './markup';

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Parses the first `length` bytes of a window, with `missing` put behind them. Throws PubmedFileError if they are not UTF-8 or not well-formed. */
export function parseHeld(window: ByteWindow, length: number, missing = ''): XmlElement {
  const text = decode(window, length);
  try {
    return parseElement(text + missing);
  } catch (error) {
    if (!(error instanceof MarkupError)) throw error;
    throw window.refuse({ what: `XML that is not well-formed: ${error.what}`, offset: Buffer.byteLength(text.slice(0, error.index)) });
  }
}

function decode(window: ByteWindow, length: number): string {
  try {
    return utf8.decode(window.slice(0, length));
  } catch {
    // Decoding leniently instead would put a replacement character into a word, and lose a keyword.
    throw window.refuse({
      what: 'an element with bytes that are not UTF-8',
      offset: 0,
      next: 'Convert the file to UTF-8 from what it was saved in.',
    });
  }
}
