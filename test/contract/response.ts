import { isObject, type JSONObject, shapeOf } from './shape.js';

/** A response of Kakao, or the redirect with which the browser came back to the app. */
export interface KakaoResponse {
  status: number;
  headers: Headers;
  /** The redirect target. */
  location: URL | undefined;
  text: string;
  /** The body; empty unless it is a JSON object. */
  json: JSONObject;
}

export function toResponse(status: number, headers: Headers, text: string): KakaoResponse {
  const location = headers.get('location') ?? '';
  return {
    status,
    headers,
    location: URL.canParse(location) ? new URL(location) : undefined,
    text,
    json: toObject(text),
  };
}

/** Kakao's redirect to the app, as seen by the app. */
export const toReturn = (location: URL): KakaoResponse =>
  toResponse(302, new Headers({ location: location.href }), '');

/** Kakao's error codes on a page or in a response, each once. A page that lists several is inconclusive. */
export function codesIn({ text, location, json }: KakaoResponse): string[] {
  // A page with a form is a login or a consent screen, even if it mentions error codes.
  const page = /<form\b/i.test(text) ? '' : text;
  const kauth = [...`${location?.href} ${page}`.matchAll(/\bKOE\d{3}\b/g)].map(String);
  const kapi = Number.isInteger(json['code']) ? [String(json['code'])] : [];
  return [...new Set([...kauth, ...kapi])];
}

/** Why a response says nothing about the contract; undefined if it does. */
export function troubleOf(response: KakaoResponse): string | undefined {
  const isInTrouble =
    response.status >= 500 || response.status === 429 || codesIn(response).some(code => trouble.test(code));
  return isInTrouble ? `inconclusive response: ${described(response)}` : undefined;
}

// Temporary faults, quotas, and apps without access.
const trouble = /^(?:KOE(?:003|125|126|127|236|237)|-(?:1|3|4|5|6|7|9|10|11|12|603|903|9798))$/;

/** A summary of a response, without secrets. */
export function described(response: KakaoResponse): string {
  const { status, location, json } = response;
  if (location) return `HTTP ${status} to ${location.origin}${location.pathname}`;
  const error = json['error'];
  const words = [...codesIn(response), typeof error === 'string' && /^[a-z_]+$/.test(error) ? error : ''];
  const said = words.filter(Boolean).slice(0, 3);
  return [`HTTP ${status}`, ...(said.length > 0 ? said : [bodyOf(response)])].join(', ');
}

function bodyOf({ headers, json, text }: KakaoResponse): string {
  if (text === '') return 'no body';
  if (Object.keys(json).length > 0) return shapeOf(json);
  return headers.get('content-type')?.split(';', 1).join() ?? 'a body of no type';
}

function toObject(text: string): JSONObject {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : {};
  } catch {
    return {}; // a page or no body
  }
}
