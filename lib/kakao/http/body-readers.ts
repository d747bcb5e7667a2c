import { isJSONObject, type JSONObject, parseJSON } from '../json.js';

/** What the body of a 2xx response has to be, and how it is read. */
export interface BodyReader<Body> {
  /** The longest body, in bytes after decompression; also for error responses. */
  maxBytes: number;
  /** Completes "Kakao answered with something other than a …". */
  expects: string;
  /** Do not wait for the body of a 2xx response: `read` gets an empty text. */
  isIgnored?: boolean;
  /** @returns undefined when the text is something else than expected. */
  read(text: string): { body: Body } | undefined;
}

// Well above any legitimate response of Business Authentication.
const MAX_BYTES = 256 * 1024;

/** Reads a JSON object, and numbers in it as IDs: exactly as they are written. */
export const objectReader = (maxBytes = MAX_BYTES): BodyReader<JSONObject> => ({
  maxBytes,
  expects: 'JSON object',
  read: text => {
    const body = objectIn(text);
    return body && { body };
  },
});

/** Reads any JSON value; undefined for an empty body. */
export const valueReader = (maxBytes: number): BodyReader<unknown> => ({
  maxBytes,
  expects: 'JSON value',
  read: text => {
    const json = withoutMark(text);
    if (json.trim() === '') return { body: undefined };
    try {
      return { body: parseJSON(json, 'values') };
    } catch {
      return undefined;
    }
  },
});

/** Ignores the body. */
export const ignoringReader: BodyReader<undefined> = {
  maxBytes: MAX_BYTES,
  expects: 'success',
  isIgnored: true,
  read: () => ({ body: undefined }),
};

/** Returns the JSON object that a text holds, if it does. */
export function objectIn(text: string): JSONObject | undefined {
  try {
    const value = parseJSON(withoutMark(text));
    return isJSONObject(value) ? value : undefined;
  } catch {
    return undefined; // a SyntaxError quotes the text, which may hold a token
  }
}

const withoutMark = (text: string): string => text.replace(/^\uFEFF/, '');
