import { isEntraId } from './links.ts';

/**
 * One read of Microsoft Graph, signed and sent by the caller's client: the status and the parsed body, or it rejects.
 */
type GraphGet = (path: string) => Promise<{ readonly status: number; readonly body: unknown }>;

const address = /^[^\s@'"]{1,64}@[^\s@'"]{1,190}$/;

/**
 * Asks Microsoft Graph whose e-mail address this is. Null unless exactly one person has it, as address or as user name.
 * An address is a hint and not proof, so this is used only if an administrator has enabled it. It needs User.Read.All.
 */
export async function personByEmail(get: GraphGet, email: string): Promise<string | null> {
  if (!address.test(email)) return null;
  const filter = encodeURIComponent(`mail eq '${email}' or userPrincipalName eq '${email}'`);
  const { status, body } = await get(`/v1.0/users?$filter=${filter}&$select=id&$top=2`);
  const value = status === 200 ? (body as { value?: unknown } | null)?.value : null;
  if (!Array.isArray(value) || value.length !== 1) return null;
  const { id } = value[0] as { id?: unknown };
  return typeof id === 'string' && isEntraId(id) ? id.toLowerCase() : null;
}
