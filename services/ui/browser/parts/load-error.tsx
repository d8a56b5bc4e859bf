/** Why a list could not be read, with the next step. */
export const LoadError = ({ message, onRetry }: { readonly message: string; readonly onRetry: () => void }) => (
  <p role="alert">
    {message}{" "}
    <button type="button" class="link" onClick={onRetry}>
      Try again
    </button>
  </p>
);
