import { LLMock } from '@copilotkit/aimock';
import { env } from '#lib/env.ts';
import { logUncaught, takeOutput } from '#lib/log/take-output.ts';

takeOutput();
logUncaught();

/** A stand-in for a provider, so that a fresh installation answers with no key and no network. */
const mock = new LLMock({ host: '127.0.0.1', port: env().PORT, logLevel: 'silent' });

mock.on({}, (request) => {
  const asked = request.messages?.findLast((message) => message.role === 'user')?.content;
  const question = typeof asked === 'string' ? asked : 'your message';
  return {
    content:
      `This is Latchkey's demo upstream, in place of ${request.model}. Your request passed the gateway: its token was ` +
      `checked and swapped for the provider's key. You asked: ${question}`,
  };
});

await mock.start();
process.once('SIGTERM', () => process.exit(0));
// The supervisor is gone: nobody would end this process later.
process.once('disconnect', () => process.exit(0));
