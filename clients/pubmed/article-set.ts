import type { ByteWindow } from './byte-window';
import type { XmlElement } from './element';
import { parseHeld } from './held-element';
import { readProlog } from './prolog';
import { glued, measureElement, skipMisc } from './set-markup';

/** What the DTDs of all years allow in a set. Another kind is refused, since nobody has decided what it means for a count. */
const members = /^<(PubmedArticle|PubmedBookArticle|DeleteCitation)[\s/>]/;
const setEnd = /^<\/PubmedArticleSet[ \t\r\n]*>/;

/** The elements of a set, each while the window still stands at it. Throws PubmedFileError on anything that is not one complete set. */
export async function* elementsOfSet(window: ByteWindow): AsyncGenerator<XmlElement> {
  if ((await readProlog(window)) === 'open') yield* readMembers(window);
  await skipMisc(window);
  if ((await window.byteAt(0)) !== undefined)
    throw window.refuse({ what: `${await excerpt(window)} behind the end of the set`, offset: 0, next: glued });
}

async function* readMembers(window: ByteWindow): AsyncGenerator<XmlElement> {
  for (;;) {
    await skipMisc(window);
    if (await passSetEnd(window)) return;
    const name = await memberName(window);
    const length = await measureElement(window, name);
    yield parseHeld(window, length);
    window.drop(length);
  }
}

async function passSetEnd(window: ByteWindow): Promise<boolean> {
  if (!(await window.startsWith('</'))) return false;
  const end = (await window.find('>', 0)) + 1;
  if (!setEnd.test(window.slice(0, end).toString('latin1'))) throw window.refuse({ what: await misplaced(window), offset: 0 });
  window.drop(end);
  return true;
}

async function memberName(window: ByteWindow): Promise<string> {
  await window.byteAt('<PubmedBookArticle>'.length);
  const name = members.exec(window.slice(0, 40).toString('latin1'))?.[1];
  if (name === undefined) throw window.refuse({ what: await misplaced(window), offset: 0 });
  return name;
}

async function misplaced(window: ByteWindow): Promise<string> {
  const begun = (await window.startsWith('<')) && (await window.find('>', 0)) < 0;
  if (window.length === 0 || begun) return 'a file cut off before </PubmedArticleSet>';
  return `${await excerpt(window)} where a record should begin`;
}

async function excerpt(window: ByteWindow): Promise<string> {
  await window.byteAt(40);
  return JSON.stringify(window.slice(0, 40).toString('utf8'));
}
