import { useEffect } from "preact/hooks";

const NAME = "Files";

/** The title of the window while a view is shown. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} – ${NAME}`;
    return () => {
      document.title = NAME;
    };
  }, [title]);
}
