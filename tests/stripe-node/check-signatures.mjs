// Verifies webhooks that the stand-in signed, and signs others, by Stripe's own Node library.
import {readFileSync} from 'node:fs';
import Stripe from 'stripe';

const stripe = new Stripe('sk_test_none');
const {signed, toSign} = JSON.parse(readFileSync(process.argv[2], 'utf8'));

for (const {body, header, secret, at} of signed) {
  const event = stripe.webhooks.constructEvent(body, header, secret, 300, undefined, at * 1000);
  if (event.id !== JSON.parse(body).id) throw new Error(`${event.id} is another event.`);
  let refused = false;
  try {
    stripe.webhooks.constructEvent(body + ' ', header, secret, 300, undefined, at * 1000);
  } catch {
    refused = true;
  }
  if (!refused) throw new Error(`${event.id} was taken with another body.`);
}

console.log(JSON.stringify(toSign.map(({body, secret, at}) =>
  stripe.webhooks.generateTestHeaderString({payload: body, secret, timestamp: at}))));
