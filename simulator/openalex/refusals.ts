import { html, json, Refusal } from '../exchange';

/** Bodies and statuses of refused OpenAlex calls, in the wording of recorded answers (source-apis, sections 1 and 13). */
const invalid = (message: string) => new Refusal(json(400, { error: 'Invalid query parameters error.', message }));
const pagination = (message: string) => new Refusal(json(400, { error: 'Pagination error.', message }));

export const unknownFilter = (name: string, valid: string[]) =>
  invalid(`${name} is not a valid field. Valid fields are underscore or hyphenated versions of: ${valid.join(', ')}`);

export const unknownSelect = (name: string, valid: readonly string[]) =>
  invalid(`${name} is not a valid select field. Valid fields for select are: ${valid.join(', ')}.`);

export const unknownParameter = (name: string, valid: readonly string[]) =>
  invalid(`${name} is not a valid parameter. Valid parameters are: ${valid.join(', ')}.`);

export const tooManyValues = (name: string) =>
  invalid(
    `Maximum number of values exceeded for ${name}. Decrease values to 100 or below, or consider downloading the full dataset at https://docs.openalex.org/download-snapshot`,
  );

export const badValue = (name: string, value: string) => invalid(`Value for param ${name} is not valid: ${value || '(empty)'}.`);

export const badPerPage = (maximum: number) => pagination(`per-page parameter must be between 1 and ${maximum}.`);
export const badPage = () => pagination('Page parameter must be an integer greater than 0.');
export const pastWindow = () =>
  pagination(
    'Maximum results size of 10,000 records is exceeded. Cursor pagination is required for records beyond 10,000. Read more: https://docs.openalex.org/how-to-use-the-api/get-lists-of-entities/paging',
  );
export const nullCursor = () => pagination('Cursor is null. Likely reached end of results.');
export const badCursor = () => pagination('Cursor value is invalid.');
export const pageWithCursor = () => pagination('Cannot use page parameter with cursor.');

const edge = (message: string, rule: string) =>
  new Refusal(
    json(
      400,
      { error: 'Invalid query parameters error.', message, error_source: 'openalex-api-proxy' },
      { 'x-openalex-edge-reject': rule },
    ),
  );

export const rawComma = (segment: string) =>
  edge(`Filter segment "${segment}" has no colon. A comma separates filters and cannot be part of a value.`, 'f1:raw_comma_filter');
export const limitParameter = () => edge('limit is not a valid parameter. Use per_page.', 'f1:limit_param');

export const urlTooLong = () => new Refusal(json(400, { error: 'Request URL too long', message: 'Request URL too long' }));
export const badKey = () => new Refusal(json(401, { error: 'Invalid or missing API key', message: 'API key not found' }));

/** The service refuses a paid filter with 429 and without any rate headers. */
export const paidFilter = (name: string) =>
  new Refusal(json(429, { error: 'Plan upgrade required', message: `Filtering on ${name} requires a paid plan.` }));

export const wrongMethod = () => new Refusal(json(405, { error: 'Method Not Allowed', message: 'Use GET.' }));

export const notFound = () =>
  new Refusal(
    html(
      404,
      '<!doctype html>\n<html lang=en>\n<title>404 Not Found</title>\n<h1>Not Found</h1>\n<p>The requested URL was not found on the server. If you entered the URL manually please check your spelling and try again.</p>\n',
    ),
  );

export const movedTo = (location: string, status: 301 | 302) => {
  const page = `<!doctype html>\n<html lang=en>\n<title>Redirecting...</title>\n<h1>Redirecting...</h1>\n<p><a href="${location}">${location}</a></p>\n`;
  const moved = html(status, page);
  moved.headers['location'] = location;
  return new Refusal(moved);
};
