import { useEffect, useRef, useState } from "preact/hooks";
import { messageOf } from "../api/api-error.ts";
import { Field, FormError } from "../parts/field.tsx";
import { useServices } from "../parts/services.ts";

/** Asks for user name and password. After the end of a session, the name is known. */
export function SignInForm({ user = "" }: { readonly user?: string }) {
  const { session } = useServices();
  const [name, setName] = useState(user);
  const [password, setPassword] = useState("");
  const [error, setError] = useState("");
  const [isBusy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const focusOn = (field: "username" | "password") =>
    form.current?.querySelector<HTMLInputElement>(`[name=${field}]`)?.focus();
  // The attribute has an effect only in a dialog.
  useEffect(() => focusOn(user === "" ? "username" : "password"), [user]);
  const signIn = async () => {
    setBusy(true);
    setError("");
    try {
      await session.signIn(name, password);
    } catch (reason) {
      setError(messageOf(reason));
      setBusy(false);
      setPassword("");
      focusOn("password");
    }
  };
  return (
    <form
      ref={form}
      class="sign-in"
      onSubmit={(event) => {
        event.preventDefault();
        void signIn();
      }}
    >
      <Field
        label="User name"
        name="username"
        autofocus={user === ""}
        autocomplete="username"
        autocapitalize="none"
        spellcheck={false}
        required
        value={name}
        onValue={setName}
      />
      <Field
        label="Password"
        name="password"
        autofocus={user !== ""}
        type="password"
        autocomplete="current-password"
        required
        value={password}
        onValue={setPassword}
      />
      {error !== "" && <FormError>{error}</FormError>}
      <p class="buttons">
        <button type="submit" class="primary" disabled={isBusy}>
          {isBusy ? "Signing in …" : "Sign in"}
        </button>
      </p>
    </form>
  );
}
