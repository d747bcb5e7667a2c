import { isObject, type JSONObject, shapeOf } from './shape.js';

/** What came back: from Kakao, or by the browser that Kakao sent back to the app. */
export interface Answer {
  status: number;
  headers: Headers;
  /** Where it sends the browser. */
  location: URL | undefined;
  text: string;
  /** Empty where the body is no JSON object. */
  json: JSONObject;
}

export function toAnswer(status: number, headers: Headers, text: string): Answer {
  const location = headers.get('location') ?? '';
  return {
    status,
    headers,
    location: URL.canParse(location) ? new URL(location) : undefined,
    text,
    json: toObject(text),
  };
}

/** A browser that came back to the app: what Kakao's last answer was, as far as the app can tell. */
export const toReturn = (location: URL): Answer =>
  toAnswer(302, new Headers({ location: location.href }), '');

/** Kakao's codes on an error page or in an answer, each once. One that lists many says nothing. */
export function codesIn({ text, location, json }: Answer): string[] {
  // A page with a form is a login or a consent screen, whatever it tells about errors.
  const page = /<form\b/i.test(text) ? '' : text;
  const kauth = [...`${location?.href} ${page}`.matchAll(/\bKOE\d{3}\b/g)].map(String);
  const kapi = Number.isInteger(json['code']) ? [String(json['code'])] : [];
  return [...new Set([...kauth, ...kapi])];
}

/** Why an answer says nothing about the contract; undefined when it does. */
export function troubleOf(answer: Answer): string | undefined {
  const isInTrouble =
    answer.status >= 500 || answer.status === 429 || codesIn(answer).some(code => trouble.test(code));
  return isInTrouble ? `Kakao could not answer: ${described(answer)}` : undefined;
}

// Temporary faults, quotas, and apps that Kakao has not let in.
const trouble = /^(?:KOE(?:003|125|126|127|236|237)|-(?:1|3|4|5|6|7|9|10|11|12|603|903|9798))$/;

/** An answer in a few words, none of which is a secret. */
export function described(answer: Answer): string {
  const { status, location, json } = answer;
  if (location) return `HTTP ${status} to ${location.origin}${location.pathname}`;
  const error = json['error'];
  const words = [...codesIn(answer), typeof error === 'string' && /^[a-z_]+$/.test(error) ? error : ''];
  const said = words.filter(Boolean).slice(0, 3);
  return [`HTTP ${status}`, ...(said.length > 0 ? said : [bodyOf(answer)])].join(', ');
}

function bodyOf({ headers, json, text }: Answer): string {
  if (text === '') return 'no body';
  if (Object.keys(json).length > 0) return shapeOf(json);
  return headers.get('content-type')?.split(';', 1).join() ?? 'a body of no type';
}

function toObject(text: string): JSONObject {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : {};
  } catch {
    return {}; // a page, or nothing: whoever expects JSON misses its members
  }
}
