import { closeSync, openSync, writeSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { randomFrom } from './random.mjs';
import { record } from './record.mjs';
import { contentWord } from './words.mjs';

const FLUSH = 8 * 1024 * 1024;
const head = `<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE PubmedArticleSet SYSTEM "http://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd">
<PubmedArticleSet>
`;

/**
 * Writes a synthetic file of the size and make of NLM's: one seed, the same bytes. Members of 8 MiB each, which gunzip as one.
 * @returns bytes of text and of gzip, the share of titles and abstracts in the text, and the PMIDs of the records with a keyword in title or abstract
 */
export function writeBulkFile(file, { records, seed }) {
  const stream = randomFrom(seed);
  const out = openSync(file, 'w');
  const hits = new Set();
  let [text, bytes, gzip, read, pmid, journal, left] = [head, 0, 0, 0, 1_000_000, null, 0];
  const flush = () => {
    const packed = gzipSync(text, { level: 6 });
    writeSync(out, packed);
    bytes += Buffer.byteLength(text);
    gzip += packed.length;
    text = '';
  };
  for (let count = 0; count < records; count++) {
    // Neighbours share a journal: runs of 4 to 17.
    if (left-- <= 0) [journal, left] = [newJournal(stream), 4 + stream.below(14)];
    pmid += 1 + stream.below(3);
    const made = record(stream, { pmid, year: yearOf(stream), journal });
    read += made.read;
    if (made.hit) hits.add(pmid);
    text += `${made.xml}\n`;
    if (text.length > FLUSH) flush();
  }
  text += '</PubmedArticleSet>\n';
  flush();
  closeSync(out);
  return { bytes, gzip, hits, share: read / bytes };
}

/** From 1950 to 2024, each year 4 % more than the one before. */
function yearOf(stream) {
  return 2024 - Math.min(74, Math.floor(-Math.log(1 - stream.next()) / Math.log(1.04)));
}

function newJournal(stream) {
  const id = stream.below(9000);
  const name = `${contentWord(stream)} ${contentWord(stream)}`;
  return {
    id,
    nlm: 100_000_000 + id,
    issn: `1234-${String(id).padStart(4, '0')}`,
    title: `Journal of ${name} and robot surgery`,
    short: `J ${name}`,
  };
}
