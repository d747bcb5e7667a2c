import type { JSONObject, JSONValue } from '../http/json.js';
import { HttpError } from '../http/response.js';
import { InvalidMember } from '../invalid-member.js';
import type { PanelContext } from '../panel/section.js';

/** A call of the control API. */
export interface ControlCall {
  /** The last segment of the path, where the route has a parameter there. */
  parameter: string;
  query: URLSearchParams;
  /** The members of the JSON body; empty without a body. */
  body: JSONObject;
}

/** A route of the control API. */
export interface ControlRoute {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** With `{…}` as the last segment for a parameter. */
  path: string;
  /** The section of the panel that a form returns to. Without one, the route takes no form. */
  section?: string;
  /** Reads a form as the body. Default: without fields. */
  fromForm?(form: URLSearchParams): JSONObject;
  /** The status with a body. Default 200. */
  status?: 201;
  /**
   * @returns the JSON of the response; undefined for a 204.
   * @throws {InvalidMember | ControlError}
   */
  handle(call: ControlCall, context: ControlContext): JSONValue | undefined;
}

/** What the control API reads and changes. */
export interface ControlContext extends PanelContext {
  /** Brings back the state at the start. */
  reset(): void;
}

/** An error of the control API that is not about a member of the body. */
export class ControlError extends HttpError {
  status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** @throws {InvalidMember} for the first member that is not known. */
export function requireKnown(names: Iterable<string>, known: readonly string[]): void {
  for (const name of names) {
    if (!known.includes(name)) {
      throw invalid(name, `unknown member ${name}; known members: ${known.join(', ')}`);
    }
  }
}

export const invalid = (member: string, reason: string): InvalidMember =>
  new InvalidMember('control', member, reason);

/** A handler without parameters and result. */
export const doing =
  (act: (context: ControlContext) => void): ControlRoute['handle'] =>
  (_, context) => {
    act(context);
    return undefined;
  };
