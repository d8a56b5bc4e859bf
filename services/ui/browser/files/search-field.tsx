import { useEffect, useState } from "preact/hooks";
import type { Prefix } from "../model/keys.ts";
import { addressOf } from "../model/view.ts";
import { Icon } from "../parts/icon.tsx";

export interface SearchFieldProps {
  readonly prefix: Prefix;
  readonly search: string;
}

/** Searches in the folder and below. */
export function SearchField({ prefix, search }: SearchFieldProps) {
  const [text, setText] = useState(search);
  useEffect(() => setText(search), [search]);
  const show = (value: string) => {
    location.hash = addressOf({ name: "files", prefix, search: value.trim() });
  };
  return (
    <search>
      <form
        class="search"
        onSubmit={(event) => {
          event.preventDefault();
          show(text);
        }}
      >
        <Icon name="search" />
        <input
          type="search"
          aria-label={prefix === "" ? "Search all files" : `Search in ${prefix}`}
          placeholder="Search"
          autocomplete="off"
          value={text}
          onInput={({ currentTarget }) => {
            setText(currentTarget.value);
            // The button in the field empties it.
            if (currentTarget.value === "" && search !== "") show("");
          }}
        />
      </form>
    </search>
  );
}
