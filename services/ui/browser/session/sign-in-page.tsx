import { SignInForm } from "./sign-in-form.tsx";

/** What somebody sees who has not signed in. */
export const SignInPage = () => (
  <main class="sign-in-page">
    <h1>Files</h1>
    <p class="lead">Sign in to see your files.</p>
    <SignInForm />
    <p class="hint">Forgotten? An administrator can give you a new password.</p>
  </main>
);
