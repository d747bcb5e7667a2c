import type { EmulatorContext } from '../context.js';
import type { JSONObject, JSONValue } from '../http/json.js';
import { HttpError } from '../http/response.js';

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
  handle(call: ControlCall, context: EmulatorContext): JSONValue | undefined;
}

/** An error of the control API that is not about a member of the body. */
export class ControlError extends HttpError {
  status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** A handler without parameters and result. */
export const doing =
  (act: (context: EmulatorContext) => void): ControlRoute['handle'] =>
  (_, context) => {
    act(context);
    return undefined;
  };
