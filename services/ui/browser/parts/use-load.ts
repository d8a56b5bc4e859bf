import { useCallback, useEffect, useState } from "preact/hooks";
import { messageOf } from "../api/api-error.ts";

/** Something that is read from the API. While it is read again, the previous value remains. */
export interface Loaded<Value> {
  readonly value: Value | undefined;
  readonly error: string;
  readonly reload: () => void;
}

export function useLoad<Value>(load: () => Promise<Value>, inputs: readonly unknown[]): Loaded<Value> {
  const [value, setValue] = useState<Value>();
  const [error, setError] = useState("");
  const reload = useCallback(() => {
    setError("");
    load().then(setValue, (reason) => setError(messageOf(reason)));
  }, inputs);
  useEffect(reload, [reload]);
  return { value, error, reload };
}
