/** Everything that can go wrong in a way that a person or a client app should be told about, by name. */
const STATUS_BY_CODE = {
  authentication_required: 401,
  cannot_start: 500,
  database_unavailable: 503,
  name_taken: 409,
  not_found: 404,
  outcome_unknown: 503,
} as const;

export type AppErrorCode = keyof typeof STATUS_BY_CODE;

/** An expected error: it has a code that callers switch on, and a detail for logs. Anything else thrown is a bug. */
export class AppError extends Error {
  readonly code: AppErrorCode;

  constructor(code: AppErrorCode, options: { cause?: unknown; detail?: string } = {}) {
    super(options.detail ?? code, { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
  }

  /** The HTTP status that stands for this error. */
  get status(): number {
    return STATUS_BY_CODE[this.code];
  }
}
