import { Dialog } from "../parts/dialog.tsx";
import { useServices } from "../parts/services.ts";
import { SignInForm } from "./sign-in-form.tsx";

/** Asks for the password when a session has ended. The page behind it stays as it is, and goes on afterwards. */
export function ExpiredDialog({ user }: { readonly user: string }) {
  const { session } = useServices();
  return (
    <Dialog title="Sign in again">
      <p>Your session has ended. Nothing is lost: the page goes on when you have signed in.</p>
      <SignInForm user={user} />
      <p class="hint">
        <button type="button" class="link" onClick={() => void session.signOut()}>
          Sign out instead
        </button>
      </p>
    </Dialog>
  );
}
