import { useEffect, useReducer } from "preact/hooks";
import type { Store } from "../model/store.ts";

/** The current value of a store. The component renders again when it changes. */
export function useStore<Value>(store: Store<Value>): Value {
  const [, render] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    render(undefined); // It may have changed between the first rendering and this subscription.
    return store.subscribe(() => render(undefined));
  }, [store]);
  return store.value;
}
