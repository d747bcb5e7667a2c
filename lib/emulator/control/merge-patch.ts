import { isJSONObject, type JSONObject, type JSONValue } from '../http/json.js';

/**
 * Applies a JSON Merge Patch: objects are merged, null removes a member, anything else replaces it.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7396
 */
export function mergePatch(target: JSONObject, patch: JSONObject): JSONObject {
  const merged: Map<string, JSONValue | undefined> = new Map(Object.entries(target));
  for (const [name, value] of Object.entries(patch)) {
    const before = merged.get(name);
    if (value === null) merged.delete(name);
    else
      merged.set(name, isJSONObject(value) ? mergePatch(isJSONObject(before) ? before : {}, value) : value);
  }
  return Object.fromEntries(merged);
}
