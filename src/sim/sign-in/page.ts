/** Whom people can sign in as. */
type Account = { readonly id: string; readonly name: string; readonly mail: string };

/** The page that asks who signs in. The choice is posted back to the page's own URL. */
export function signInPage(accounts: readonly Account[]): string {
  const choices = accounts.map(
    ({ id, name, mail }) =>
      `<button name="account" value="${text(id)}"><b>${text(name)}</b><span>${text(mail)}</span></button>`,
  );
  return page('Sign in', [
    '<h1>Sign in</h1>',
    '<p>This is the simulated Microsoft Entra ID. Choose who you are.</p>',
    `<form method="post">${choices.join('')}</form>`,
  ]);
}

/** A page that says why nobody can sign in. */
export function troublePage(code: string, why: string): string {
  return page('Sign-in failed', ['<h1>Sign-in failed</h1>', `<p>${text(code)}: ${text(why)}</p>`]);
}

const style = `
body { font: 16px/1.5 system-ui, sans-serif; margin: 15vh auto 0; max-width: 26rem; padding: 0 1rem; color: #1b1b1b; background: #fff }
button { display: block; width: 100%; margin: .5rem 0; padding: .75rem 1rem; text-align: left; font: inherit; border: 1px solid #c7c7c7; border-radius: 6px; background: #fff; cursor: pointer }
button:hover, button:focus-visible { border-color: #0f6cbd; background: #f3f9fd }
span { display: block; color: #555 }
@media (prefers-color-scheme: dark) { body, button { color: #eee; background: #1f1f1f } span { color: #bbb } button:hover { background: #2a2a2a } }
`;

function page(title: string, body: readonly string[]): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><style>${style}</style><main>${body.join('')}</main></html>`;
}

function text(value: string): string {
  return value.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
