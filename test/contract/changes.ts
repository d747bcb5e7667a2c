import { isObject, type JSONObject } from './shape.js';
import type { Deviation } from './stand-in.js';

type Change = NonNullable<Deviation['change']>;

/** Answers with another status. */
export const status =
  (status: number): Change =>
  answer => ({ ...answer, status });

/** Answers with another header. */
export const header =
  (name: string, value: string): Change =>
  answer => ({ ...answer, headers: { ...answer.headers, [name]: value } });

/** Answers with another body. */
export const body =
  (body: string): Change =>
  answer => ({ ...answer, body });

/** Answers with another text in place of this one. */
export const text =
  (from: string, to: string): Change =>
  answer => ({ ...answer, body: answer.body.replaceAll(from, to) });

/** Answers with other members; undefined takes one out. */
export const members =
  (changes: JSONObject): Change =>
  answer => ({ ...answer, body: JSON.stringify({ ...JSON.parse(answer.body), ...changes }) });

/** Answers with other members in each of `biz_agreements`. */
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

/** Sends the browser back with another value of a parameter, where it has one. */
export const parameter =
  (name: string, value: string): Change =>
  answer => {
    const { location = '' } = answer.headers;
    if (!URL.canParse(location)) return answer;
    const url = new URL(location);
    if (url.searchParams.has(name)) url.searchParams.set(name, value);
    return header('location', url.href)(answer);
  };
