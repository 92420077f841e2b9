/** One field's complaint of a problem+json answer; `pointer` is a JSON pointer into the request body. */
export interface FieldError {
  pointer: string;
  code: string;
  detail: string;
}

/** An answer of the server that is not a success (RFC 9457), or the absence of any answer (`status` 0). */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly errors: FieldError[];
  readonly traceId: string | undefined;
  /** All that the answer says, for what a single code says beside this. */
  readonly members: Record<string, unknown>;

  constructor(init: {
    status: number;
    code: string;
    title?: string;
    detail?: string;
    errors?: FieldError[];
    traceId?: string;
    members?: Record<string, unknown>;
  }) {
    super(init.detail ?? init.title ?? init.code);
    this.name = 'ApiProblem';
    this.status = init.status;
    this.code = init.code;
    this.title = init.title ?? '';
    this.detail = init.detail ?? '';
    this.errors = init.errors ?? [];
    this.traceId = init.traceId;
    this.members = init.members ?? {};
  }

  /** No answer came: the request may or may not have been carried out. */
  get unanswered(): boolean {
    return this.status === 0;
  }

  /** The thing was changed by someone else since it was read. */
  get stale(): boolean {
    return this.status === 412;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** Reads whatever the server (or a proxy before it) sent into an `ApiProblem`. */
export function toProblem(status: number, body: unknown): ApiProblem {
  if (!isRecord(body)) return new ApiProblem({ status, code: `http_${status}` });
  const errors = Array.isArray(body.errors) ? body.errors.filter(isRecord) : [];
  return new ApiProblem({
    status,
    code: text(body.code) ?? `http_${status}`,
    title: text(body.title),
    detail: text(body.detail),
    traceId: text(body.trace_id),
    members: body,
    errors: errors.map((e) => ({
      pointer: text(e.pointer) ?? '',
      code: text(e.code) ?? '',
      detail: text(e.detail) ?? '',
    })),
  });
}

/** Whatever was thrown, as a problem. A failed fetch (network, abort) has status 0. */
export function asProblem(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error;
  return new ApiProblem({ status: 0, code: 'network' });
}

/** Complaints by pointer without the leading slash ("owner/full_name"), the first one of each field. */
export function errorsByField(problem: ApiProblem | null | undefined): Record<string, string> {
  const out: Record<string, string> = {};
  for (const error of problem?.errors ?? []) {
    const key = error.pointer.replace(/^#?\//, '');
    if (key && !(key in out)) out[key] = error.detail || error.code;
  }
  return out;
}
