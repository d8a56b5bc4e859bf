import type { ComponentChildren, InputHTMLAttributes } from "preact";
import { useId } from "preact/hooks";

type InputProps = Omit<InputHTMLAttributes<HTMLInputElement>, "value" | "onInput" | "id">;

export interface FieldProps extends InputProps {
  readonly label: string;
  readonly value: string;
  readonly onValue: (value: string) => void;
  readonly hint?: string;
  /** What is wrong with the value; empty when nothing is. */
  readonly error?: string;
}

/** A text field with its label, and a hint or what is wrong with it. */
export function Field({ label, value, onValue, hint, error = "", ...input }: FieldProps) {
  const id = useId();
  return (
    <p class="field">
      <label for={id}>{label}</label>
      <input
        type="text"
        autocomplete="off"
        {...input}
        id={id}
        value={value}
        aria-invalid={error !== ""}
        aria-describedby={hint === undefined && error === "" ? undefined : `${id}-note`}
        onInput={({ currentTarget }) => onValue(currentTarget.value)}
      />
      {(hint !== undefined || error !== "") && (
        <span id={`${id}-note`} class={error === "" ? "hint" : "hint bad"}>
          {error === "" ? hint : error}
        </span>
      )}
    </p>
  );
}

export interface SelectProps {
  readonly label: string;
  readonly value: string;
  readonly onValue: (value: string) => void;
  /** Value → text. */
  readonly options: Readonly<Record<string, string>>;
}

export function Select({ label, value, onValue, options }: SelectProps) {
  const id = useId();
  return (
    <p class="field">
      <label for={id}>{label}</label>
      <select id={id} value={value} onChange={({ currentTarget }) => onValue(currentTarget.value)}>
        {Object.entries(options).map(([option, text]) => (
          <option key={option} value={option}>
            {text}
          </option>
        ))}
      </select>
    </p>
  );
}

/** What is wrong with a form. It is announced when it appears. */
export const FormError = ({ children }: { readonly children: ComponentChildren }) => (
  <p class="form-error" role="alert">
    {children}
  </p>
);
