// Verifies webhooks as a receiver would who knows nothing of us but Standard Webhooks.
import {readFileSync} from 'node:fs';
import {Webhook} from 'standardwebhooks';

const {received, secrets, stranger} = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const isRefused = (secret, body, headers) => {
  try {
    new Webhook(secret).verify(body, headers);
    return false;
  } catch {
    return true;
  }
};

for (const {body, headers} of received) {
  for (const secret of secrets) {
    const event = new Webhook(secret).verify(body, headers);
    if (!/^[a-z_.]+$/.test(event.type) || Number.isNaN(Date.parse(event.timestamp)) || event.data === null)
      throw new Error(`${body} has not the form that is recommended.`);
    if (!isRefused(secret, body + ' ', headers)) throw new Error('Another body was taken.');
    if (!isRefused(secret, body, {...headers, 'webhook-id': 'msg_other'})) throw new Error('Another id was taken.');
    const later = String(Number(headers['webhook-timestamp']) + 1);
    if (!isRefused(secret, body, {...headers, 'webhook-timestamp': later})) throw new Error('Another time was taken.');
  }
  if (!isRefused(stranger, body, headers)) throw new Error('A secret of somebody else was good.');
}
console.log(`${received.length} verified`);
