import { useEffect, useState } from "preact/hooks";
import { parseView, type View } from "../model/view.ts";

/** The view that the address names. */
export function useView(): View {
  const [view, setView] = useState(() => parseView(location.hash));
  useEffect(() => {
    const update = () => setView(parseView(location.hash));
    addEventListener("hashchange", update);
    return () => removeEventListener("hashchange", update);
  }, []);
  return view;
}
