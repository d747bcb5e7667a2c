import { isObject, type JSONObject } from './shape.js';
import type { Deviation } from './stand-in.js';

type Change = NonNullable<Deviation['change']>;

/** Changes the status. */
export const status =
  (status: number): Change =>
  response => ({ ...response, status });

/** Sets a header. */
export const header =
  (name: string, value: string): Change =>
  response => ({ ...response, headers: { ...response.headers, [name]: value } });

/** Replaces the body. */
export const body =
  (body: string): Change =>
  response => ({ ...response, body });

/** Replaces a text in the body. */
export const text =
  (from: string, to: string): Change =>
  response => ({ ...response, body: response.body.replaceAll(from, to) });

/** Changes members of the JSON body; undefined removes one. */
export const members =
  (changes: JSONObject): Change =>
  response => ({ ...response, body: JSON.stringify({ ...JSON.parse(response.body), ...changes }) });

/** Changes members in each entry of `biz_agreements`. */
export const agreements =
  (changes: JSONObject): Change =>
  response => {
    const { biz_agreements: agreements } = JSON.parse(response.body);
    const changed = [agreements]
      .flat()
      .filter(isObject)
      .map(each => ({ ...each, ...changes }));
    return members({ biz_agreements: changed })(response);
  };

/** Changes a parameter of the redirect, if it has one. */
export const parameter =
  (name: string, value: string): Change =>
  response => {
    const { location = '' } = response.headers;
    if (!URL.canParse(location)) return response;
    const url = new URL(location);
    if (url.searchParams.has(name)) url.searchParams.set(name, value);
    return header('location', url.href)(response);
  };
