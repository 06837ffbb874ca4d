/** What the endpoint refuses. The message says what is wrong with the request and reveals nothing internal. */
export type EndpointRefusal = { readonly status: number; readonly code: string; readonly message: string };

/** Every refusal of the endpoint, with its HTTP status. */
export const refusals = {
  badJson: { status: 400, code: 'bad-json', message: 'The body is not valid JSON.' },
  badActivity: (field: string): EndpointRefusal => ({
    status: 400,
    code: 'bad-activity',
    message: `The body is not an activity: ${field.slice(0, 100)} is missing or malformed.`,
  }),
  tooDeep: { status: 400, code: 'bad-activity', message: 'The body is nested too deeply.' },
  unauthorized: { status: 401, code: 'unauthorized', message: 'The request is not from the Bot Framework.' },
  wrongChannel: { status: 403, code: 'wrong-channel', message: 'This bot answers in Microsoft Teams only.' },
  wrongServiceUrl: {
    status: 403,
    code: 'wrong-service-url',
    message: 'The service URL is not one of Microsoft Teams.',
  },
  wrongTenant: { status: 403, code: 'wrong-tenant', message: 'This bot does not serve this tenant.' },
  notConfigured: { status: 404, code: 'not-configured', message: 'Microsoft Teams is not configured.' },
  tooLarge: { status: 413, code: 'too-large', message: 'The body is larger than 512 KB.' },
  wrongType: { status: 415, code: 'wrong-content-type', message: 'The body must be application/json.' },
  unexpected: { status: 500, code: 'unexpected', message: 'Something went wrong. It has been logged.' },
  keysOutOfReach: {
    status: 503,
    code: 'keys-out-of-reach',
    message: 'Who is calling cannot be checked now. Try again.',
  },
  notSupported: { status: 501, code: 'not-supported', message: 'This bot does not handle this kind of invoke.' },
} as const;

/** The JSON body of a refusal. */
export function refusalBody({ code, message }: EndpointRefusal) {
  return { error: { code, message } };
}
