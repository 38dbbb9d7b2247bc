import type { ByteWindow } from './byte-window';

const lessThan = 0x3c;
const greaterThan = 0x3e;
const slash = 0x2f;
/** Blanks that formatting may put between two records. More is a gzip that inflates without end. */
const mostBlanks = 1024 * 1024;
export const glued = 'Several documents may be glued together: cut the file where each begins and give the parts.';

export function isBlank(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

/** Drops white space, comments and processing instructions; what follows is a tag, text, or the end. */
export async function skipMisc(window: ByteWindow): Promise<void> {
  for (;;) {
    let blanks = 0;
    while (isBlank(await window.byteAt(blanks)))
      if (++blanks > mostBlanks) throw window.refuse({ what: 'more than 1 MiB of blanks', offset: 0 });
    window.drop(blanks);
    if (!(await window.startsWith('<!--')) && !(await window.startsWith('<?'))) return;
    window.drop(await passSpecial(window, 0));
  }
}

/** Position behind the comment, CDATA section or processing instruction at `at`. */
export async function passSpecial(window: ByteWindow, at: number): Promise<number> {
  if (await window.startsWith('<!--', at)) return passComment(window, at);
  if (await window.startsWith('<![CDATA[', at)) return passTo(window, ']]>', at + 9);
  if (!(await window.startsWith('<?', at))) throw window.refuse({ what: 'a declaration among the records', offset: at });
  if (/^<\?xml[\s?]$/i.test(window.slice(at, at + 6).toString('latin1'))) {
    throw window.refuse({ what: 'an XML declaration that is not at the start', offset: at, next: glued });
  }
  return passTo(window, '?>', at + 2);
}

async function passComment(window: ByteWindow, at: number): Promise<number> {
  const end = await passTo(window, '--', at + 4);
  if ((await window.byteAt(end)) !== greaterThan) throw window.refuse({ what: 'a comment with "--" in it', offset: at });
  return end + 1;
}

async function passTo(window: ByteWindow, needle: string, from: number): Promise<number> {
  const found = await window.find(needle, from);
  if (found < 0) throw window.refuse({ what: `a file cut off before "${needle}"`, offset: window.length });
  return found + needle.length;
}

/** Position behind the tag at 0, whose attribute values may hold a ">". */
export async function passTag(window: ByteWindow): Promise<number> {
  let quote: number | undefined;
  for (let at = 1; ; at++) {
    const byte = await window.byteAt(at);
    if (byte === undefined) throw window.refuse({ what: 'a file cut off within a tag', offset: at });
    if (byte === lessThan) throw window.refuse({ what: 'a "<" within a tag', offset: at });
    if (quote === undefined && byte === greaterThan) return at + 1;
    if (byte === quote) quote = undefined;
    else if (quote === undefined && (byte === 0x22 || byte === 0x27)) quote = byte;
  }
}

/** Length of the element of that name at 0. Tags faked in comments, CDATA sections and instructions do not end it. */
export async function measureElement(window: ByteWindow, name: string): Promise<number> {
  let from = await passTag(window);
  if ((await window.byteAt(from - 2)) === slash) return from;
  const tag = `</${name}`;
  for (let close = -1; ;) {
    if (close < from) close = await window.find(tag, from);
    if (close < 0) throw window.refuse({ what: `a file cut off within a ${name}`, offset: window.length });
    const special = nextSpecial(window.slice(from, close));
    if (special >= 0) {
      from = await passSpecial(window, from + special);
      continue;
    }
    let end = close + tag.length;
    while (isBlank(await window.byteAt(end))) end++;
    if ((await window.byteAt(end)) === greaterThan) return end + 1;
    from = end;
  }
}

function nextSpecial(bytes: Buffer): number {
  const declaration = bytes.indexOf('<!');
  const instruction = bytes.indexOf('<?');
  return declaration < 0 || (instruction >= 0 && instruction < declaration) ? instruction : declaration;
}
