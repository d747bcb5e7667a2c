import { isObject, type JSONObject } from './shape.js';
import type { Deviation } from './stand-in.js';

type Change = NonNullable<Deviation['change']>;

/** Changes the status. */
export const status =
  (status: number): Change =>
  answer => ({ ...answer, status });

/** Sets a header. */
export const header =
  (name: string, value: string): Change =>
  answer => ({ ...answer, headers: { ...answer.headers, [name]: value } });

/** Replaces the body. */
export const body =
  (body: string): Change =>
  answer => ({ ...answer, body });

/** Replaces a text in the body. */
export const text =
  (from: string, to: string): Change =>
  answer => ({ ...answer, body: answer.body.replaceAll(from, to) });

/** Changes members of the JSON body; undefined removes one. */
export const members =
  (changes: JSONObject): Change =>
  answer => ({ ...answer, body: JSON.stringify({ ...JSON.parse(answer.body), ...changes }) });

/** Changes members in each entry of `biz_agreements`. */
export const agreements =
  (changes: JSONObject): Change =>
  answer => {
    const { biz_agreements: agreements } = JSON.parse(answer.body);
    const changed = [agreements]
      .flat()
      .filter(isObject)
      .map(each => ({ ...each, ...changes }));
    return members({ biz_agreements: changed })(answer);
  };

/** Changes a parameter of the redirect, if it has one. */
export const parameter =
  (name: string, value: string): Change =>
  answer => {
    const { location = '' } = answer.headers;
    if (!URL.canParse(location)) return answer;
    const url = new URL(location);
    if (url.searchParams.has(name)) url.searchParams.set(name, value);
    return header('location', url.href)(answer);
  };
