const prefix = /^(https?:\/\/(dx\.|www\.)?doi\.org\/|doi:\s*)/i;
const form = /^10\.\d{4,9}\/\S+$/;

/**
 * The DOI in the one spelling in which records of both services are compared: without address, percent-decoded once, lower case, without a
 * trailing `.`, `,` or `;`. Null if it is not a DOI; keep the raw text beside it.
 */
export function normaliseDoi(raw: string | null | undefined): string | null {
  const bare = decodeOnce((raw ?? '').trim().replace(prefix, ''));
  const doi = bare.toLowerCase().replace(/[.,;]+$/, '');
  return form.test(doi) ? doi : null;
}

/** DOIs with a stray `%` are real; they stay as they are. */
function decodeOnce(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
