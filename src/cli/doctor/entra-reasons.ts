import { ownOf } from '../../core/own-of.ts';

/** What Entra's refusal codes mean, and how to fix them. Entra's own texts are long and contain request IDs. */
const reasons: Readonly<Record<string, readonly [why: string, remedy: string]>> = {
  AADSTS7000215: ['the client secret is wrong', 'Copy the value of the secret, not its id'],
  AADSTS7000222: ['the client secret has expired', 'Create a new one in the app registration and set it here'],
  AADSTS700016: ['there is no such application in that tenant', 'Check the client id and the tenant id'],
  AADSTS90002: ['there is no such tenant', 'Check the tenant id'],
  AADSTS900023: ['there is no such tenant', 'Check the tenant id'],
  AADSTS500011: ["the tenant doesn't know the requested resource", 'Check the tenant id'],
  AADSTS7000112: ['the application is disabled', 'Enable it in Entra, page Enterprise applications'],
  AADSTS53003: ['a conditional access policy blocks it', 'Exclude the application, or allow the place it runs in'],
};

/** Why a sign-in was refused and how to fix it, by Entra's code in an error; in general words if there is none. */
export function entraReason(error: unknown): { readonly why: string; readonly remedy: string } {
  const { name, code, errorCode, message } = error as Readonly<Record<string, unknown>>;
  const known = /AADSTS\d+/.exec(`${String(errorCode)} ${String(message)}`)?.[0];
  const reason = known === undefined ? undefined : ownOf(reasons, known);
  if (reason) return { why: `${reason[0]} (${known})`, remedy: reason[1] };
  if (known !== undefined) return { why: known, remedy: 'Look the code up at https://login.microsoftonline.com/error' };
  const short = [code, errorCode, name].find((word): word is string => typeof word === 'string' && word !== '');
  const remedy = 'Check the connection to login.microsoftonline.com (proxy, firewall) and the settings of the identity';
  return { why: short ?? 'no reason given', remedy };
}
