import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { toast } from 'sonner';
import { useReceiptText } from '../../_components/use-receipt-text.ts';
import { configureGatewayAction } from '../../actions.ts';
import { useCorsOrigins } from './use-cors-origins.ts';

export type ConfigurableGateway = {
  id: string;
  name: string;
  authenticated: boolean;
  objectsByToken: boolean;
  status: 'ACTIVE' | 'DISABLED';
  corsOrigins: string[];
};

/** What of a change is asked about before it is made. Turning authentication on needs no question. */
export type Consequence = 'authenticationOff' | 'disabled' | 'enabled';

type Draft = Pick<ConfigurableGateway, 'authenticated' | 'objectsByToken' | 'status'>;

type Problem =
  | 'sessionEnded'
  | 'gatewayNotFound'
  | 'originsInvalid'
  | 'tooManyOrigins'
  | 'outcomeUnknown'
  | 'unexpected';

/** The configuration of a gateway as it is being changed, and how saving it went. */
export function useGatewayConfiguration(gateway: ConfigurableGateway, onSaved: () => void) {
  // As it was when the popup opened: what somebody else changes behind it is not what is changed here.
  const [before] = useState(gateway);
  const t = useTranslations('gateway.configure');
  const receiptText = useReceiptText();
  const [draft, setDraft] = useState<Draft>({
    authenticated: before.authenticated,
    objectsByToken: before.objectsByToken,
    status: before.status,
  });
  const cors = useCorsOrigins(before.corsOrigins);
  const consequences = consequencesOf(before, draft);
  const [asking, setAsking] = useState(false);
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  async function save() {
    const corsOrigins = cors.read();
    if (pending || !corsOrigins) return;
    setAsking(false);
    setPending(true);
    setProblem(null);
    try {
      const changes = { ...changesOf(before, draft), ...changesOfOrigins(before.corsOrigins, corsOrigins) };
      const result = await configureGatewayAction({ gatewayId: gateway.id, ...changes });
      if (!result.ok) return setProblem(result.code);
      toast.success(t('done', { gateway: gateway.name }), { description: receiptText('applied', result.receipt) });
      onSaved();
    } catch {
      setProblem('outcomeUnknown');
    } finally {
      setPending(false);
    }
  }

  function submit() {
    if (!cors.read()) return;
    if (consequences.length > 0) setAsking(true);
    else save();
  }

  return {
    draft,
    change: (part: Partial<Draft>) => setDraft({ ...draft, ...part }),
    cors,
    changed: Object.keys(changesOf(before, draft)).length > 0 || cors.changed,
    consequences,
    submit,
    asking,
    cancel: () => setAsking(false),
    save,
    pending,
    problem,
  };
}

function changesOf(before: Draft, after: Draft): Partial<Draft> {
  return {
    ...(before.authenticated !== after.authenticated && { authenticated: after.authenticated }),
    ...(before.objectsByToken !== after.objectsByToken && { objectsByToken: after.objectsByToken }),
    ...(before.status !== after.status && { status: after.status }),
  };
}

function changesOfOrigins(before: readonly string[], after: readonly string[]) {
  return {
    originsAdded: after.filter((origin) => !before.includes(origin)),
    originsRemoved: before.filter((origin) => !after.includes(origin)),
  };
}

function consequencesOf(before: Draft, after: Draft): Consequence[] {
  const consequences: Consequence[] = [];
  if (before.authenticated && !after.authenticated) consequences.push('authenticationOff');
  if (before.status !== after.status) consequences.push(after.status === 'ACTIVE' ? 'enabled' : 'disabled');
  return consequences;
}
