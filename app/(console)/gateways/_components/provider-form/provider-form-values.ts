import { z } from 'zod';
import type { ProviderKind } from '#lib/providers/catalog.ts';
import type { providersFormSchema } from '#lib/providers/inputs.ts';
import {
  PROVIDER_PROBLEMS,
  type ProviderIssue,
  type ProviderProblem,
  type ProviderRow,
} from '#lib/providers/schema.ts';

/** What forms that connect providers hold, besides whatever else they hold. */
export type ProvidersFormValues = z.input<typeof providersFormSchema>;

export type ProviderFormValue = ProvidersFormValues['providers'][number];

/** A provider as it is first shown. */
export function emptyProvider(kind: ProviderKind): ProviderFormValue {
  return {
    kind,
    key: '',
    endpoint: '',
    headerName: '',
    models: [],
    opensManagement: false,
    firstByteTimeoutSeconds: null,
    idleTimeoutSeconds: null,
  };
}

/** A connected provider in the form. Its key is not known here; left empty, it stays. */
export function toFormValue({
  kind,
  endpoint,
  headerName,
  models,
  opensManagement,
  ...limits
}: ProviderRow): ProviderFormValue {
  return {
    kind,
    key: '',
    endpoint: endpoint ?? '',
    headerName: headerName ?? '',
    models: models.map(({ name }) => name),
    opensManagement,
    firstByteTimeoutSeconds: limits.firstByteTimeoutSeconds,
    idleTimeoutSeconds: limits.idleTimeoutSeconds,
  };
}

/** Where the form shows an issue that the server found. */
export function fieldOf({ index, field }: ProviderIssue): `providers.${number}.${ProviderIssue['field']}` {
  return `providers.${index}.${field}`;
}

/** The shape of react-hook-form's errors: of a list, the message may be at the list, its root, or an item. */
const errorSchema = z.union([
  z.object({ message: z.string().min(1) }).transform(({ message }) => message),
  z.object({ root: z.object({ message: z.string() }) }).transform(({ root }) => root.message),
  z.array(z.object({ message: z.string() }).optional()).transform((items) => items.find(Boolean)?.message),
]);

/** What is wrong with a field; undefined when nothing is. */
export function problemOf(error: unknown): ProviderProblem | undefined {
  const message = errorSchema.safeParse(error).data;
  return z.enum(PROVIDER_PROBLEMS).safeParse(message).data;
}
