import { useId, useState } from "preact/hooks";

export interface CopyFieldProps {
  readonly label: string;
  readonly value: string;
  readonly hint: string;
}

/** A value to copy, such as a link or a key that is shown once. */
export function CopyField({ label, value, hint }: CopyFieldProps) {
  const id = useId();
  const [copied, setCopied] = useState("");
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value);
      setCopied(value);
    } catch {
      // A browser can forbid it. The value is selected, so that it can be copied by keyboard.
      document.getElementById(id)?.focus();
    }
  };
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <div class="copy">
        <input
          id={id}
          type="text"
          readOnly
          value={value}
          aria-describedby={`${id}-note`}
          onFocus={({ currentTarget }) => currentTarget.select()}
        />
        <button type="button" class="primary" onClick={() => void copy()}>
          {copied === value ? "Copied" : "Copy"}
        </button>
      </div>
      <span class="hint" id={`${id}-note`}>
        {hint}
      </span>
      <span class="hidden" role="status">
        {copied === value ? `${label} copied.` : ""}
      </span>
    </div>
  );
}
