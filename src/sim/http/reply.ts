import type { JsonBody } from '../json.ts';

/** Which of Azure's counters an answer shows. `none`: the call shows no counter. */
export type Limit = 'backup' | 'reads' | 'writes' | 'deletes' | 'compute' | 'none';

/** A response before the common headers are added. Without `body` it is empty. */
export type Reply = {
  status: number;
  headers?: Record<string, string>;
  body?: JsonBody | readonly JsonBody[];
  /** Instead of a body: something that isn't JSON. */
  content?: { type: string; bytes: Buffer };
  limit?: Limit;
};

/** Azure's refusal of a call, thrown where it is found. `gateway`: ARM itself refuses, not a service behind it. */
export class ArmRefusal extends Error {
  readonly status: number;
  readonly code: string;
  gateway = false;
  headers: Record<string, string> = {};
  /** The inner code, as Key Vault has it. */
  inner: string | null = null;
  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }

  /** Adds details. */
  because(inner: string): this {
    this.inner = inner;
    return this;
  }

  /** Marks it as ARM's own refusal. */
  fromGateway(headers: Record<string, string> = {}): this {
    this.gateway = true;
    this.headers = headers;
    return this;
  }
}

/** 200 with this body. */
export function ok(body: JsonBody | readonly JsonBody[], limit?: Limit): Reply {
  return { status: 200, body, ...(limit ? { limit } : {}) };
}

/** The response for a refusal: ARM's error envelope. */
export function refusalReply(refusal: ArmRefusal): Reply {
  return {
    status: refusal.status,
    headers: { ...refusal.headers, ...(refusal.gateway ? { 'x-ms-failure-cause': 'gateway' } : {}) },
    body: {
      error: {
        code: refusal.code,
        message: refusal.message,
        ...(refusal.inner ? { innererror: { code: refusal.inner } } : {}),
      },
    },
    limit: 'none',
  };
}

/** ARM's 404 for a resource that doesn't exist. */
export function resourceNotFound(type: string, name: string, resourceGroup: string): ArmRefusal {
  return new ArmRefusal(
    404,
    'ResourceNotFound',
    `The Resource '${type}/${name}' under resource group '${resourceGroup}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`,
  ).fromGateway();
}
