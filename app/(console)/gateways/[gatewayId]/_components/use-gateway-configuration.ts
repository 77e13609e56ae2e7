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

type Problem = 'sessionEnded' | 'gatewayNotFound' | 'originsInvalid' | 'outcomeUnknown' | 'unexpected';

/** The configuration of a gateway as it is being changed, and how saving it went. */
export function useGatewayConfiguration(gateway: ConfigurableGateway, onSaved: () => void) {
  const t = useTranslations('gateway.configure');
  const receiptText = useReceiptText();
  const [draft, setDraft] = useState<Draft>({
    authenticated: gateway.authenticated,
    objectsByToken: gateway.objectsByToken,
    status: gateway.status,
  });
  const cors = useCorsOrigins(gateway.corsOrigins);
  const consequences = consequencesOf(gateway, draft);
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
      const result = await configureGatewayAction({ gatewayId: gateway.id, ...draft, corsOrigins });
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
    changed:
      draft.authenticated !== gateway.authenticated ||
      draft.objectsByToken !== gateway.objectsByToken ||
      draft.status !== gateway.status ||
      cors.changed,
    consequences,
    submit,
    asking,
    cancel: () => setAsking(false),
    save,
    pending,
    problem,
  };
}

function consequencesOf(before: Draft, after: Draft): Consequence[] {
  const consequences: Consequence[] = [];
  if (before.authenticated && !after.authenticated) consequences.push('authenticationOff');
  if (before.status !== after.status) consequences.push(after.status === 'ACTIVE' ? 'enabled' : 'disabled');
  return consequences;
}
